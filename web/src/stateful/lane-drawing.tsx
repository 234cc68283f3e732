import classes from "./trace.module.css";
import type { LaneDiagram, LaneStep } from "./trace-lanes.ts";

const laneWidth = 88;
const timeWidth = 78;
const headHeight = 46;
const rowHeight = 26;

/** Lanes from left to right, time from top to bottom; what has not been played yet is faint. */
export function LaneDrawing({ diagram, shown }: { readonly diagram: LaneDiagram; readonly shown: number }) {
  const { lanes, steps } = diagram;
  const width = timeWidth + lanes.length * laneWidth;
  const height = headHeight + steps.length * rowHeight + 8;
  const x = (lane: number) => timeWidth + (lane + 0.5) * laneWidth;
  return (
    <svg
      className={classes.drawing}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Messages between ${lanes.length} lanes, ${shown} of ${steps.length} steps played; the list beside it says the same`}
    >
      <defs>
        <marker id="lane-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 z" className={classes.arrowHead} />
        </marker>
        <marker id="lane-arrow-bad" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 z" className={classes.arrowHeadBad} />
        </marker>
      </defs>
      {lanes.map((lane, index) => (
        <g key={lane.key}>
          <text x={x(index)} y={16} className={classes.group} textAnchor="middle">
            {lanes[index - 1]?.group === lane.group ? "" : lane.group}
          </text>
          <text x={x(index)} y={34} className={classes.laneName} textAnchor="middle">
            {lane.label}
          </text>
          <line x1={x(index)} x2={x(index)} y1={headHeight - 6} y2={height} className={classes.lane} />
        </g>
      ))}
      {steps.map((step, index) => (
        <Row
          key={index}
          step={step}
          y={headHeight + index * rowHeight + rowHeight / 2}
          x={x}
          state={index + 1 === shown ? "now" : index < shown ? "past" : "future"}
          width={width}
        />
      ))}
    </svg>
  );
}

interface RowProps {
  readonly step: LaneStep;
  readonly y: number;
  readonly x: (lane: number) => number;
  readonly state: "now" | "past" | "future";
  readonly width: number;
}

function Row({ step: { step, from, to }, y, x, state, width }: RowProps) {
  const isBad = step.breaks !== undefined;
  const end = to ?? from;
  const value = step.write === undefined ? "" : `v${step.write}`;
  return (
    <g className={classes.message} data-state={state} data-bad={isBad}>
      {state === "now" ? (
        <rect x={0} y={y - rowHeight / 2} width={width} height={rowHeight} className={classes.nowRow} />
      ) : null}
      <text x={timeWidth - 10} y={y + 4} className={classes.time} textAnchor="end">
        {timeText(step.milliseconds)}
      </text>
      {from !== undefined && to !== undefined && from !== to ? (
        <>
          <line
            x1={x(from)}
            x2={x(to) + (from < to ? -3 : 3)}
            y1={y}
            y2={y}
            className={classes.line}
            markerEnd={isBad ? "url(#lane-arrow-bad)" : "url(#lane-arrow)"}
          />
          <text x={(x(from) + x(to)) / 2} y={y - 4} className={classes.value} textAnchor="middle">
            {value}
          </text>
        </>
      ) : end === undefined ? null : (
        <circle cx={x(end)} cy={y} r={5} className={classes.event} />
      )}
      {isBad && end !== undefined ? <path d={cross(x(end), y)} className={classes.cross} /> : null}
    </g>
  );
}

function cross(x: number, y: number): string {
  return `M${x - 5} ${y - 5} L${x + 5} ${y + 5} M${x + 5} ${y - 5} L${x - 5} ${y + 5}`;
}

export function timeText(milliseconds: number): string {
  return milliseconds >= 10_000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(1)} ms`;
}
