import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";

/** Something that did not work, as a problem document (RFC 9457): code, one sentence, what to do. */
export interface Problem {
  readonly status: ContentfulStatusCode;
  /** Kebab-case and stable. */
  readonly code: string;
  /** One sentence. */
  readonly title: string;
  readonly hint?: string;
}

/** Answers with a problem document. */
export function answerProblem(context: Context, problem: Problem): Response {
  const { status, ...rest } = problem;
  const body = JSON.stringify({ type: "about:blank", status, ...rest });
  return context.body(body, status, { "content-type": "application/problem+json; charset=utf-8" });
}

export const noEstate: Problem = {
  status: 404,
  code: "no-estate",
  title: "No estate is served.",
  hint: "Start the server with a folder, as in `scantling serve ./manifests`, or post files to /api/assess.",
};

export const notFound: Problem = {
  status: 404,
  code: "not-found",
  title: "There is nothing at this address.",
  hint: "The addresses of the API are in /openapi.json.",
};

export const foreignHost: Problem = {
  status: 421,
  code: "foreign-host",
  title: "This server answers on loopback names only.",
  hint: "Use http://127.0.0.1 or http://localhost with the port that `scantling serve` printed.",
};

export const foreignOrigin: Problem = {
  status: 403,
  code: "foreign-origin",
  title: "Pages of other sites may not call this server.",
};

/** The body is larger than the limit. */
export function bodyTooLarge(limitBytes: number): Problem {
  return {
    status: 413,
    code: "body-too-large",
    title: `The files are larger than ${Math.round(limitBytes / 2 ** 20)} MiB together.`,
    hint: "Start the server on the folder instead: `scantling serve ./folder`.",
  };
}

/** The body is not what the API takes; `issue` says where. */
export function invalidBody(issue: string): Problem {
  return {
    status: 400,
    code: "body-invalid",
    title: "The body is not what this address takes.",
    hint: `${issue} See /openapi.json.`,
  };
}

/** Nothing in the posted files can be assessed: the first error says why. */
export function nothingUsable(diagnostics: readonly Diagnostic[]): Problem {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  const more = errors.length > 1 ? ` (${errors.length - 1} more like it)` : "";
  return {
    status: 422,
    code: "nothing-usable",
    title: "Nothing in these files can be assessed.",
    ...(first === undefined ? {} : { hint: `${first.code}: ${first.message}${more}` }),
  };
}

/** No figure has the id. */
export function unknownFigure(id: string, nearest: readonly string[]): Problem {
  return {
    status: 404,
    code: "unknown-figure",
    title: `There is no figure ${id}.`,
    ...(nearest.length === 0 ? {} : { hint: `Did you mean ${nearest.join(" or ")}?` }),
  };
}

/** A defect: what was caught is not the user's doing. */
export function defect(error: unknown): Problem {
  return {
    status: 500,
    code: "defect",
    title: `Scantling stopped: ${error instanceof Error ? error.message : String(error)}`,
    hint: "Please report it with the input that caused it.",
  };
}
