import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { LoadSimulation, StrategyOutcome } from "../../../src/operations/simulation/simulate-load-report.ts";
import { percentText } from "../../../src/operations/simulation/simulate-load-verdict.ts";
import { LineSample } from "../charts/line-sample.tsx";
import { wholeMoney } from "../figures/money.ts";
import type { Column } from "../tables/column.ts";
import { DataTable } from "../tables/data-table.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./load-view.module.css";
import { strategyLooks } from "./strategy-look.ts";

/** What each strategy comes to; every number unfolds to what it stands on. */
export function LoadTotals({ report }: { readonly report: LoadSimulation }) {
  return (
    <div className={classes.totals}>
      <DataTable
        caption="What each strategy comes to"
        rows={report.strategies}
        columns={columnsFor(report.currency)}
        rowKey={({ strategy }) => strategy}
        empty="No strategy could be simulated."
      />
    </div>
  );
}

function columnsFor(currency: string): readonly Column<StrategyOutcome>[] {
  const money = (value: number) => wholeMoney(value, currency);
  const whole = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
  return [
    {
      key: "strategy",
      title: "Strategy",
      cell: (row) => <Strategy outcome={row} />,
      sortBy: (row) => strategyLooks[row.strategy].label,
    },
    number("cost", "Cost", money),
    number("workloadCost", "Own", money, "wide"),
    number("heldCost", "Room held", money, "wide"),
    number("unservedShare", "Not served", share),
    number("servedLateShare", "Late", share, "wide"),
    number("coldStarts", "Cold", whole),
    number("pendingSeconds", "Pending", (seconds) => formatMinutes(seconds / 60), "wide"),
    number("utilisation", "Use", (value) => `${Math.round(100 * value)}%`, "wide"),
    plain("mostReplicas", "Replicas"),
    plain("mostNodes", "Nodes"),
  ];
}

/** `4.21%`; what is hardly anything is not counted in zeros. */
function share(value: number): string {
  if (value > 0 && value < 1e-5) return "<0.001%";
  return percentText(100 * value).replace(" %", "%");
}

type FigureKey = {
  [Key in keyof StrategyOutcome]: StrategyOutcome[Key] extends Figure ? Key : never;
}[keyof StrategyOutcome];

function number(
  key: FigureKey,
  title: string,
  format: (value: number) => string,
  shown: "wide" | "always" = "always",
): Column<StrategyOutcome> {
  return {
    key,
    title,
    cell: (row) => <Unfolding figure={row[key]} format={format} />,
    sortBy: (row) => likelyValue(row[key]),
    numeric: true,
    wideOnly: shown === "wide",
  };
}

function plain(key: "mostReplicas" | "mostNodes", title: string): Column<StrategyOutcome> {
  return { key, title, cell: (row) => `≤ ${row[key]}`, sortBy: (row) => row[key], numeric: true, wideOnly: true };
}

/** A number that shows on a click what it stands on. */
function Unfolding({ figure, format }: { readonly figure: Figure; readonly format: (value: number) => string }) {
  const { change } = useWorkbench();
  const value = likelyValue(figure);
  return (
    <button type="button" className={classes.figure} title={figure.label} onClick={() => change({ why: figure.id })}>
      {value === undefined ? "not evaluable" : format(value)}
    </button>
  );
}

function Strategy({ outcome }: { readonly outcome: StrategyOutcome }) {
  return (
    <span className={classes.named} title={outcome.description}>
      <LineSample {...strategyLooks[outcome.strategy]} />
      <span>
        {strategyLooks[outcome.strategy].label}
        {outcome.stoppedEarly ? <span className={classes.stopped}>stopped early</span> : null}
      </span>
    </span>
  );
}
