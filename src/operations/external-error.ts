/** What an outside system did not do; anything else that failed outside has none of these. */
export type ExternalFailure = "unreachable" | "unauthorized";

/** Something outside failed: not the input's fault, and not a defect. Faces print the sentence and the hint, no stack. */
export class ExternalError extends Error {
  readonly hint: string;
  readonly failure: ExternalFailure | undefined;

  constructor(
    message: string,
    {
      cause,
      hint,
      failure,
    }: { readonly cause?: unknown; readonly hint: string; readonly failure?: ExternalFailure | undefined },
  ) {
    super(message, { cause });
    this.name = "ExternalError";
    this.hint = hint;
    this.failure = failure;
  }
}
