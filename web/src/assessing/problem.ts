/** Something that did not work, as the page says it: code, one sentence, what to do. */
export interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly hint: string | undefined;
}

/** Reads a problem document of the server (RFC 9457); anything else becomes a problem by its status. */
export function readProblem(status: number, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "title" in body) {
    const hint = "hint" in body && typeof body.hint === "string" ? body.hint : undefined;
    return { code: String(body.code), sentence: String(body.title), hint };
  }
  return { code: `http-${status}`, sentence: `The server answered with status ${status}.`, hint: undefined };
}

/** The engines stopped where bad input should have given a diagnostic. */
export function defect(error: unknown): Problem {
  return {
    code: "defect",
    sentence: `The engines stopped: ${error instanceof Error ? error.message : String(error)}`,
    hint: "This is a defect of Scantling, not of your files. Please report it with the file that caused it.",
  };
}
