import type { Assumption } from "../assumptions/assumption.ts";
import { type AssumptionRule, assume } from "../assumptions/assumption-rule.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type DiagnosticContext, type DiagnosticRule, diagnose } from "../diagnostics/diagnostic-rule.ts";
import { referenceDangling } from "../diagnostics/reference-diagnostics.ts";
import type { Place } from "../sources/place.ts";

type ParametersOf<Rule> = Rule extends DiagnosticRule<infer Parameters> ? Parameters : never;

/** What binding finds on its way: problems and filled gaps, in the order in which they were met. */
export class BindingLog {
  readonly diagnostics: Diagnostic[] = [];
  readonly assumptions: Assumption[] = [];
  /** Fields of the Estate that list names, with their places, by what they name. */
  readonly lists = new Map<string, string>();

  /** Reports a name that stands for nothing. */
  dangling(parameters: Omit<ParametersOf<typeof referenceDangling>, "list">, context: DiagnosticContext = {}): void {
    this.report(referenceDangling, { ...parameters, list: this.lists.get(parameters.what) }, context);
  }

  report<Parameters>(rule: DiagnosticRule<Parameters>, parameters: Parameters, context: DiagnosticContext = {}): void {
    this.diagnostics.push(diagnose(rule, parameters, context));
  }

  assume<Parameters>(rule: AssumptionRule<Parameters>, subject: string, parameters: Parameters, place?: Place): void {
    this.assumptions.push(assume(rule, subject, parameters, place));
  }

  /** Takes over diagnostics that others found. */
  take(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.diagnostics.push(diagnostic);
  }
}
