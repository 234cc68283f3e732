import { clusterPasses } from "../../clusters/cluster-outcome.ts";
import { declaredClusters } from "../../clusters/declared-settings.ts";
import { judgeSwitches, type RequiredSwitch } from "../../clusters/required-switch.ts";
import type { Rule } from "../../rule.ts";

const switches: readonly RequiredSwitch[] = [
  {
    part: "1",
    field: ["identity", "localAccounts"],
    value: ({ identity }) => identity.localAccounts,
    byDefault: true,
    wanted: false,
    consequence:
      "certificates that no directory knows open the cluster, and cannot be taken back from a person who leaves",
    fix: "Disable local accounts.",
  },
  {
    part: "2",
    field: ["identity", "entraIntegrated"],
    value: ({ identity }) => identity.entraIntegrated,
    byDefault: false,
    wanted: true,
    consequence: "people do not sign in with Microsoft Entra ID, and no conditional access holds",
    fix: "Integrate with Microsoft Entra ID.",
  },
  {
    part: "3",
    field: ["identity", "azureRbac"],
    value: ({ identity }) => identity.azureRbac,
    byDefault: false,
    wanted: true,
    consequence: "who may do what is scattered over bindings inside the cluster, out of sight of access reviews",
    fix: "Let Azure role assignments decide.",
  },
];

/** AKS-010: people are known to the directory. */
export const clusterIdentity: Rule = {
  id: "AKS-010",
  name: "cluster-identity",
  title: "Local accounts are off, and Microsoft Entra ID and Azure role assignments decide who may do what.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["cluster"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.LocalAccounts", part: "1" },
    { tool: "psrule-azure", check: "Azure.AKS.ManagedAAD", part: "2" },
    { tool: "psrule-azure", check: "Azure.AKS.AzureRBAC", part: "3" },
    { tool: "checkov", check: "CKV_AZURE_141", part: "1" },
    { tool: "checkov", check: "CKV_AZURE_5" },
    { tool: "trivy", check: "AVD-AZU-0042" },
  ],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of declaredClusters(estate)) {
      const findings = [...judgeSwitches(estate, cluster, switches)];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};
