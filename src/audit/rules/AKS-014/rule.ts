import { clusterPasses, clusterVerdict } from "../../clusters/cluster-outcome.ts";
import { type DeclaredCluster, declaredClusters, settingOf } from "../../clusters/declared-settings.ts";
import { judgeSwitches, type RequiredSwitch } from "../../clusters/required-switch.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

const switches: readonly RequiredSwitch[] = [
  {
    part: "1",
    field: ["monitoring", "defender"],
    value: ({ monitoring }) => monitoring.defender,
    byDefault: false,
    wanted: true,
    consequence: "nobody is told of a container that starts a miner or a shell",
    fix: "Switch on Defender for Containers.",
  },
  {
    part: "2",
    field: ["monitoring", "azurePolicy"],
    value: ({ monitoring }) => monitoring.azurePolicy,
    byDefault: false,
    wanted: true,
    consequence: "guard rails of the organisation do not reach into the cluster",
    fix: "Switch on the Azure Policy add-on.",
  },
];

/** AKS-014: what goes wrong is seen, and who did it. */
export const protectionAndLogs: Rule = {
  id: "AKS-014",
  name: "protection-and-logs",
  title: "Defender, Azure Policy, the audit log of the API server and metrics are on.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["cluster"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.DefenderProfile", part: "1" },
    { tool: "psrule-azure", check: "Azure.AKS.AzurePolicyAddOn", part: "2" },
    { tool: "psrule-azure", check: "Azure.AKS.AuditLogs", part: "3" },
    { tool: "psrule-azure", check: "Azure.AKS.ContainerInsights", part: "4" },
    { tool: "checkov", check: "CKV_AZURE_116", part: "2" },
    { tool: "checkov", check: "CKV_AZURE_4", part: "4" },
    { tool: "trivy", check: "AVD-AZU-0040", part: "4" },
  ],
  judges: "objects",
  *evaluate(context) {
    for (const cluster of declaredClusters(context.estate)) {
      const findings = [...judgeSwitches(context.estate, cluster, switches), ...blind(context, cluster)];
      yield* findings.length === 0 ? [clusterPasses(context.estate, cluster)] : findings;
    }
  },
};

function* blind({ estate }: AuditContext, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const { name, monitoring } = cluster;
  const logs = settingOf(estate, monitoring.controlPlaneLogs, []);
  const logField = ["monitoring", "controlPlaneLogs"];
  const prometheus = settingOf(estate, monitoring.managedPrometheus, false);
  const insights = settingOf(estate, monitoring.containerInsights, false);
  const scraped = scrapesItself(estate, name);
  const unsaid = [
    ...(logs === undefined ? [logField] : []),
    ...(prometheus === undefined && insights === undefined && !scraped ? [["monitoring", "managedPrometheus"]] : []),
  ];
  const [first] = unsaid;
  if (first !== undefined) {
    const list = unsaid.map((field) => field.join(".")).join(", ");
    const message = `Cluster ${name} does not say ${list}, and the estate is not declared complete.`;
    yield clusterVerdict(estate, cluster, { verdict: "notEvaluable", missing: ["needs-C"], field: first, message });
  }
  if (logs !== undefined && !logs.some((log) => log === "kube-audit" || log === "kube-audit-admin")) {
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "3",
      field: logField,
      message: `${name} keeps ${logs.length === 0 ? "no control plane logs" : `only ${logs.join(", ")}`}: who changed or deleted what cannot be told afterwards.`,
      fix: {
        description: "Keep kube-audit-admin: every write, without the many reads of kube-audit.",
        edits: [{ path: logField, value: [...logs, "kube-audit-admin"] }],
      },
    });
  }
  if (prometheus === false && insights === false && !scraped) {
    const field = ["monitoring", "managedPrometheus"];
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "4",
      field,
      message: `${name} sends metrics nowhere: neither managed Prometheus nor Container insights is on, and no Prometheus is in its manifests.`,
      fix: { description: "Switch on managed Prometheus.", edits: [{ path: field, value: true }] },
    });
  }
}

/** A cluster may bring its own Prometheus. */
function scrapesItself({ objects }: AuditContext["estate"], cluster: string): boolean {
  return objects.some(
    (placed) =>
      placed.cluster === cluster &&
      placed.object.kind === "Prometheus" &&
      placed.object.apiVersion.startsWith("monitoring.coreos.com/"),
  );
}
