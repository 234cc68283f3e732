import type { Estate } from "../../../estate/model/estate.ts";
import { azureServicesUsed } from "../../clusters/azure-usage.ts";
import { clusterPasses, clusterVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import { type DeclaredCluster, declaredClusters, settingOf } from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-011: pods reach Azure as themselves, without passwords. */
export const workloadIdentity: Rule = {
  id: "AKS-011",
  name: "workload-identity",
  title: "Pods that use Azure services have workload identity, and the retired pod identity is off.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["cluster"],
  peers: [{ tool: "psrule-azure", check: "Azure.AKS.PodIdentity", part: "2" }],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of declaredClusters(estate)) {
      const findings = [...withoutIdentity(estate, cluster), ...retired(estate, cluster)];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};

function* withoutIdentity(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const used = azureServicesUsed(estate, cluster);
  const [first] = used;
  if (first === undefined) return;
  const path = ["identity", "workloadIdentity"];
  const identity = settingOf(estate, cluster.identity.workloadIdentity, false);
  if (identity === undefined)
    yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, [path.join(".")]));
  // Workload identity cannot be on without the issuer, so only an issuer that is stated as off contradicts it.
  const issuer = cluster.identity.oidcIssuer ?? identity;
  if (identity !== false && issuer !== false) return;
  const field = identity === false ? path : ["identity", "oidcIssuer"];
  const services = new Set(used.map(({ service }) => service)).size;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "1",
    field,
    message: `${field.join(".")} of ${cluster.name} is off, and its workloads use ${services} ${services === 1 ? "service" : "services"} of Azure (${first.workload.label} uses ${first.service}): they need secrets that leak and expire.`,
    fix: {
      description: "Switch on the OIDC issuer and workload identity.",
      edits: [
        { path, value: true },
        { path: ["identity", "oidcIssuer"], value: true },
      ],
    },
  });
}

function* retired(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  if (cluster.identity.podIdentity !== true) return;
  const field = ["identity", "podIdentity"];
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "2",
    field,
    message: `The retired pod identity add-on of ${cluster.name} is still on: any pod may take over identities through the node's metadata.`,
    fix: {
      description: "Move to workload identity and switch the add-on off.",
      edits: [{ path: field, value: false }],
    },
  });
}
