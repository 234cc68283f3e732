import type { ExemptionDocument, RuleSettingDocument } from "../kinds/audit-settings.ts";
import { type AuditSettings, type Exemption, noAuditSettings, type RuleSetting } from "../model/audit-settings.ts";
import type { Place } from "../sources/place.ts";
import type { DocumentSet } from "./document-set.ts";

/** `Estate.spec.audit`; which rules and profiles there are is for the audit to say. */
export function bindAudit({ estate }: DocumentSet): AuditSettings {
  const audit = estate?.value.spec?.audit;
  if (estate === undefined || audit === undefined) return noAuditSettings;
  const at = (...path: readonly (string | number)[]): Place => estate.locate(["spec", "audit", ...path]);
  const { profile } = audit;
  return {
    profile,
    ...(profile === undefined ? {} : { profilePlace: at("profile") }),
    rules: new Map(
      Object.entries(audit.rules ?? {}).map(([rule, setting]) => [rule, bindSetting(setting, at("rules", rule))]),
    ),
    exemptions: (audit.exemptions ?? []).map((exemption, index) => bindExemption(exemption, at("exemptions", index))),
  };
}

function bindSetting({ enabled, severity, parameters }: RuleSettingDocument, place: Place): RuleSetting {
  return {
    enabled,
    severity: definedSeverities(
      typeof severity === "string" ? { high: severity, medium: severity, low: severity } : severity,
    ),
    parameters: parameters ?? {},
    place,
  };
}

function definedSeverities(severity: Exclude<RuleSettingDocument["severity"], string>): RuleSetting["severity"] {
  const { high, medium, low } = severity ?? {};
  return {
    ...(high === undefined ? {} : { high }),
    ...(medium === undefined ? {} : { medium }),
    ...(low === undefined ? {} : { low }),
  };
}

/** An exemption of a Tenant or of the Estate. */
export function bindExemption({ rule, selector, reason, owner, until }: ExemptionDocument, place: Place): Exemption {
  return {
    rule,
    namespace: selector?.namespace,
    name: selector?.name,
    kind: selector?.kind,
    container: selector?.container,
    environment: selector?.environment,
    labels: selector?.labels ?? {},
    reason,
    owner,
    until,
    place,
  };
}
