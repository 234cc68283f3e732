import { rules } from "../../audit/rules/rules.ts";
import { assumptionCatalogue } from "../../estate/assumptions/catalogue.ts";
import { diagnosticCatalogue } from "../../estate/diagnostics/catalogue.ts";

/** What a code that a report prints stands for, line by line. */
export interface CodeExplanation {
  readonly code: string;
  readonly lines: readonly string[];
}

const failureModelPrefix = "Estate.spec.failureModel.";

/** Looks up a rule (`AVL-001`, also with its sub-verdict), an assumption (`ASM-098`, or its key in the failure model) or a diagnostic (`EST-326`). */
export function explainCode(name: string): CodeExplanation | undefined {
  return explainRule(name) ?? explainAssumption(name) ?? explainDiagnostic(name);
}

/** Every code, for suggestions. */
export function explainableCodes(): readonly string[] {
  return [
    ...rules.map(({ id }) => id),
    ...assumptionCatalogue.map(({ id }) => id),
    ...diagnosticCatalogue.map(({ code }) => code),
  ];
}

function explainRule(name: string): CodeExplanation | undefined {
  const rule = rules.find(({ id }) => name === id || name.startsWith(`${id}.`));
  if (rule === undefined) return undefined;
  const { high, medium, low } = rule.severity;
  return {
    code: rule.id,
    lines: [
      `Audit rule ${rule.id} ${rule.name}: ${rule.title}`,
      `Severity in production ${high ?? "none"}, before production ${medium ?? "none"}, in development ${low ?? "none"}.`,
      `What fails, why it matters and how to fix it: src/audit/rules/${rule.id}/README.md`,
    ],
  };
}

function explainAssumption(name: string): CodeExplanation | undefined {
  const key = name.startsWith(failureModelPrefix) ? name.slice(failureModelPrefix.length) : undefined;
  const entry = assumptionCatalogue.find((assumption) => assumption.id === name || assumption.name === (key ?? name));
  if (entry === undefined) return undefined;
  return {
    code: entry.id,
    lines: [
      `Assumption ${entry.id} ${entry.name}.`,
      `Replaced by: ${entry.replaceBy}`,
      "The reports that use it say what was assumed and why.",
    ],
  };
}

function explainDiagnostic(name: string): CodeExplanation | undefined {
  const entry = diagnosticCatalogue.find(({ code }) => code === name);
  if (entry === undefined) return undefined;
  return {
    code: entry.code,
    lines: [
      `Diagnostic ${entry.code} ${entry.name}, ${entry.severity}.`,
      "Each one that is printed names its place and what to do.",
    ],
  };
}
