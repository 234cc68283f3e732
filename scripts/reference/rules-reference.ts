import { rules } from "../../src/audit/rules/rules.ts";

/** `docs/reference/rules.md`: the audit rules with their severities and pages. */
export function rulesReference(): string {
  return [
    "# Audit rules",
    "",
    "Severity by criticality of the environment: production, pre-production, development. A rule that does not apply says nothing; what cannot be decided is not evaluable, never a pass.",
    "",
    "| rule | holds when | severity |",
    "| --- | --- | --- |",
    ...rules.map(
      (rule) =>
        `| [${rule.id} ${rule.name}](../../src/audit/rules/${rule.id}/README.md) | ${rule.title} | ${rule.severity.high ?? "–"} · ${rule.severity.medium ?? "–"} · ${rule.severity.low ?? "–"} |`,
    ),
    "",
  ].join("\n");
}
