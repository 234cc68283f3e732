import type { Place } from "../sources/place.ts";
import type { Diagnostic, DiagnosticSeverity } from "./diagnostic.ts";

/** One problem that loading can report, declared once. `message` gives one sentence. */
export interface DiagnosticRule<Parameters> {
  /** `EST-nnn`, never reused. */
  readonly code: string;
  /** The code in words, kebab-case. */
  readonly name: string;
  readonly severity: DiagnosticSeverity;
  readonly message: (parameters: Parameters) => string;
  readonly hint?: (parameters: Parameters) => string | undefined;
}

/** Where a problem stands and what it leaves not evaluable. */
export interface DiagnosticContext {
  readonly place?: Place | undefined;
  readonly affects?: readonly string[];
}

/** Instantiates a rule. */
export function diagnose<Parameters>(
  rule: DiagnosticRule<Parameters>,
  parameters: Parameters,
  context: DiagnosticContext = {},
): Diagnostic {
  const hint = rule.hint?.(parameters);
  return {
    code: rule.code,
    name: rule.name,
    severity: rule.severity,
    message: rule.message(parameters),
    ...(context.place === undefined ? {} : { place: context.place }),
    ...(hint === undefined ? {} : { hint }),
    ...(context.affects === undefined ? {} : { affects: context.affects }),
  };
}
