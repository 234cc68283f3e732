import type { Estate } from "../../../estate/model/estate.ts";
import type { ZonedCluster } from "./zone-world.ts";

/** What a school stands on, and whether the estate declares it. */
export interface SchoolNeed {
  readonly what: string;
  readonly met: "yes" | "no" | "unknown";
  readonly because: string;
}

/** Networks see no traffic inside a cluster: each zone needs clusters of its own, in a network with its classification. */
export function zoneNeeds(estate: Estate, clusters: readonly ZonedCluster[]): readonly SchoolNeed[] {
  const mixed = clusters.filter(({ byClassification }) => byClassification.size > 1);
  const unzoned = clusters.filter(({ network }) => network?.zone === undefined);
  const open = clusters.filter(({ network }) => network?.egress.type !== "firewall");
  const unclassified = clusters.reduce((sum, each) => sum + each.unclassified, 0);
  return [
    need(
      "one classification a cluster",
      mixed.map(
        ({ cluster, byClassification }) => `${cluster.name} runs ${[...byClassification.keys()].sort().join(", ")}`,
      ),
      "no cluster mixes classifications",
    ),
    need(
      "a network with a zone under each cluster",
      unzoned.map(({ cluster }) => cluster.name),
      `${estate.networks.length} networks with zones`,
    ),
    need(
      "a firewall on the way out of each network",
      open.map(({ cluster }) => cluster.name),
      "every network states egress type firewall",
    ),
    need(
      "a classification of every tenant",
      unclassified === 0 ? [] : [`${unclassified} workloads without one`],
      "every workload has one",
    ),
  ];
}

/** Identity of each workload, mutual TLS between them, and policies that deny what nobody asked for. */
export function zeroTrustNeeds(clusters: readonly ZonedCluster[]): readonly SchoolNeed[] {
  const names = (list: readonly ZonedCluster[]) => list.map(({ cluster }) => cluster.name);
  const withoutEngine = clusters.filter(({ cluster }) => (cluster.network.policyEngine ?? "none") === "none");
  const open = clusters.filter(({ reach }) =>
    reach.classes.some(({ hostNetwork, bindings }) => !hostNetwork && bindings.length === 0),
  );
  const meshless = clusters.filter(({ cluster }) => (cluster.network.serviceMesh ?? "none") === "none");
  const identity = clusters.filter(({ cluster }) => cluster.identity.workloadIdentity !== true);
  return [
    need("a policy engine on each cluster", names(withoutEngine), "every cluster declares one"),
    need("a policy on every pod (default deny)", names(open), "every pod is selected by a policy"),
    need("mutual TLS between workloads (a service mesh)", names(meshless), "every cluster declares a mesh"),
    need("an identity of its own for each workload", names(identity), "every cluster declares workload identity"),
  ];
}

function need(what: string, missing: readonly string[], met: string): SchoolNeed {
  if (missing.length === 0) return { what, met: "yes", because: met };
  const shown =
    missing.length > 4 ? `${missing.slice(0, 3).join(", ")} and ${missing.length - 3} more` : missing.join(", ");
  return { what, met: "no", because: `missing: ${shown}` };
}
