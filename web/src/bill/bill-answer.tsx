import { type ReactNode, useEffect, useState } from "react";
import type { BillViewPart } from "../view-state/view-state.ts";
import type { BillAnswers } from "./bill-request.ts";
import classes from "./bill-view.module.css";
import { useBill } from "./use-bill.ts";

interface BillAnswerProps<Part extends BillViewPart> {
  readonly part: Part;
  /** What is being computed, for the time until it is there. */
  readonly what: string;
  readonly children: (answer: BillAnswers[Part]) => ReactNode;
}

/** Content that stands on an answer of the engines. What was there stays in sight until the next one is here. */
export function BillAnswer<Part extends BillViewPart>({ part, what, children }: BillAnswerProps<Part>) {
  const state = useBill(part);
  const [last, setLast] = useState<{ readonly answer: BillAnswers[Part] }>();
  useEffect(() => {
    if (state.kind === "ready") setLast({ answer: state.report });
  }, [state]);
  if (state.kind === "failed") return <NoReport problem={state.problem.sentence} hint={state.problem.hint} />;
  const answer = state.kind === "ready" ? state.report : last?.answer;
  if (answer === undefined) return <Waiting what={what} />;
  const isBusy = state.kind === "loading";
  return (
    <>
      {isBusy ? (
        <p className={classes.busy} role="status">
          <span>{what}</span>
        </p>
      ) : null}
      <div className={classes.answer} aria-busy={isBusy}>
        {children(answer)}
      </div>
    </>
  );
}

function Waiting({ what }: { readonly what: string }) {
  return (
    <div className={classes.waiting}>
      <p role="status">{what}</p>
      <div className={classes.skeleton} aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}

interface NoReportProps {
  readonly problem: string;
  readonly hint: string | undefined;
  readonly children?: ReactNode;
}

/** Why there is nothing to show, and what to do about it. */
export function NoReport({ problem, hint, children }: NoReportProps) {
  return (
    <div className={classes.missing} role="alert">
      <h3>{problem.replace(/\.$/, "")}</h3>
      {hint === undefined ? null : <p>{hint}</p>}
      {children}
    </div>
  );
}
