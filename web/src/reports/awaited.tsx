import type { ReactNode } from "react";
import type { NamedReports, ReportName } from "../../../src/operations/named-reports.ts";
import classes from "./awaited.module.css";
import { useReport } from "./use-report.ts";

interface AwaitedProps<Name extends ReportName> {
  readonly name: Name;
  /** What is being computed, for the time until it is there. */
  readonly what: string;
  readonly children: (report: NamedReports[Name]) => ReactNode;
}

/** Content that stands on a report: what it waits for, what went wrong, or the content. */
export function Awaited<Name extends ReportName>({ name, what, children }: AwaitedProps<Name>) {
  const state = useReport(name);
  switch (state.kind) {
    case "loading":
      return (
        <p className={classes.message} role="status">
          {what}
        </p>
      );
    case "failed":
      return (
        <div className={classes.message} role="alert">
          <p>
            <code>{state.problem.code}</code> {state.problem.sentence}
          </p>
          {state.problem.hint === undefined ? null : <p>{state.problem.hint}</p>}
        </div>
      );
    case "ready":
      return children(state.report);
  }
}
