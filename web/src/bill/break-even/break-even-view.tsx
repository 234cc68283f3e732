import { useMemo } from "react";
import { likelyValue } from "../../../../src/estate/figures/figure.ts";
import type { ScalingEconomics } from "../../../../src/operations/cost/scaling-economics-report.ts";
import { ChartFigure } from "../../charts/chart-figure.tsx";
import { LineSample } from "../../charts/line-sample.tsx";
import { exactMoney, wholeMoney } from "../../figures/money.ts";
import { loadProfileSample } from "../../simulation/load-profile-sample.ts";
import { strategyLooks } from "../../simulation/strategy-look.ts";
import type { Column } from "../../tables/column.ts";
import { DataTable } from "../../tables/data-table.tsx";
import { useWorkbench } from "../../workbench/workbench.ts";
import { BillAnswer, NoReport } from "../bill-answer.tsx";
import type { BillAnswers, WorkloadChoice } from "../bill-request.ts";
import classes from "../bill-view.module.css";
import { Controls, Select } from "../controls.tsx";
import { FigureButton } from "../figure-button.tsx";
import { Grounds } from "../grounds.tsx";
import { breakEvenLines, breakEvenOption, percentText, wayLooks } from "./break-even-chart.ts";

/** From which duty cycle on which way to run a workload is cheaper. */
export function BreakEvenView() {
  return (
    <BillAnswer part="breakEven" what="Playing the demand under every strategy">
      {(answer) => <BreakEvens {...answer} />}
    </BillAnswer>
  );
}

function BreakEvens({ report, workloads }: BillAnswers["breakEven"]) {
  const { view, change } = useWorkbench();
  const found = "problem" in report ? undefined : report.target.workload;
  const asked = workloads.find(({ id }) => id === (view.billOf ?? found));
  const value = asked?.id ?? "";
  if (workloads.length === 0)
    return <NoReport problem="No workload serves anything" hint="A break-even needs a Deployment or StatefulSet." />;
  return (
    <>
      <Controls>
        <Select label="Workload" value={value} onChange={(billOf) => change({ billOf, why: undefined })}>
          {value === "" ? <option value="">choose one</option> : null}
          {workloads.map(({ id, hasLoad }) => (
            <option key={id} value={id}>
              {id}
              {hasLoad ? "" : " (no load declared)"}
            </option>
          ))}
        </Select>
      </Controls>
      {"problem" in report ? (
        <NoLoad problem={report.problem} choice={view.billOf === undefined ? workloads[0] : asked} />
      ) : (
        <Report report={report} />
      )}
    </>
  );
}

function NoLoad({ problem, choice }: { readonly problem: string; readonly choice: WorkloadChoice | undefined }) {
  if (choice === undefined) return <NoReport problem={problem} hint="Choose a workload that serves." />;
  const name = choice.workload.slice(choice.workload.lastIndexOf("/") + 1);
  const sample = loadProfileSample({ ...choice, entryPoint: name, environment: "", profile: undefined });
  return (
    <NoReport problem={`Not evaluable: ${problem}`} hint="Declare a LoadProfile, and what one replica serves.">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard. */}
      <section className={classes.sample} aria-label="What to declare" tabIndex={0}>
        <pre>{sample}</pre>
      </section>
    </NoReport>
  );
}

