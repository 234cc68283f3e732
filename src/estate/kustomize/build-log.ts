import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type DiagnosticContext, type DiagnosticRule, diagnose } from "../diagnostics/diagnostic-rule.ts";
import { type FieldOrigin, placeOf } from "./field-origin.ts";
import type { PatchUse } from "./patch-use.ts";

/** Collects what a build has to say. */
export class BuildLog {
  readonly #diagnostics: Diagnostic[] = [];
  /** Patches in the order in which they were applied. */
  readonly patches: PatchUse[] = [];

  report<Parameters>(
    rule: DiagnosticRule<Parameters>,
    parameters: Parameters,
    origin?: FieldOrigin,
    affects?: readonly string[],
  ): void {
    const context: DiagnosticContext = {
      ...(origin === undefined ? {} : { place: placeOf(origin) }),
      ...(affects === undefined ? {} : { affects }),
    };
    this.#diagnostics.push(diagnose(rule, parameters, context));
  }

  add(diagnostics: readonly Diagnostic[]): void {
    this.#diagnostics.push(...diagnostics);
  }

  /** Everything reported, each finding once, in the order of the build. */
  diagnostics(): readonly Diagnostic[] {
    const seen = new Set<string>();
    return this.#diagnostics.filter((diagnostic) => {
      const key = JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.place]);
      return !seen.has(key) && seen.add(key);
    });
  }
}
