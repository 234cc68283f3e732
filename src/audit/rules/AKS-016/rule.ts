import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { clusterPasses, clusterVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import { type DeclaredCluster, declaredClusters, settingOf } from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-016: what is on disks can be brought back, and somebody has tried. */
export const backupAndDrill: Rule = {
  id: "AKS-016",
  name: "backup-and-drill",
  title: "Namespaces with volumes are in a backup, and restoring was tried as often as declared.",
  severity: { high: "high", medium: undefined, low: undefined },
  inputs: ["cluster", "manifests", "objectives"],
  judges: "objects",
  *evaluate({ estate, today }) {
    for (const cluster of declaredClusters(estate)) {
      const stateful = statefulWorkloads(estate, cluster);
      if (stateful.length === 0) continue;
      const findings = [...unsaved(estate, cluster, stateful), ...drill(estate, cluster, today)];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};

/** Only of environments whose loss hurts: the others are made anew. */
function statefulWorkloads(estate: Estate, cluster: DeclaredCluster): readonly Workload[] {
  const critical = new Set(
    estate.environments.filter(({ criticality }) => criticality === "high").map(({ name }) => name),
  );
  return estate.workloads.filter(
    (workload) =>
      workload.cluster === cluster.name && critical.has(workload.environment) && lastingClaims(workload).length > 0,
  );
}

function* unsaved(estate: Estate, cluster: DeclaredCluster, stateful: readonly Workload[]): Iterable<RuleOutcome> {
  const enabled = settingOf(estate, cluster.backupEnabled, false);
  if (enabled === undefined) {
    yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, ["backup.enabled"]));
    return;
  }
  const covered = enabled ? cluster.backup?.namespaces : [];
  const left = covered === undefined ? [] : stateful.filter(({ namespace }) => !covered.includes(namespace));
  const [first] = left;
  if (first === undefined) return;
  const namespaces = [...new Set(left.map(({ namespace }) => namespace))];
  const field = enabled ? ["backup", "namespaces"] : ["backup", "enabled"];
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "1",
    field,
    environment: first.environment,
    message: `${enabled ? `The backup of ${cluster.name} leaves out` : `${cluster.name} has no backup of`} ${namespaces.length === 1 ? "namespace" : "namespaces"} ${namespaces.join(", ")}, where ${left.length} ${left.length === 1 ? "workload keeps" : "workloads keep"} volumes, such as ${first.label}.`,
    fix: {
      description: "Put every namespace with volumes into a backup policy.",
      edits: [{ path: field, value: enabled ? [...(covered ?? []), ...namespaces].toSorted() : true }],
    },
  });
}

const day = 86_400;

function* drill(estate: Estate, cluster: DeclaredCluster, today: string): Iterable<RuleOutcome> {
  const every = cluster.backup?.drillEverySeconds;
  if (every === undefined) return;
  const last = cluster.backup?.lastRestoreDrill;
  const field = ["backup", last === undefined ? "drillEvery" : "lastRestoreDrill"];
  const days = last === undefined ? undefined : (Date.parse(today) - Date.parse(last)) / 1000 / day;
  if (days !== undefined && days * day <= every) return;
  const tried = days === undefined ? "none is on record" : `the last one was ${days} days ago, on ${last ?? ""}`;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "2",
    field,
    message: `Restoring ${cluster.name} is to be tried every ${Math.round(every / day)} days, and ${tried}: a backup that nobody restored is a hope.`,
    fix: { description: "Restore into a spare namespace or cluster, compare, and note the day." },
  });
}
