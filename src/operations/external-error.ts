/** Something outside failed: not the input's fault, and not a defect. Faces print the sentence and the hint, no stack. */
export class ExternalError extends Error {
  readonly hint: string;

  constructor(message: string, { cause, hint }: { readonly cause?: unknown; readonly hint: string }) {
    super(message, { cause });
    this.name = "ExternalError";
    this.hint = hint;
  }
}
