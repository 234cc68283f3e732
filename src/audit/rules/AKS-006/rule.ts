import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import type { MaintenanceWindow } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { applicationsOn } from "../../clusters/cluster-applications.ts";
import { clusterPasses, clusterVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  declaredClusters,
  operatedClusters,
  settingOf,
} from "../../clusters/declared-settings.ts";
import { longestHours, overlapInYear } from "../../clusters/maintenance-calendar.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-006: clusters are maintained when somebody decided, and never two twins at once. */
export const maintenanceWindows: Rule = {
  id: "AKS-006",
  name: "maintenance-windows",
  title: "Automatic upgrades have a window of at least four hours, and twin regions are never maintained at once.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["cluster", "environments"],
  peers: [{ tool: "psrule-azure", check: "Azure.AKS.MaintenanceWindow", part: "1" }],
  judges: "objects",
  *evaluate({ estate, today }) {
    const year = Number(today.slice(0, 4));
    for (const cluster of operatedClusters(estate)) {
      const findings = [...windowless(estate, cluster), ...overlapping(estate, cluster, year)];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};

const channels = [
  { field: "cluster", off: ["none"], byDefault: "none", what: "the Kubernetes version" },
  { field: "nodeOs", off: ["None", "Unmanaged"], byDefault: "NodeImage", what: "node images" },
] as const;

function* windowless(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const bare: string[] = [];
  for (const { field, off, byDefault, what } of channels) {
    const channel = settingOf<string>(estate, cluster.channels[field], byDefault);
    if (channel === undefined) {
      yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, [`channels.${field}`]));
      continue;
    }
    if (off.some((each) => each === channel)) continue;
    const windows = windowsFor(cluster, field);
    const longest = Math.max(0, ...windows.map(longestHours));
    if (longest >= aksClusterFacts.leastWindowHours.value) continue;
    bare.push(`channel ${channel} for ${what} has ${windows.length === 0 ? "no window" : `a window of ${longest} h`}`);
  }
  if (bare.length === 0) return;
  const least = aksClusterFacts.leastWindowHours.value;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "1",
    field: ["maintenance"],
    message: `${cluster.name} upgrades itself outside of any window of ${least} h, the least that AKS needs: ${bare.join(", ")}. Nodes are drained at any hour.`,
    fix: {
      description: `Add windows of at least ${least} hours at a quiet time, one for each scope or one with scope default.`,
    },
  });
}

function windowsFor({ maintenance }: DeclaredCluster, scope: string): readonly MaintenanceWindow[] {
  const own = maintenance.filter((window) => window.scope === scope);
  return own.length > 0 ? own : maintenance.filter((window) => window.scope === "default");
}

/** Twins: clusters in different regions that run the same application in the same environment. */
function* overlapping(estate: Estate, cluster: DeclaredCluster, year: number): Iterable<RuleOutcome> {
  for (const twin of declaredClusters(estate)) {
    if (twin.name >= cluster.name || !areTwins(estate, cluster, twin)) continue;
    for (const window of cluster.maintenance) {
      for (const other of twin.maintenance) {
        const overlap = overlapInYear(window, other, year);
        if (overlap === undefined) continue;
        yield clusterVerdict(estate, cluster, {
          verdict: "fail",
          part: "2",
          field: ["maintenance", cluster.maintenance.indexOf(window), "window"],
          message: `The window ${window.window} (${window.scope}, ${window.timeZone}) of ${cluster.name} and ${other.window} (${other.scope}, ${other.timeZone}) of ${twin.name} are open at once for ${overlap.hours} h in ${year}, first at ${overlap.first}: both regions may be drained together.`,
          fix: { description: `Move one of them to another day.` },
        });
        return;
      }
    }
  }
}

function areTwins(estate: Estate, one: DeclaredCluster, other: DeclaredCluster): boolean {
  if (one.region === other.region || !one.environments.some((name) => other.environments.includes(name))) return false;
  const names = new Set(applicationsOn(estate, one).map(({ name }) => name));
  return applicationsOn(estate, other).some(({ name }) => names.has(name));
}
