import { useId } from "react";
import { type LoadSimulation, loadStrategies } from "../../../src/operations/simulation/simulate-load-report.ts";
import { LineSample } from "../charts/line-sample.tsx";
import { Choice } from "../symbols/choice.tsx";
import { simulatedDays } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { choiceKey, type LoadChoice } from "./load-request.ts";
import classes from "./load-view.module.css";
import { readStrategies, strategyLooks, toggleStrategy } from "./strategy-look.ts";

interface LoadControlsProps {
  readonly choices: readonly LoadChoice[];
  readonly choice: LoadChoice;
  /** The last answer; undefined while there is none. */
  readonly report: LoadSimulation | undefined;
}

/** What is simulated: entry point, length, strategies. The strategies are the legend of the charts as well. */
export function LoadControls({ choices, choice, report }: LoadControlsProps) {
  const { view, change } = useWorkbench();
  const id = useId();
  const shown = report?.strategies.map(({ strategy }) => strategy) ?? [];
  const chosen = readStrategies(view.strategies) ?? shown;
  return (
    <div className={classes.controls}>
      <label className={classes.label} htmlFor={id}>
        Demand to
      </label>
      <select
        id={id}
        className={classes.select}
        value={choiceKey(choice)}
        onChange={(event) => change({ entryPoint: event.currentTarget.value, why: undefined })}
      >
        {choices.map((each) => (
          <option key={choiceKey(each)} value={choiceKey(each)}>
            {each.entryPoint} in {each.environment}
            {each.profile === undefined ? " (no LoadProfile)" : `, ${each.profile}`}
          </option>
        ))}
      </select>
      {choice.profile === undefined ? null : (
        <>
          <Choice
            label="Days"
            value={view.days}
            options={simulatedDays.map((days) => ({ value: days, label: days === "1" ? "1 day" : `${days} days` }))}
            onChange={(days) => change({ days, why: undefined })}
          />
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a row in every browser. */}
          <div className={classes.strategies} role="group" aria-label="Strategies">
            {loadStrategies.map((strategy) => (
              <button
                key={strategy}
                type="button"
                className={classes.strategy}
                aria-pressed={chosen.includes(strategy)}
                disabled={report === undefined}
                title={strategyLooks[strategy].hint}
                onClick={() => change({ strategies: toggleStrategy(chosen, strategy), why: undefined })}
              >
                <LineSample {...strategyLooks[strategy]} />
                {strategyLooks[strategy].label}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
