import type { FailureReport } from "../../../src/operations/simulation/simulate-failure.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { FailureDetail } from "./failure-detail.tsx";
import { FailureList } from "./failure-list.tsx";
import { FailureStepper } from "./failure-stepper.tsx";
import classes from "./failure-view.module.css";
import { useFailures } from "./use-failures.ts";

/** Every failure, worst first, and what the chosen one does. */
export function FailureView() {
  const { change } = useWorkbench();
  const shown = useFailures();
  const { state, failures, chosen } = shown;
  if (state.kind === "loading") {
    return (
      <p className={classes.message} role="status">
        Losing every node, pool and zone in turn
      </p>
    );
  }
  if (state.kind === "failed") {
    return (
      <p className={classes.message} role="alert">
        <code>{state.problem.code}</code> {state.problem.sentence} {state.problem.hint}
      </p>
    );
  }
  return (
    <>
      <p className={classes.lead}>{leadOf(state.report)}</p>
      <div className={classes.bar}>
        <FailureStepper shown={shown} />
        <button type="button" className={classes.map} onClick={() => change({ view: "map", lens: "failure" })}>
          Show on the map
        </button>
      </div>
      {chosen === undefined ? (
        <p className={classes.message}>There is nothing to lose: no cluster has a node of this kind.</p>
      ) : (
        <div className={classes.columns}>
          <FailureList failures={failures} chosen={chosen} choose={shown.choose} />
          <FailureDetail chosen={chosen} />
        </div>
      )}
      <Grounds report={state.report} />
    </>
  );
}

/** How many failures leave nothing pending. */
function leadOf({ clusters }: FailureReport): string {
  const parts = (["zone", "pool", "node"] as const).flatMap((kind) => {
    const survived = clusters.flatMap((cluster) => cluster.survived.filter((each) => each.kind === kind));
    const of = survived.reduce((sum, each) => sum + each.of, 0);
    const without = survived.reduce((sum, each) => sum + each.without, 0);
    return of === 0 ? [] : [`${without} of ${of} ${kind}s`];
  });
  if (parts.length === 0) return "No cluster has a node.";
  return `${parts.slice(0, -1).join(", ")}${parts.length > 1 ? " and " : ""}${parts.at(-1) ?? ""} can be lost, one at a time, without leaving a pod pending.`;
}

function Grounds({ report: { assumptions } }: { readonly report: FailureReport }) {
  const rules = [...Map.groupBy(assumptions, ({ id, text, value }) => `${id} ${text} ${value}`).values()];
  return (
    <details className={classes.grounds}>
      <summary>{rules.length} assumptions</summary>
      <ul>
        {rules.map(([first, ...others]) =>
          first === undefined ? null : (
            <li key={`${first.id} ${first.text} ${first.value}`}>
              <code>{first.id}</code> {first.text} {first.value === "" ? "" : `(${first.value})`}{" "}
              <span className={classes.soft}>
                {first.subject}
                {others.length === 0 ? "" : ` and ${others.length} more`}
              </span>
            </li>
          ),
        )}
      </ul>
    </details>
  );
}
