import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import { asLooseText, asObject, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { annotationsOf, platformTenant } from "../../tenancy/tenant-namespaces.ts";

const mostCredentials = aksClusterFacts.federatedCredentialsPerIdentity.value;

/** TEN-026: each tenant acts towards Azure under identities of its own. */
export const workloadIdentity: Rule = {
  id: "TEN-026",
  name: "workload-identity-per-tenant",
  title: "No managed identity serves two tenants, and no pod acts as the identity of the nodes.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "tenants"],
  judges: "objects",
  *evaluate({ estate }) {
    yield* identitiesOfAccounts(estate);
    yield* credentials(estate);
    yield* nodeIdentities(estate);
  },
};

const clientIdAnnotation = "azure.workload.identity/client-id";

function* identitiesOfAccounts(estate: Estate): Iterable<RuleOutcome> {
  const accounts = lookupOf(estate).objects.ofKind("ServiceAccount");
  const clientId = (placed: PlacedObject) => annotationsOf(placed)[clientIdAnnotation] ?? "";
  const byIdentity = Map.groupBy(
    accounts.filter((placed) => clientId(placed) !== "" && !clientId(placed).includes("${")),
    clientId,
  );
  for (const [identity, users] of byIdentity) {
    for (const placed of users) {
      const other = users.find(({ tenant }) => tenant !== placed.tenant && tenant !== platformTenant);
      if (other === undefined || placed.tenant === platformTenant) {
        yield objectOutcome(estate, placed, { verdict: "pass", message: "" });
      } else {
        yield objectOutcome(estate, placed, {
          verdict: "fail",
          part: "1",
          field: ["metadata", "annotations", clientIdAnnotation],
          message: `Service account ${placed.namespace ?? ""}/${placed.object.name} of tenant ${placed.tenant} acts as managed identity ${identity}, and so does ${other.namespace ?? ""}/${other.object.name} of tenant ${other.tenant}: each may do in Azure what the other may.`,
          fix: { description: "Give each tenant a managed identity of its own." },
        });
      }
    }
  }
}

/** Federated credentials that the manifests order from Azure Service Operator. */
function* credentials(estate: Estate): Iterable<RuleOutcome> {
  const { objects } = lookupOf(estate);
  const placedCredentials = objects.ofKind("FederatedIdentityCredential.managedidentity.azure.com");
  const missing = missingForAbsence(estate);
  for (const placed of placedCredentials) {
    const subject = asText(valueAt(placed.object.value, ["spec", "subject"])) ?? "";
    const [namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject)?.slice(1) ?? [];
    if (namespace === undefined || account === undefined || account === "default") continue;
    if (objects.find({ ...placed, namespace }, "ServiceAccount", account) !== undefined) continue;
    const field = ["spec", "subject"];
    const seen = `Federated credential ${placed.object.name} trusts service account ${namespace}/${account}`;
    yield missing.length > 0
      ? objectOutcome(estate, placed, {
          verdict: "notEvaluable",
          field,
          missing,
          message: `${seen}, which was not seen.`,
        })
      : objectOutcome(estate, placed, {
          verdict: "fail",
          part: "2",
          field,
          message: `${seen}, which does not exist: who may create it acts as the identity.`,
          fix: { description: "Delete the credential, or correct its subject." },
        });
  }
  const byIdentity = Map.groupBy(placedCredentials, ({ environment, cluster, namespace, object }) =>
    [environment, cluster, namespace, asText(valueAt(object.value, ["spec", "owner", "name"])) ?? ""].join("/"),
  );
  for (const group of byIdentity.values()) {
    const [first] = group;
    if (first === undefined || group.length <= mostCredentials) continue;
    yield objectOutcome(estate, first, {
      verdict: "fail",
      part: "3",
      field: ["spec", "owner"],
      message: `${group.length} federated credentials belong to one managed identity, and Azure takes at most ${mostCredentials}.`,
      fix: { description: "Spread them over several identities." },
    });
  }
}

/** Secrets that pods get from a vault under the identity of the nodes, which all tenants share. */
function* nodeIdentities(estate: Estate): Iterable<RuleOutcome> {
  for (const placed of lookupOf(estate).objects.ofKind("SecretProviderClass.secrets-store.csi.x-k8s.io")) {
    if (placed.tenant === platformTenant) continue;
    const parameters = asObject(valueAt(placed.object.value, ["spec", "parameters"]));
    const usesNode = asLooseText(parameters.useVMManagedIdentity) === "true";
    yield usesNode
      ? objectOutcome(estate, placed, {
          verdict: "fail",
          part: "4",
          field: ["spec", "parameters", "useVMManagedIdentity"],
          message: `SecretProviderClass ${placed.object.name} reads the vault under an identity of the nodes: every pod of the cluster can have the same.`,
          fix: { description: "Use workload identity: clientID instead of useVMManagedIdentity." },
        })
      : objectOutcome(estate, placed, { verdict: "pass", message: "" });
  }
}
