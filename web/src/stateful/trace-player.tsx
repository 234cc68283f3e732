import { useEffect, useMemo, useRef, useState } from "react";
import type { MinimalTrace } from "../../../src/operations/stateful/consistency/consistency-report.ts";
import type { Shortcut } from "../keyboard/shortcuts.ts";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import { Icon } from "../symbols/icon.tsx";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { LaneDrawing, timeText } from "./lane-drawing.tsx";
import { guaranteeNames } from "./store-words.ts";
import classes from "./trace.module.css";
import { layLanes, stepAt } from "./trace-lanes.ts";

/** Milliseconds that a step is shown while the trace plays. */
const playEvery = 900;

/** The fewest steps that break a guarantee: played, stepped and scrubbed, in lanes and in words. */
export function TracePlayer({ trace, regions }: { readonly trace: MinimalTrace; readonly regions: readonly string[] }) {
  const { view, change } = useWorkbench();
  const { steps } = trace;
  const diagram = useMemo(() => layLanes(steps, regions), [steps, regions]);
  const shown = stepAt(view.step, steps.length);
  const [playing, setPlaying] = useState(false);
  const go = (step: number) => change({ step: String(Math.min(steps.length, Math.max(1, step))) }, "replace");
  const isLast = shown >= steps.length;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      change({ step: String(Math.min(steps.length, shown + 1)) }, "replace");
      if (shown + 1 >= steps.length) setPlaying(false);
    }, playEvery);
    return () => clearTimeout(timer);
  }, [playing, shown, steps.length, change]);
  const toggle = () => {
    if (!playing && isLast) go(1);
    setPlaying(!playing);
  };
  const step = (by: number) => {
    setPlaying(false);
    go(shown + by);
  };
  const shortcuts: readonly Shortcut[] = [
    { keys: ["ArrowLeft"], hint: "Step back", run: () => step(-1) },
    { keys: ["ArrowRight"], hint: "Next step", run: () => step(1) },
  ];
  useShortcuts(shortcuts);
  const now = steps[shown - 1];
  return (
    <section aria-label={`Broken: ${guaranteeNames[trace.kind]}`}>
      <div className={classes.player}>
        <button type="button" className={classes.play} aria-pressed={playing} onClick={toggle}>
          {playing ? "Pause" : isLast ? "Play again" : "Play"}
        </button>
        <button
          type="button"
          className={classes.button}
          aria-label="Step back"
          title="Step back (←)"
          disabled={shown <= 1}
          onClick={() => step(-1)}
        >
          <Icon name="back" />
        </button>
        <input
          type="range"
          className={classes.slider}
          aria-label="Step"
          aria-valuetext={`${shown} of ${steps.length}: ${now?.text ?? ""}`}
          min={1}
          max={steps.length}
          value={shown}
          onChange={(event) => {
            setPlaying(false);
            go(Number(event.currentTarget.value));
          }}
        />
        <button
          type="button"
          className={classes.button}
          aria-label="Next step"
          title="Next step (→)"
          disabled={isLast}
          onClick={() => step(1)}
        >
          <Icon name="caret" />
        </button>
        <span className={classes.place}>
          {shown} of {steps.length}
        </span>
      </div>
      <p className={classes.now} data-bad={now?.breaks !== undefined} aria-live="polite">
        {now?.breaks === undefined ? null : <Sign name="cross" />} {now?.text}
        {now?.breaks === undefined ? "" : `: ${guaranteeNames[now.breaks]} no longer`}
      </p>
      <div className={classes.both}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: many lanes scroll, which needs the keyboard. */}
        <section className={classes.lanes} aria-label="Lanes" tabIndex={0}>
          <LaneDrawing diagram={diagram} shown={shown} />
        </section>
        <Steps trace={trace} shown={shown} onChoose={(index) => step(index - shown)} />
      </div>
    </section>
  );
}

interface StepsProps {
  readonly trace: MinimalTrace;
  readonly shown: number;
  readonly onChoose: (step: number) => void;
}

function Steps({ trace, shown, onChoose }: StepsProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const item = list.current?.children[shown - 1];
    const box = list.current;
    if (!(item instanceof HTMLElement) || box === null) return;
    if (item.offsetTop < box.scrollTop || item.offsetTop + item.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = item.offsetTop - box.clientHeight / 2;
    }
  }, [shown]);
  return (
    <ol ref={list} className={classes.steps} aria-label="Steps">
      {trace.steps.map(({ milliseconds, text, breaks }, index) => (
        <li key={index}>
          <button
            type="button"
            aria-current={index + 1 === shown ? "step" : undefined}
            data-bad={breaks !== undefined}
            onClick={() => onChoose(index + 1)}
          >
            <span className={classes.when}>{timeText(milliseconds)}</span>
            <span>
              {breaks === undefined ? null : <Sign name="cross" />} {text}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
