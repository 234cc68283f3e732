import type { AuditRules } from "../../operations/audit/audit-rule-list.ts";
import type { Style } from "../terminal/style.ts";
import { wrap } from "../terminal/wrap.ts";

export interface RuleListLayout {
  readonly width: number;
  readonly style: Style;
}

const indent = "         ";
const nameWidth = 40;

/** Every audit rule for a terminal: id, name and severities in a line, then what holds, inputs and the same in other tools. */
export function ruleListText({ rules, profiles }: AuditRules, { width, style }: RuleListLayout): string {
  const indented = (text: string): string[] => wrap(text, width - indent.length).map((line) => indent + line);
  const blocks = rules.map((rule) =>
    [
      `${style.bold(rule.id)}  ${rule.name.padEnd(nameWidth)}  ${severitiesInWords(rule)}`,
      ...indented(rule.title),
      ...indented(`judged from ${rule.inputs.join(", ")}`).map(style.dim),
      ...(rule.peers.length === 0 ? [] : indented(`elsewhere ${peersInWords(rule)}`).map(style.dim)),
      ...rule.parameters.flatMap(({ name, default: value, description }) =>
        indented(`parameter ${name} (${value}): ${description}`).map(style.dim),
      ),
    ].join("\n"),
  );
  const profileLines = profiles.flatMap(({ name, description, rules: count }) =>
    wrap(`${name} (${count} rules): ${description}`, width - 2).map((line) => `  ${line}`),
  );
  return `${[...blocks, [style.bold("Profiles"), ...profileLines].join("\n"), `${rules.length} rules; severity in production · before production · in development.`].join("\n\n")}\n`;
}

/** `high · medium · –`: production, before production, development. */
export function severitiesInWords({ severity: { high, medium, low } }: AuditRules["rules"][number]): string {
  return [high, medium, low].map((severity) => severity ?? "–").join(" · ");
}

/** `kube-linter minimum-three-replicas, polaris deploymentMissingReplicas`. */
export function peersInWords({ peers }: AuditRules["rules"][number]): string {
  const byTool = Map.groupBy(peers, ({ tool }) => tool);
  return [...byTool]
    .map(([tool, checks]) => `${tool} ${[...new Set(checks.map(({ check }) => check))].join(" ")}`)
    .join(", ");
}