function Report({ report }: { readonly report: ScalingEconomics }) {
  const { currency, verdict, target, demand, missing } = report;
  const option = useMemo(() => breakEvenOption(report, (amount) => wholeMoney(amount, currency)), [report, currency]);
  const [first, ...others] = verdict;
  return (
    <>
      {first === undefined ? null : <p className={classes.headline}>{first}</p>}
      <p className={classes.words}>
        {target.replicas} replicas of {target.workload} hold the peak of{" "}
        {Math.round(demand.peak).toLocaleString("en-US")}; the mean is {Math.round(demand.mean).toLocaleString("en-US")}
        .{missing.length === 0 ? "" : ` Not evaluable, for want of a price: ${missing.join("; ")}.`}
      </p>
      <ChartFigure
        title={`${currency} a month by duty cycle`}
        option={option}
        words={others.join(" ")}
        axis="share of the time at the peak"
        lines={breakEvenLines(report)}
      />
      <ul className={classes.sentences}>
        {others.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h3 className={classes.subtitle}>Ways to run, at the declared demand</h3>
      <DataTable
        caption="Ways to run at the declared demand"
        rows={report.curves.toSorted((left, right) => (left.atDemand ?? 1e12) - (right.atDemand ?? 1e12))}
        columns={wayColumns(currency)}
        rowKey={({ way }) => way}
        empty="No way has all its prices."
      />
      <h3 className={classes.subtitle}>Where the curves cross</h3>
      <DataTable
        caption="Break-even duty cycles"
        rows={report.breakEvens.toSorted((left, right) => dutyOf(left) - dutyOf(right))}
        columns={crossingColumns(report)}
        rowKey={({ duty }) => duty.id}
        empty="No two ways cost the same at any duty cycle."
      />
      <h3 className={classes.subtitle}>Strategies played on the declared demand</h3>
      <DataTable
        caption="Strategies on the declared demand"
        rows={report.strategies}
        columns={strategyColumns(currency)}
        rowKey={({ strategy }) => strategy}
        empty="No strategy could be played."
      />
      <Grounds
        assumptions={report.assumptions}
        diagnostics={report.diagnostics}
        note={`${demand.days} days of ${demand.source} from ${demand.start.slice(0, 10)}; a duty cycle comes in ${report.burstsPerDay} burst a day.`}
      />
    </>
  );
}

type Crossing = ScalingEconomics["breakEvens"][number];
type Strategy = ScalingEconomics["strategies"][number];

function dutyOf({ duty }: Crossing): number {
  return likelyValue(duty) ?? 1;
}

function wayColumns(currency: string): readonly Column<ScalingEconomics["curves"][number]>[] {
  return [
    {
      key: "way",
      title: "Way",
      cell: (row) => (
        <span className={classes.named}>
          <LineSample {...wayLooks[row.way]} />
          {row.label}
        </span>
      ),
      sortBy: (row) => row.label,
      grow: true,
    },
    {
      key: "formula",
      title: "Formula",
      cell: (row) => <span className={classes.soft}>{row.formula}</span>,
      wideOnly: true,
    },
    {
      key: "cost",
      title: "A month",
      cell: (row) => (row.atDemand === undefined ? "cannot serve it" : exactMoney(row.atDemand, currency)),
      sortBy: (row) => row.atDemand,
      numeric: true,
    },
  ];
}

function crossingColumns({ curves, currency }: ScalingEconomics): readonly Column<Crossing>[] {
  const label = (way: string) => curves.find((each) => each.way === way)?.label ?? way;
  const dearer = ({ used, held, cheaperBelow }: Crossing) => label(cheaperBelow === used ? held : used);
  return [
    {
      key: "cheaper",
      title: "Cheaper below",
      cell: (row) => label(row.cheaperBelow),
      sortBy: (row) => row.cheaperBelow,
    },
    { key: "dearer", title: "Cheaper above", cell: dearer, sortBy: dearer, grow: true },
    {
      key: "duty",
      title: "Duty",
      cell: (row) => <FigureButton figure={row.duty} format={percentText} />,
      sortBy: dutyOf,
      numeric: true,
    },
    {
      key: "hours",
      title: "Hours a day",
      cell: (row) => row.hoursPerDay.toFixed(1),
      sortBy: (row) => row.hoursPerDay,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "cost",
      title: "Both cost",
      cell: (row) => exactMoney(row.monthlyCost, currency),
      sortBy: (row) => row.monthlyCost,
      numeric: true,
      wideOnly: true,
    },
  ];
}

function strategyColumns(currency: string): readonly Column<Strategy>[] {
  const money = (amount: number) => exactMoney(amount, currency);
  return [
    {
      key: "strategy",
      title: "Strategy",
      cell: (row) => <span title={row.description}>{strategyLooks[row.strategy].label}</span>,
      sortBy: (row) => row.strategy,
      grow: true,
    },
    {
      key: "room",
      title: "Room, a month",
      cell: (row) => <FigureButton figure={row.monthlyRoom} format={money} />,
      sortBy: (row) => likelyValue(row.monthlyRoom),
      numeric: true,
    },
    {
      key: "nodes",
      title: "Nodes, a month",
      cell: (row) => <FigureButton figure={row.monthlyNodes} format={money} />,
      sortBy: (row) => likelyValue(row.monthlyNodes),
      numeric: true,
      wideOnly: true,
    },
    {
      key: "unserved",
      title: "Not served",
      cell: (row) => <FigureButton figure={row.unservedShare} format={(share) => `${(100 * share).toFixed(2)}%`} />,
      sortBy: (row) => likelyValue(row.unservedShare),
      numeric: true,
    },
    {
      key: "replicas",
      title: "Replicas",
      cell: (row) => `≤ ${row.mostReplicas}`,
      sortBy: (row) => row.mostReplicas,
      numeric: true,
      wideOnly: true,
    },
  ];
}
