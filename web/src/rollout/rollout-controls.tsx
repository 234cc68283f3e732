import { useId } from "react";
import { useWorkbench } from "../workbench/workbench.ts";
import { errorRange, readInput, sliderPlace, sliderSteps, sliderValue, trafficRange } from "./rollout-inputs.ts";
import type { RolloutChoice } from "./rollout-request.ts";
import classes from "./rollout-view.module.css";
import { sharePercent } from "./rollout-words.ts";

interface RolloutControlsProps {
  readonly choices: readonly RolloutChoice[];
  readonly chosen: RolloutChoice;
}

const tools = { flagger: "Flagger", "argo-rollouts": "Argo Rollouts", kubernetes: "Deployment" } as const;

/** Policy, traffic, and how bad the bad version is. */
export function RolloutControls({ choices, chosen }: RolloutControlsProps) {
  const { view, change } = useWorkbench();
  const id = useId();
  const groups = [
    ["In your files", choices.filter(({ from }) => from === "input")],
    ["Samples", choices.filter(({ from }) => from === "sample")],
  ] as const;
  return (
    <div className={classes.controls}>
      <label htmlFor={id}>Policy</label>
      <select
        id={id}
        className={classes.select}
        value={chosen.key}
        onChange={(event) => change({ policy: event.currentTarget.value, why: undefined })}
      >
        {groups.map(([label, members]) =>
          members.length === 0 ? null : (
            <optgroup key={label} label={label}>
              {members.map(({ key, subject, tool }) => (
                <option key={key} value={key}>
                  {tools[tool]}: {subject.split("/").slice(1).join("/")}
                </option>
              ))}
            </optgroup>
          ),
        )}
      </select>
      <Slider
        label="Traffic"
        value={readInput(view.traffic, trafficRange)}
        range={trafficRange}
        format={(value) => `${value.toLocaleString("en-US")} requests/s`}
        onChange={(value) => change({ traffic: String(value), why: undefined }, "replace")}
      />
      <Slider
        label="Regression fails"
        value={readInput(view.errorRate, errorRange)}
        range={errorRange}
        format={sharePercent}
        onChange={(value) => change({ errorRate: String(value), why: undefined }, "replace")}
      />
    </div>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly range: typeof trafficRange | typeof errorRange;
  readonly format: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** A scale of ratios: each step multiplies. */
function Slider({ label, value, range, format, onChange }: SliderProps) {
  const id = useId();
  return (
    <span className={classes.slider}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={sliderSteps}
        value={sliderPlace(value, range)}
        aria-valuetext={format(value)}
        onChange={(event) => onChange(sliderValue(Number(event.currentTarget.value), range))}
      />
      <output htmlFor={id}>{format(value)}</output>
    </span>
  );
}
