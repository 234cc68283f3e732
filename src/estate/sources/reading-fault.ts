import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type DiagnosticContext, type DiagnosticRule, diagnose } from "../diagnostics/diagnostic-rule.ts";

/** Thrown inside the reader of one document and caught where that document ends: the others are still read. */
export class ReadingFault extends Error {
  /** Offset in the text that was handed to the reader. */
  readonly offset: number;
  readonly #instantiate: (context: DiagnosticContext) => Diagnostic;

  constructor(offset: number, instantiate: (context: DiagnosticContext) => Diagnostic) {
    super("reading fault");
    this.offset = offset;
    this.#instantiate = instantiate;
  }

  diagnostic(context: DiagnosticContext): Diagnostic {
    return this.#instantiate(context);
  }
}

/** A fault that reports `rule`. */
export function readingFault<Parameters>(
  rule: DiagnosticRule<Parameters>,
  parameters: Parameters,
  offset: number,
): ReadingFault {
  return new ReadingFault(offset, (context) => diagnose(rule, parameters, context));
}
