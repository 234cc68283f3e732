import { useMemo } from "react";
import { likelyValue } from "../../../../src/estate/figures/figure.ts";
import type { CommitmentCurve, CostCommitments } from "../../../../src/operations/cost/cost-commit-report.ts";
import { ChartFigure } from "../../charts/chart-figure.tsx";
import { exactMoney, wholeMoney } from "../../figures/money.ts";
import { plural } from "../../graph/plural.ts";
import { Choice } from "../../symbols/choice.tsx";
import type { Column } from "../../tables/column.ts";
import { DataTable } from "../../tables/data-table.tsx";
import { useWorkbench } from "../../workbench/workbench.ts";
import { BigNumber, BigNumbers } from "../big-numbers.tsx";
import { BillAnswer } from "../bill-answer.tsx";
import classes from "../bill-view.module.css";
import { Controls, Select } from "../controls.tsx";
import { FigureButton } from "../figure-button.tsx";
import { Grounds, Unpriced } from "../grounds.tsx";
import { durationLines, durationOption, durationWords } from "./duration-chart.ts";
import { OtherWays } from "./other-ways.tsx";

/** Hours that nodes run against what is owned and what to buy. */
export function CommitmentsView() {
  const { view, change } = useWorkbench();
  return (
    <>
      <Controls>
        <Choice
          label="Hours"
          value={view.nodeHours}
          options={[
            { value: "declared", label: "As declared", hint: "The declared nodes, all day" },
            {
              value: "stopped",
              label: "Closed out of hours",
              hint: "Clusters stop outside the hours of their environments",
            },
            { value: "simulated", label: "Simulated", hint: "Nodes follow the declared load, 28 days from today" },
          ]}
          onChange={(nodeHours) => change({ nodeHours, why: undefined })}
        />
      </Controls>
      <BillAnswer part="commitments" what="Choosing among all mixes of commitments">
        {(report) => <Commitments report={report} />}
      </BillAnswer>
    </>
  );
}

function Commitments({ report }: { readonly report: CostCommitments }) {
  const { view, change } = useWorkbench();
  const { currency, demand, purchases, curves } = report;
  const money = (amount: number) => wholeMoney(amount, currency);
  const byPeak = curves.toSorted((left, right) => right.peakUnits - left.peakUnits);
  const curve = curves.find((each) => curveKey(each) === view.billOf) ?? mostVaried(byPeak);
  const committed = purchases.reduce((sum, { termTotal }) => sum + termTotal, 0);
  return (
    <>
      <p className={classes.words}>
        {demand.description.slice(0, 1).toUpperCase() + demand.description.slice(1)}, over {demand.months} months.
        {demand.stopped.length === 0 ? "" : ` Stopped outside hours: ${demand.stopped.join(", ")}.`}
      </p>
      <Unpriced items={report.unpriced} what="and cannot be a choice" />
      <BigNumbers>
        <BigNumber label="Nodes now, a month" value={<FigureButton figure={report.now} format={money} />} />
        <BigNumber label="With the best mix" value={<FigureButton figure={report.best} format={money} />} />
        <BigNumber
          label="Saves"
          value={<FigureButton figure={report.saving} format={money} />}
          note={purchases.length === 0 ? "nothing to buy" : `by committing ${money(committed)}`}
        />
        <BigNumber
          label="Loses if demand falls by"
          value={report.risk.breakEvenFallPercent === undefined ? "–" : `${report.risk.breakEvenFallPercent}%`}
          note={
            report.risk.breakEvenFallPercent === undefined
              ? `no fall up to ${report.risk.mostFallPercent}% makes it a loss`
              : "or more: then buying nothing is cheaper"
          }
        />
      </BigNumbers>
      {curve === undefined ? (
        <p className={classes.words}>No group of sizes runs whose hours could be committed to.</p>
      ) : (
        <>
          <Controls>
            <Select label="Group" value={curveKey(curve)} onChange={(billOf) => change({ billOf }, "replace")}>
              {byPeak.map((each) => (
                <option key={curveKey(each)} value={curveKey(each)}>
                  {each.group} in {each.region}
                </option>
              ))}
            </Select>
          </Controls>
          <DurationCurve curve={curve} />
        </>
      )}
      <h3 className={classes.subtitle}>What to buy now</h3>
      <DataTable
        caption="What to buy now"
        rows={purchases}
        columns={purchaseColumns(currency)}
        rowKey={({ id }) => id}
        empty="Nothing: no commitment on offer costs less than pay as you go at these hours."
      />
      <h3 className={classes.subtitle}>Every group</h3>
      <DataTable
        caption="Hours and commitments by group"
        rows={byPeak}
        columns={curveColumns}
        rowKey={curveKey}
        empty="No group of sizes runs."
        onSelect={(each) => change({ billOf: curveKey(each) }, "replace")}
        isSelected={(each) => each === curve}
      />
      <OtherWays report={report} />
      <Grounds
        assumptions={report.assumptions}
        diagnostics={report.diagnostics}
        note={`Prices of ${report.pricesAsOf}. No mix of the same offers costs less than ${exactMoney(report.leastPossible, currency)} a month.`}
      />
    </>
  );
}

