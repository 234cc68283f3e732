import type { Problem } from "../assessing/problem.ts";
import type { AssessmentActions } from "../assessing/use-assessment.ts";
import { OpenForm } from "../intake/open-form.tsx";
import classes from "./states.module.css";

/** Something did not work: code, sentence, what to do, and the ways on. */
export function FailedState({ problem, actions }: { readonly problem: Problem; readonly actions: AssessmentActions }) {
  return (
    <main className={classes.page}>
      <div className={classes.column} role="alert">
        <code className={classes.code}>{problem.code}</code>
        <h1 className={classes.title}>{problem.sentence}</h1>
        {problem.hint === undefined ? null : <p className={classes.soft}>{problem.hint}</p>}
        <button type="button" className={classes.retry} onClick={actions.reload}>
          Try again
        </button>
        <hr className={classes.rule} />
        <OpenForm open={actions.open} />
      </div>
    </main>
  );
}
