import type { NamedReports, ReportName } from "../../../src/operations/named-reports.ts";
import { askEngines } from "../assessing/ask-engines.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { fetchReport } from "../assessing/fetch-assessment.ts";
import { defect, type Problem } from "../assessing/problem.ts";

export type ReportState<Report> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "ready"; readonly report: Report };

/** Where the reports over the shown assessment come from. Each is asked for once. */
export interface ReportSource {
  /** What is known now; a first call asks for the report. */
  readonly peek: <Name extends ReportName>(name: Name) => ReportState<NamedReports[Name]>;
  /** Calls back when a report arrives; gives the way to stop that. */
  readonly subscribe: (onChange: () => void) => () => void;
}

type Ask = <Name extends ReportName>(name: Name) => Promise<ReportState<NamedReports[Name]>>;

/** Reports of the estate that the server has read. */
export function servedReports(): ReportSource {
  return reportSource(async (name) => {
    const fetched = await fetchReport(name, new AbortController().signal);
    if (fetched.kind === "found") return { kind: "ready", report: fetched.value };
    return { kind: "failed", problem: fetched.kind === "failed" ? fetched.problem : noReport };
  });
}

/** Reports over texts that are in this browser alone. */
export function browserReports(texts: Texts): ReportSource {
  return reportSource(async (name) => {
    const report = await askEngines(texts, { kind: "report", name });
    // The answer to a question for a name is the report of that name.
    return { kind: "ready", report: report as NamedReports[typeof name] };
  });
}

/** Keeps what was asked for, and tells those who wait. */
function reportSource(ask: Ask): ReportSource {
  const states: { [Name in ReportName]?: ReportState<NamedReports[Name]> } = {};
  const listeners = new Set<() => void>();
  function settle<Name extends ReportName>(name: Name, state: ReportState<NamedReports[Name]>): void {
    Object.assign(states, { [name]: state });
    for (const listener of listeners) listener();
  }
  return {
    peek: (name) => {
      const known = states[name];
      if (known !== undefined) return known;
      Object.assign(states, { [name]: loading });
      ask(name).then(
        (state) => settle(name, state),
        (error: unknown) => settle(name, { kind: "failed", problem: defect(error) }),
      );
      return loading;
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

const loading = { kind: "loading" } as const;

const noReport: Problem = {
  code: "no-report",
  sentence: "The server has no such report.",
  hint: "It may be of another version than this page: start it again, then load the page anew.",
};
