import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { NamedReports, ReportName } from "../../../src/operations/named-reports.ts";
import type { Texts } from "./assess-texts.ts";
import { type Problem, readProblem } from "./problem.ts";

export type Fetched<Value> =
  | { readonly kind: "found"; readonly value: Value }
  /** There is no server, or it serves no estate: the page then waits for files. */
  | { readonly kind: "none" }
  | { readonly kind: "failed"; readonly problem: Problem };

/** The assessment of the estate that the server was started on. */
export function fetchAssessment(signal: AbortSignal): Promise<Fetched<Assessment>> {
  return fetchJson<Assessment>("api/assessment", signal);
}

/** The texts that the server's assessment was read from. */
export async function fetchSources(signal: AbortSignal): Promise<Fetched<Texts>> {
  const fetched = await fetchJson<{ readonly texts: Texts }>("api/sources", signal);
  return fetched.kind === "found" ? { kind: "found", value: fetched.value.texts } : fetched;
}

const reportPaths: { readonly [name in ReportName]: string } = {
  audit: "api/audit",
  tenancy: "api/tenancy",
  kernel: "api/tenancy/kernel",
  reachability: "api/tenancy/reachability",
};

/** A report over the reading that the server's assessment stands on. */
export function fetchReport<Name extends ReportName>(
  name: Name,
  signal: AbortSignal,
): Promise<Fetched<NamedReports[Name]>> {
  return fetchJson<NamedReports[Name]>(reportPaths[name], signal);
}

async function fetchJson<Value>(path: string, signal: AbortSignal): Promise<Fetched<Value>> {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } }).catch(() => undefined);
  if (signal.aborted) return { kind: "none" };
  if (response === undefined) return unreachable;
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  // A file host answers with its own pages: no server of ours.
  if (!isJson) return { kind: "none" };
  const body: unknown = await response.json().catch(() => undefined);
  // The server is of this version of the page: the type is that of the operation it runs.
  if (response.ok) return { kind: "found", value: body as Value };
  const problem = readProblem(response.status, body);
  return problem.code === "no-estate" ? { kind: "none" } : { kind: "failed", problem };
}

const unreachable: Fetched<never> = {
  kind: "failed",
  problem: {
    code: "server-unreachable",
    sentence: "The server does not answer.",
    hint: "Start it again with `scantling serve`, then retry; or drop a folder here, which needs no server.",
  },
};
