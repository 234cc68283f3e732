import type { AuditRules } from "../../operations/audit/audit-rule-list.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { peersInWords, severitiesInWords } from "./rule-list-text.ts";

/** Every audit rule in a row, and the profiles. */
export function ruleListDocument({ rules, profiles }: AuditRules): Document {
  return [
    heading(1, `Audit rules (${rules.length})`),
    paragraph("Severity in production · before production · in development; – where the rule does not apply."),
    ...table(
      [
        { title: "Rule" },
        { title: "Name" },
        { title: "Severity" },
        { title: "Inputs" },
        { title: "Holds when" },
        { title: "Peers" },
      ],
      rules.map((rule) => [
        rule.id,
        rule.name,
        severitiesInWords(rule),
        rule.inputs.join(", "),
        rule.title,
        peersInWords(rule),
      ]),
    ),
    heading(2, "Profiles"),
    ...bullets(profiles.map(({ name, description, rules: count }) => `${code(name)} (${count} rules): ${description}`)),
  ];
}
