import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./failure-stepper.module.css";
import { FailureStepper } from "./failure-stepper.tsx";
import { useFailures } from "./use-failures.ts";

/** Below the map: which failure is shown on it, in one sentence, and the way to the others. */
export function FailureDock() {
  const { change } = useWorkbench();
  const shown = useFailures();
  const { state, chosen } = shown;
  return (
    <section className={classes.dock} aria-label="Failure">
      <FailureStepper shown={shown} />
      <p className={classes.words} role="status">
        {state.kind === "loading"
          ? "Losing every node, pool and zone in turn"
          : state.kind === "failed"
            ? state.problem.sentence
            : (chosen?.failure.words ?? "There is nothing to lose: no cluster has a node.")}
        {chosen === undefined ? null : (
          <>
            .{" "}
            <button
              type="button"
              className={classes.link}
              onClick={() => change({ view: "list", table: "simulation", simulation: "failure" })}
            >
              Workload by workload
            </button>
          </>
        )}
      </p>
    </section>
  );
}
