import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { type AssumptionRule, assume } from "../../estate/assumptions/assumption-rule.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { type DiagnosticRule, diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { Place } from "../../estate/sources/place.ts";

/** What an import could not use, and what it took for granted; each said once. */
export class ImportLog {
  readonly #diagnostics = new Map<string, Diagnostic>();
  readonly #assumptions = new Map<string, Assumption>();

  report<Parameters>(rule: DiagnosticRule<Parameters>, parameters: Parameters, place?: Place): void {
    this.take([diagnose(rule, parameters, { place })]);
  }

  take(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const { code, message, place } = diagnostic;
      this.#diagnostics.set(JSON.stringify([code, message, place]), diagnostic);
    }
  }

  assume<Parameters>(rule: AssumptionRule<Parameters>, subject: string, parameters: Parameters): void {
    const key = `${rule.id} ${subject}`;
    if (!this.#assumptions.has(key)) this.#assumptions.set(key, assume(rule, subject, parameters));
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics.values()];
  }

  get assumptions(): readonly Assumption[] {
    return [...this.#assumptions.values()];
  }
}
