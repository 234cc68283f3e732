import type { Estate } from "../../../estate/model/estate.ts";
import { clusterPasses, clusterVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import { type DeclaredCluster, declaredClusters, settingOf } from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-009: not everybody can reach the API server. */
export const apiServerExposure: Rule = {
  id: "AKS-009",
  name: "api-server-exposure",
  title: "The API server has a private address, or only named address ranges reach it.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["cluster"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.AuthorizedIPs" },
    { tool: "checkov", check: "CKV_AZURE_6" },
    { tool: "checkov", check: "CKV_AZURE_115" },
    { tool: "trivy", check: "AVD-AZU-0041" },
  ],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of declaredClusters(estate)) yield judge(estate, cluster);
  },
};

const field = ["network", "authorizedRanges"];

function judge(estate: Estate, cluster: DeclaredCluster): RuleOutcome {
  const isPrivate = settingOf(estate, cluster.network.privateApiServer, false);
  if (isPrivate === true) return clusterPasses(estate, cluster);
  const ranges = settingOf(estate, cluster.network.authorizedRanges, []);
  // Ranges only matter for a public API server, so whoever lists them has one.
  if (ranges === undefined) {
    const unsaid = [...(isPrivate === undefined ? ["network.privateApiServer"] : []), field.join(".")];
    return clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, unsaid));
  }
  const open = ranges.find((range) => /^(0\.0\.0\.0|::)\/0$/.test(range));
  if (ranges.length > 0 && open === undefined) return clusterPasses(estate, cluster);
  const why = open === undefined ? "is public and lists no authorised ranges" : `is public and authorises ${open}`;
  return clusterVerdict(estate, cluster, {
    verdict: "fail",
    field: open === undefined ? field : [...field, ranges.indexOf(open)],
    message: `The API server of ${cluster.name} ${why}: every address of the internet may try credentials and exploits on it.`,
    fix: { description: "Make the API server private, or list the ranges of your networks and runners." },
  });
}
