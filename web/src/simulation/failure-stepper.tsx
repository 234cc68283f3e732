import type { Shortcut } from "../keyboard/shortcuts.ts";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import { Choice } from "../symbols/choice.tsx";
import { Icon } from "../symbols/icon.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./failure-stepper.module.css";
import { failureName } from "./ranked-failures.ts";
import type { ShownFailures } from "./use-failures.ts";

/** Steps through failures, the worst first: buttons, a slider, and the arrow keys left and right. */
export function FailureStepper({ shown }: { readonly shown: ShownFailures }) {
  const { view, change } = useWorkbench();
  const { failures, chosen, choose, step } = shown;
  const shortcuts: readonly Shortcut[] = [
    { keys: ["ArrowLeft"], hint: "Worse failure", run: () => step(-1) },
    { keys: ["ArrowRight"], hint: "Next failure", run: () => step(1) },
  ];
  useShortcuts(shortcuts);
  const index = chosen === undefined ? 0 : failures.indexOf(chosen);
  const last = Math.max(0, failures.length - 1);
  return (
    <div className={classes.stepper}>
      <Choice
        label="What is lost"
        value={view.failures}
        options={[
          { value: "all", label: "All" },
          { value: "zone", label: "Zones" },
          { value: "pool", label: "Pools" },
          { value: "node", label: "Nodes" },
        ]}
        onChange={(kind) => change({ failures: kind, failure: undefined })}
      />
      <div className={classes.steps}>
        <button
          type="button"
          className={classes.step}
          aria-label="Worse failure"
          title="Worse failure (←)"
          disabled={index <= 0}
          onClick={() => step(-1)}
        >
          <Icon name="back" />
        </button>
        <input
          type="range"
          className={classes.slider}
          aria-label="Failure, worst first"
          aria-valuetext={chosen === undefined ? "none" : `${index + 1} of ${failures.length}: ${failureName(chosen)}`}
          min={0}
          max={last}
          value={index}
          disabled={failures.length < 2}
          onChange={(event) => choose(failures[Number(event.currentTarget.value)])}
        />
        <button
          type="button"
          className={classes.step}
          aria-label="Next failure"
          title="Next failure (→)"
          disabled={index >= last}
          onClick={() => step(1)}
        >
          <Icon name="caret" />
        </button>
        <span className={classes.place}>
          {failures.length === 0 ? "none" : `${index + 1} of ${failures.length}, worst first`}
        </span>
      </div>
    </div>
  );
}
