import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { type Rbac, serviceAccountOf } from "../../../tenancy/rbac/build-rbac.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { missingForAbsence } from "../../evidence.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { clusterRbac } from "../../tenancy/cluster-rbac.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { accountTokenAdmission } from "./admission.ts";

/** TEN-020: only pods that talk to the API server carry a token for it. */
export const serviceAccountTokens: Rule = {
  id: "TEN-020",
  name: "service-account-tokens",
  title: "Pods carry a token of the API server only where they need one, and of a service account of their own.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests", "rbac"],
  admission: accountTokenAdmission,
  judges: "pods",
  peers: [
    { tool: "polaris", check: "automountServiceAccountToken", part: "1" },
    { tool: "kubescape", check: "C-0034", part: "1" },
    { tool: "checkov", check: "CKV_K8S_38", part: "1" },
    { tool: "trivy", check: "KSV-0036", part: "1" },
    { tool: "kyverno", check: "restrict-automount-sa-token", part: "1" },
    { tool: "kube-linter", check: "default-service-account", part: "2" },
  ],
  *evaluate({ estate }) {
    const missing = missingForAbsence(estate);
    const rbac = new Map(clusterRbac(estate).map((each) => [each.cluster, each]));
    for (const workload of estate.workloads) {
      if (workload.opaque || workload.tenant === platformTenant) continue;
      yield judge(workload, { estate, rbac: rbac.get(workload.cluster), missing });
    }
    for (const placed of lookupOf(estate).objects.ofKind("Secret")) {
      if (placed.object.value.type !== "kubernetes.io/service-account-token") continue;
      yield objectOutcome(estate, placed, {
        verdict: "fail",
        part: "3",
        field: ["type"],
        message: `Secret ${placed.object.name} holds a token of a service account that never ends: whoever reads it once may use it until it is deleted.`,
        fix: { description: "Ask for tokens that end (TokenRequest, projected volumes), and delete the Secret." },
      });
    }
  },
};

interface Surroundings {
  readonly estate: Estate;
  readonly rbac: Rbac | undefined;
  readonly missing: readonly string[];
}

function judge(workload: Workload, { estate, rbac, missing }: Surroundings): RuleOutcome {
  const account = serviceAccountOf(workload);
  const object = lookupOf(estate).objects.find(workload, "ServiceAccount", account.name)?.object;
  const automount = workload.podSpec.automountServiceAccountToken ?? object?.value.automountServiceAccountToken ?? true;
  if (automount === false) return passed(workload);
  const field = [...workload.podSpecPath, "automountServiceAccountToken"];
  if (automount !== true) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      field,
      missing: [
        typeof automount === "string" && automount.includes("${") ? "unresolved-variable" : "unparsable-dependency",
      ],
      message: `Whether the pods of ${workload.label} get a token of service account ${account.name} cannot be read.`,
    });
  }
  const isDefault = account.name === "default";
  if (isGranted(rbac, account)) {
    if (!isDefault) return passed(workload);
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      field: [...workload.podSpecPath, "serviceAccountName"],
      message: `${workload.label} uses the rights of service account default, and so does every other pod of namespace ${workload.namespace} that names none.`,
      fix: { description: "Give it a service account of its own, and bind the role to that." },
    });
  }
  // Nobody binds roles to the default account of a namespace on purpose; of others, the binding may be elsewhere.
  if (!isDefault && missing.length > 0) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      field,
      missing,
      message: `The pods of ${workload.label} carry a token of service account ${account.name}. No binding of it was seen, but the input does not prove that there is none.`,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field,
    message: `The pods of ${workload.label} carry a token of service account ${account.name}, to which no role is bound: it is of no use to them, and of some to who breaks in.`,
    fix: workloadFix("Mount no token.", workload, [{ path: field, value: false }]),
  });
}

/** Bound to something by name, or through the groups of its namespace; what every service account may do is nothing. */
function isGranted(rbac: Rbac | undefined, account: ReturnType<typeof serviceAccountOf>): boolean {
  if (rbac === undefined) return false;
  const own = [...rbac.rulesOf(account).map(({ binding }) => binding), ...rbac.unknownGrantsOf(account)];
  return own.some(({ place }) => place !== undefined);
}
