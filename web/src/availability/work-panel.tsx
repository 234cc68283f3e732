import type { ReactNode } from "react";
import classes from "./availability-view.module.css";
import type { WorkState } from "./long-work.ts";

interface WorkPanelProps<Answer> {
  readonly title: string;
  /** What is going to be done, and how long it takes. */
  readonly intro: ReactNode;
  readonly action: string;
  readonly work: { readonly state: WorkState<Answer>; readonly start: () => void; readonly stop: () => void };
  /** The texts are needed to compute from. */
  readonly ready: boolean;
  readonly children: (answer: Answer) => ReactNode;
}

/** Work that is done on demand: what it is for, how far it is, what went wrong, or its result. */
export function WorkPanel<Answer>({ title, intro, action, work, ready, children }: WorkPanelProps<Answer>) {
  const { state, start, stop } = work;
  if (state.kind === "done") return children(state.answer);
  return (
    <section className={classes.work} aria-label={title}>
      <h3>{title}</h3>
      <p>{intro}</p>
      {state.kind === "failed" ? (
        <p role="alert">
          <code>{state.problem.code}</code> {state.problem.sentence} {state.problem.hint}
        </p>
      ) : null}
      {state.kind === "running" ? (
        <>
          <p role="status" className={classes.progress}>
            {state.message}
          </p>
          <button type="button" className={classes.action} onClick={stop}>
            Stop
          </button>
        </>
      ) : (
        <button type="button" className={classes.action} onClick={start} disabled={!ready}>
          {ready ? (state.kind === "failed" ? "Try again" : action) : "Waiting for the texts of the estate"}
        </button>
      )}
    </section>
  );
}
