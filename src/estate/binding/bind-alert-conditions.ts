import type { AlertConditionDocument, AlertPolicyDocument } from "../kinds/alert-policy-document.ts";
import { openSloSeconds } from "../kinds/open-slo.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { BurnRateCondition } from "../model/estate.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import type { BindingLog } from "./binding-log.ts";

/** Documents that alert policies of SLOs may be in. */
export interface AlertDocuments {
  readonly alertPolicies: readonly ValidDocument<"AlertPolicy">[];
  readonly alertConditions: readonly ValidDocument<"AlertCondition">[];
}

type PolicySpec = AlertPolicyDocument["spec"];
type ConditionSpec = AlertConditionDocument["spec"];

/** A policy with the document that holds it, for places. */
interface FoundPolicy {
  readonly name: string;
  readonly spec: PolicySpec;
  readonly holder: ValidDocument<"SLO"> | ValidDocument<"AlertPolicy">;
  readonly path: FieldPath;
}

/** The burn rates that the alert policies of an SLO ask for, in place or by name; names without document are reported. */
export function bindAlertConditions(
  document: ValidDocument<"SLO">,
  documents: AlertDocuments,
  log: BindingLog,
): readonly BurnRateCondition[] {
  const policies = (document.value.spec.alertPolicies ?? []).flatMap((policy, index): readonly FoundPolicy[] => {
    const path = ["spec", "alertPolicies", index];
    const reference = typeof policy === "string" ? policy : policy.alertPolicyRef;
    if (typeof policy !== "string" && policy.spec !== undefined) {
      const name = policy.metadata?.name ?? `${document.name}-${index + 1}`;
      return [{ name, spec: policy.spec, holder: document, path: [...path, "spec"] }];
    }
    if (reference === undefined) return [];
    const found = documents.alertPolicies.find(({ name }) => name === reference);
    if (found !== undefined) return [{ name: found.name, spec: found.value.spec, holder: found, path: ["spec"] }];
    const candidates = documents.alertPolicies.map(({ name }) => name);
    const context = { place: document.locate(path), affects: [document.id] };
    log.dangling({ field: document.id, what: "AlertPolicy", target: reference, candidates }, context);
    return [];
  });
  return policies.flatMap((policy) => conditionsOf(policy, documents, log));
}

function conditionsOf(
  { name: policyName, spec, holder, path }: FoundPolicy,
  documents: AlertDocuments,
  log: BindingLog,
): readonly BurnRateCondition[] {
  return spec.conditions.flatMap((condition, index) => {
    if (condition.spec !== undefined) {
      return burnRate(condition.metadata?.name ?? `${policyName}-${index + 1}`, condition.spec);
    }
    const { conditionRef } = condition;
    if (conditionRef === undefined) return [];
    const found = documents.alertConditions.find(({ name }) => name === conditionRef);
    if (found !== undefined) return burnRate(found.name, found.value.spec);
    const candidates = documents.alertConditions.map(({ name }) => name);
    const context = { place: holder.locate([...path, "conditions", index]), affects: [holder.id] };
    log.dangling({ field: holder.id, what: "AlertCondition", target: conditionRef, candidates }, context);
    return [];
  });
}

function burnRate(name: string, { severity, condition }: ConditionSpec): readonly BurnRateCondition[] {
  if ((condition.kind ?? "burnrate").toLowerCase() !== "burnrate") return [];
  const lookbackSeconds = openSloSeconds(condition.lookbackWindow);
  if (lookbackSeconds === undefined) return [];
  return [
    {
      name,
      severity,
      operator: condition.op ?? "gte",
      threshold: condition.threshold,
      lookbackSeconds,
      alertAfterSeconds: openSloSeconds(condition.alertAfter ?? "") ?? 0,
    },
  ];
}
