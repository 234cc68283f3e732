import type { AdmissionCheck, RuleAdmission } from "../../admission-policies/admission-check.ts";
import type { PodSecurityCheck } from "../../pod-security/pod-security-check.ts";
import { podSecurityChecks } from "../../pod-security/pod-security-checks.ts";
import { podSecurityExpressions } from "./pod-security-expressions.ts";

/** Each control of the standards, at the level and version that the namespace is held to. */
export const podSecurityAdmission: RuleAdmission = {
  checks: podSecurityChecks.map(
    (check): AdmissionCheck => ({
      part: String(check.part),
      on: "podTemplates",
      expression: `!(${appliesWhere(check)}) || (${podSecurityExpressions[check.part] ?? "true"})`,
      message: `By ${check.id} of the Pod Security Standards, ${check.demand}.`,
    }),
  ),
};

/** Level and version from which a check is, less those from which a restricted one stands in for it. */
function appliesWhere({ id, level, versions }: PodSecurityCheck): string {
  const since = versions[0]?.since ?? 0;
  const overriddenSince = podSecurityChecks.flatMap(
    (other) => other.versions.find(({ overrides = [] }) => overrides.includes(id))?.since ?? [],
  )[0];
  return [
    level === "restricted" ? "variables.isRestricted" : "variables.isBaseline",
    ...(since === 0 ? [] : [`variables.minor >= ${since}`]),
    ...(overriddenSince === undefined
      ? []
      : [`!(variables.isRestricted${overriddenSince === 0 ? "" : ` && variables.minor >= ${overriddenSince}`})`]),
  ].join(" && ");
}
