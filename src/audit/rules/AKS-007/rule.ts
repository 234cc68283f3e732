import type { Estate } from "../../../estate/model/estate.ts";
import { clusterPasses, clusterVerdict, mostCriticalEnvironment, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  declaredClusters,
  operatedClusters,
  settingOf,
} from "../../clusters/declared-settings.ts";
import { occurrences } from "../../clusters/maintenance-calendar.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-007: clusters stay current by themselves, production last. */
export const upgradeChannels: Rule = {
  id: "AKS-007",
  name: "upgrade-channels",
  title: "Kubernetes and node images are upgraded automatically, in production later than elsewhere.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["cluster", "environments"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.AutoUpgrade", part: "1" },
    { tool: "checkov", check: "CKV_AZURE_171", part: "1" },
  ],
  judges: "objects",
  *evaluate({ estate, today }) {
    for (const cluster of operatedClusters(estate)) {
      const findings = [...manual(estate, cluster), ...early(estate, cluster, Number(today.slice(0, 4)))];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};

const settings = [
  { part: "1", field: "cluster", off: ["none"], byDefault: "none", advised: "patch", what: "Kubernetes patches" },
  {
    part: "2",
    field: "nodeOs",
    off: ["None", "Unmanaged"],
    byDefault: "NodeImage",
    advised: "NodeImage",
    what: "security fixes of the node image",
  },
] as const;

function* manual(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  for (const { part, field, off, byDefault, advised, what } of settings) {
    const path = ["channels", field];
    const channel = settingOf<string>(estate, cluster.channels[field], byDefault);
    if (channel === undefined)
      yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, [path.join(".")]));
    if (channel === undefined || !off.some((each) => each === channel)) continue;
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part,
      field: path,
      message: `Channel channels.${field} of ${cluster.name} is ${channel}: ${what} wait until a person acts.`,
      fix: { description: `Use channel ${advised} and a maintenance window.`, edits: [{ path, value: advised }] },
    });
  }
}

/** The same channel offers a release everywhere on the same day, so the window decides who gets it first. */
function* early(estate: Estate, cluster: DeclaredCluster, year: number): Iterable<RuleOutcome> {
  if (criticalityOf(estate, cluster) !== "high") return;
  for (const lower of declaredClusters(estate)) {
    if (criticalityOf(estate, lower) === "high" || lower.channels.cluster !== cluster.channels.cluster) continue;
    if (cluster.channels.cluster === undefined || cluster.channels.cluster === "none") continue;
    const own = firstOfWeek(cluster, year);
    const others = firstOfWeek(lower, year);
    if (own === undefined || others === undefined || own.hour > others.hour) continue;
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "3",
      field: ["maintenance", own.index, "window"],
      message: `${cluster.name} and ${lower.name} follow channel ${cluster.channels.cluster}; production is maintained ${own.text} and ${lower.name} only ${others.text}, so production meets a release first.`,
      fix: { description: `Maintain ${lower.name} earlier in the week, or upgrade both in a fleet update run.` },
    });
    return;
  }
}

function criticalityOf(estate: Estate, cluster: DeclaredCluster) {
  const environment = mostCriticalEnvironment(estate, cluster);
  return estate.environments.find(({ name }) => name === environment)?.criticality;
}

/** Hour of the week, from Monday in UTC, at which a cluster's version is maintained first. */
function firstOfWeek({ maintenance }: DeclaredCluster, year: number) {
  const scope = maintenance.some((window) => window.scope === "cluster") ? "cluster" : "default";
  const index = maintenance.findIndex((window) => window.scope === scope);
  const window = maintenance[index];
  if (window === undefined) return undefined;
  const hours = occurrences(window, year).map(({ from }) => {
    const date = new Date(from);
    return ((date.getUTCDay() + 6) % 7) * 24 + date.getUTCHours();
  });
  return { index, hour: Math.min(...hours), text: `${window.window} (${window.timeZone})` };
}
