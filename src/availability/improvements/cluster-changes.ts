import { nodeProvisioningTime, reschedulingWindow } from "../../estate/assumptions/failure-rules.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { CandidateChange, CandidateScope } from "./candidate.ts";

/** Seconds that pods tolerate a lost node by default, and those that are proposed. */
const tolerated = { standard: 300, proposed: 30 } as const;

/** More zones for a pool, an uptime tier for the control plane, and a shorter wait for lost nodes. */
export function clusterChanges(scope: CandidateScope): readonly CandidateChange[] {
  const { estate, workloads } = scope;
  const used = new Set(estate.workloads.filter(({ id }) => workloads.has(id)).map(({ cluster }) => cluster));
  const clusters = estate.clusters.filter(({ name }) => used.has(name));
  return [
    ...clusters.flatMap((cluster) => cluster.nodePools.flatMap((pool) => moreZones(estate, cluster, pool))),
    ...clusters.flatMap((cluster) => uptimeTier(estate, cluster)),
    ...shorterToleration(estate),
  ];
}

/** The estate with one cluster in the place of another of the same name. */
export function withCluster(estate: Estate, changed: Cluster): Estate {
  return { ...estate, clusters: estate.clusters.map((each) => (each.name === changed.name ? changed : each)) };
}

/** A cluster with one pool in the place of another of the same name. */
export function withPool(cluster: Cluster, changed: NodePool): Cluster {
  return { ...cluster, nodePools: cluster.nodePools.map((each) => (each.name === changed.name ? changed : each)) };
}

function moreZones(estate: Estate, cluster: Cluster, pool: NodePool): readonly CandidateChange[] {
  const zones = estate.regions.find(({ name }) => name === cluster.region)?.zones ?? [];
  if (zones.length < 2 || pool.zones.length >= zones.length) return [];
  const before = pool.zones.length === 0 ? "no zone" : `${pool.zones.length} of ${zones.length} zones`;
  return [
    {
      id: `zonesOfPool/${cluster.name}/${pool.name}`,
      kind: "zonesOfPool",
      what: `put pool ${pool.name} of ${cluster.name} in zones ${zones.join(", ")}`,
      because: `it is in ${before}`,
      estate: () => withCluster(estate, withPool(cluster, { ...pool, zones })),
      touches: [`/${cluster.name}/${pool.name}`, `zone/${cluster.region}/`, `/${cluster.name}/`],
      caveat: "zones of a pool cannot be changed: it is a new pool, to which the pods move",
      ...(pool.place === undefined ? {} : { place: pool.place }),
    },
  ];
}

function uptimeTier(estate: Estate, cluster: Cluster): readonly CandidateChange[] {
  if (cluster.tier !== "Free") return [];
  return [
    {
      id: `controlPlaneTier/${cluster.name}`,
      kind: "controlPlaneTier",
      what: `put the control plane of ${cluster.name} in tier Standard`,
      because: "tier Free has no SLA on the API server, which pods need to come back",
      estate: () => withCluster(estate, { ...cluster, tier: "Standard" }),
      touches: [`controlPlane/${cluster.name}`],
      ...(cluster.place === undefined ? {} : { place: cluster.place }),
    },
  ];
}

/** Only where nobody says how long pods take: what is declared is measured, and holds. */
function shorterToleration(estate: Estate): readonly CandidateChange[] {
  if (estate.failureModel.has(reschedulingWindow.name)) return [];
  const value = reschedulingWindow.standard - (tolerated.standard - tolerated.proposed) / 3600;
  return [
    {
      id: "tolerationSeconds",
      kind: "tolerationSeconds",
      what: `let stateless pods tolerate a lost node for ${tolerated.proposed} s (tolerationSeconds of node.kubernetes.io/unreachable and not-ready)`,
      because: `by default they wait ${tolerated.standard} s before they are replaced`,
      estate: () => ({
        ...estate,
        failureModel: new Map([...estate.failureModel, [reschedulingWindow.name, { value }]]),
      }),
      touches: ["window/", nodeProvisioningTime.name],
      caveat: "short interruptions of the network then move pods that would have come back by themselves",
    },
  ];
}
