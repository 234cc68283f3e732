import type { Estate } from "../../../estate/model/estate.ts";
import { objectivesOn } from "../../clusters/cluster-applications.ts";
import { clusterPasses, clusterVerdict, mostCriticalEnvironment, unstated } from "../../clusters/cluster-outcome.ts";
import { type DeclaredCluster, declaredClusters, statedSetting } from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { clusterChange } from "../../studies/structural-change.ts";

/** AKS-002: a cluster that promises something runs on a tier with an SLA. */
export const clusterTier: Rule = {
  id: "AKS-002",
  name: "cluster-tier",
  title: "A cluster with an availability objective, or one that serves production, runs on tier Standard or Premium.",
  severity: { high: "high", medium: "low", low: undefined },
  inputs: ["cluster", "objectives"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.UptimeSLA" },
    { tool: "checkov", check: "CKV_AZURE_170" },
  ],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of declaredClusters(estate)) yield judge(estate, cluster);
  },
};

function judge(estate: Estate, cluster: DeclaredCluster): RuleOutcome {
  // AKS itself creates clusters on tier Free when nothing is said, the model takes Standard: neither is a fact.
  if (statedSetting(estate, cluster, ["tier"], cluster.tier) === undefined) {
    return clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, ["tier"]));
  }
  if (cluster.tier !== "Free") return clusterPasses(estate, cluster);
  const objectives = objectivesOn(estate, cluster);
  const environment = mostCriticalEnvironment(estate, cluster);
  const isProduction = estate.environments.some(
    ({ name, criticality }) => name === environment && criticality === "high",
  );
  if (objectives.length === 0 && !isProduction) return clusterPasses(estate, cluster);
  const [first] = objectives;
  const promise =
    first === undefined
      ? `it serves ${environment ?? "production"}`
      : `${objectives.length} ${objectives.length === 1 ? "journey has an objective" : "journeys have objectives"} here, such as ${first}`;
  return clusterVerdict(estate, cluster, {
    verdict: "fail",
    field: ["tier"],
    message: `Cluster ${cluster.name} runs on tier Free, whose API server has no SLA, and ${promise}.`,
    fix: { description: "Use tier Standard.", edits: [{ path: ["tier"], value: "Standard" }] },
    ...clusterChange("controlPlaneTier", cluster.name),
  });
}
