import { peersInWords, severitiesInWords } from "../../src/cli/reporters/rule-list-text.ts";
import { type AuditRules, listAuditRules } from "../../src/operations/audit/audit-rule-list.ts";

type ListedRule = AuditRules["rules"][number];

const tables: readonly (readonly [prefix: string, title: string])[] = [
  ["AKS", "Clusters and node pools"],
  ["AVL", "Availability"],
  ["FIN", "Cost"],
  ["GIT", "The repository"],
  ["STA", "Durable state"],
  ["TEN", "Tenancy and isolation"],
];

/** `docs/reference/rules.md`: every audit rule, from what `scantling audit --list` prints and the pages of the rules. */
export function rulesReference(): string {
  const { rules, profiles } = listAuditRules();
  const sections = tables
    .map(([prefix, title]) => ({ title, rules: rules.filter(({ id }) => id.startsWith(`${prefix}-`)) }))
    .filter((section) => section.rules.length > 0);
  return [
    "# Audit rules",
    "",
    `Generated from the rules themselves (${rules.length}); \`scantling audit --list\` prints the same. Severity by criticality of the environment: production · pre-production · development, – where the rule does not apply. A rule that does not apply says nothing; what cannot be decided is not evaluable, never a pass. Each rule's page says what fails, why it matters and how to fix it.`,
    "",
    "## Profiles",
    "",
    ...profiles.map(({ name, description, rules: count }) => `- \`${name}\` (${count} rules): ${description}`),
    "",
    ...sections.flatMap((section) => [`## ${section.title}`, "", ...ruleTable(section.rules), ""]),
    "## Parameters",
    "",
    "Set under `Estate.spec.audit.rules.ID.parameters`.",
    "",
    ...parameterTable(rules),
    "",
    "## The same check in other tools",
    "",
    "Ignore annotations of kube-linter, kube-score, Polaris, Checkov and Datree, and ignore comments of Trivy, are honoured for these checks.",
    "",
    "| rule | elsewhere |",
    "| --- | --- |",
    ...rules.filter(({ peers }) => peers.length > 0).map((rule) => `| ${rule.id} | ${peersInWords(rule)} |`),
    "",
  ].join("\n");
}

function ruleTable(rules: readonly ListedRule[]): string[] {
  return [
    "| rule | holds when | severity | judged from |",
    "| --- | --- | --- | --- |",
    ...rules.map(
      (rule) =>
        `| [${rule.id} ${rule.name}](../../${rule.page}) | ${cell(rule.title)} | ${severitiesInWords(rule)} | ${rule.inputs.join(", ")} |`,
    ),
  ];
}

function parameterTable(rules: readonly ListedRule[]): string[] {
  const rows = rules.flatMap(({ id, parameters }) =>
    parameters.map(
      (parameter) =>
        `| ${id} | \`${parameter.name}\` | ${cell(parameter.description)} | ${parameter.default} | ${parameter.strict ?? parameter.default} |`,
    ),
  );
  if (rows.length === 0) return ["No rule has parameters."];
  return ["| rule | parameter | decides | default | in profile strict |", "| --- | --- | --- | --- | --- |", ...rows];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