/** The group whose demand has most levels: a flat one says little as a drawing. */
function mostVaried(curves: readonly CommitmentCurve[]): CommitmentCurve | undefined {
  return curves.toSorted((left, right) => right.steps.length - left.steps.length)[0];
}

function curveKey({ region, group }: CommitmentCurve): string {
  return `${region}/${group}`;
}

function DurationCurve({ curve }: { readonly curve: CommitmentCurve }) {
  const option = useMemo(() => durationOption(curve), [curve]);
  const words = durationWords(curve);
  return (
    <>
      <ChartFigure
        title={`Units of ${curve.group} in ${curve.region}, by hours a day`}
        option={option}
        words={words}
        axis="hours a day with at least as many units"
        lines={durationLines(curve)}
      />
      <p className={classes.words}>
        {words.slice(0, 1).toUpperCase() + words.slice(1)}. Sizes: {curve.vmSizes.join(", ")}.
      </p>
    </>
  );
}

type Purchase = CostCommitments["purchases"][number];

function purchaseColumns(currency: string): readonly Column<Purchase>[] {
  const money = (amount: number) => exactMoney(amount, currency);
  return [
    {
      key: "label",
      title: "Purchase",
      cell: (row) => `${row.label}${row.priceVerified ? "" : " (price not verified)"}`,
      sortBy: (row) => row.label,
      grow: true,
    },
    {
      key: "monthly",
      title: "A month",
      cell: (row) => <FigureButton figure={row.monthly} format={money} />,
      sortBy: (row) => likelyValue(row.monthly),
      numeric: true,
      wideOnly: true,
    },
    {
      key: "saves",
      title: "Saves",
      cell: (row) => <FigureButton figure={row.saves} format={money} />,
      sortBy: (row) => likelyValue(row.saves),
      numeric: true,
    },
    {
      key: "use",
      title: "Used",
      cell: (row) => `${Math.round(100 * row.utilisation)}%`,
      sortBy: (row) => row.utilisation,
      numeric: true,
    },
    {
      key: "breakEven",
      title: "Break-even",
      cell: (row) => (row.breakEvenHoursPerDay === undefined ? "–" : `${row.breakEvenHoursPerDay.toFixed(1)} h/day`),
      sortBy: (row) => row.breakEvenHoursPerDay,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "total",
      title: "Committed",
      cell: (row) => money(row.termTotal),
      sortBy: (row) => row.termTotal,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "until",
      title: "Until",
      cell: (row) => row.lockedUntil,
      sortBy: (row) => row.lockedUntil,
      numeric: true,
      wideOnly: true,
    },
  ];
}

const curveColumns: readonly Column<CommitmentCurve>[] = [
  { key: "group", title: "Group", cell: (row) => row.group, sortBy: (row) => row.group, grow: true },
  { key: "region", title: "Region", cell: (row) => row.region, sortBy: (row) => row.region, wideOnly: true },
  units("meanUnits", "Mean"),
  units("peakUnits", "Peak"),
  units("ownedUnits", "Owned"),
  units("boughtUnits", "To buy"),
  {
    key: "levels",
    title: "Levels",
    cell: (row) => plural(row.steps.length, "level"),
    sortBy: (row) => row.steps.length,
    numeric: true,
    wideOnly: true,
  },
];

function units(key: "meanUnits" | "peakUnits" | "ownedUnits" | "boughtUnits", title: string): Column<CommitmentCurve> {
  return {
    key,
    title,
    cell: (row) => row[key].toLocaleString("en-US", { maximumFractionDigits: 1 }),
    sortBy: (row) => row[key],
    numeric: true,
  };
}
