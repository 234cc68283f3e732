/**
 * A step of the evaluation that cannot be done. Thrown deep inside a transformer, caught by the transformer, which
 * reports it with its place and leaves the resource as it was; never seen outside of this folder.
 */
export class KustomizeFault extends Error {
  override readonly name = "KustomizeFault";
}

/** What `step` gives, or the reason why it cannot be done. */
export function attempt<Result>(step: () => Result): { readonly result: Result } | { readonly reason: string } {
  try {
    return { result: step() };
  } catch (error) {
    if (error instanceof KustomizeFault) return { reason: error.message };
    throw error;
  }
}
