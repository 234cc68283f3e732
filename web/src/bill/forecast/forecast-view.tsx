import { useMemo } from "react";
import { likelyValue } from "../../../../src/estate/figures/figure.ts";
import type { BearerForecast, CostForecast } from "../../../../src/operations/cost/cost-forecast-report.ts";
import { ChartFigure } from "../../charts/chart-figure.tsx";
import { figureText } from "../../figures/figure-text.ts";
import { exactMoney, wholeMoney } from "../../figures/money.ts";
import { Badge } from "../../symbols/badge.tsx";
import type { Column } from "../../tables/column.ts";
import { DataTable } from "../../tables/data-table.tsx";
import { useWorkbench } from "../../workbench/workbench.ts";
import { BillAnswer, NoReport } from "../bill-answer.tsx";
import { signedMoney } from "../bill-money.ts";
import classes from "../bill-view.module.css";
import { Controls, Select } from "../controls.tsx";
import { FigureButton } from "../figure-button.tsx";
import { Grounds } from "../grounds.tsx";
import { budgetBadge, byBudget } from "./budget-state.ts";
import { forecastLines, forecastOption, forecastWords } from "./forecast-chart.ts";

/** Coming months against budgets. */
export function ForecastView() {
  return (
    <BillAnswer part="forecast" what="Forecasting month by month">
      {(answer) => ("problem" in answer ? <NoReport {...answer} /> : <Forecast report={answer} />)}
    </BillAnswer>
  );
}

function Forecast({ report }: { readonly report: CostForecast }) {
  const { view, change } = useWorkbench();
  const { currency, total, bearers, coverage } = report;
  const sorted = byBudget(bearers);
  const bearer = sorted.find(({ name }) => name === view.billOf) ?? total;
  return (
    <>
      <p className={classes.words}>
        {report.basis === "declared"
          ? "From what is declared: node counts between their bounds, demand by the declared profiles, commitments until they end. With a history of costs: scantling cost forecast --history FILE."
          : `From ${report.history?.periods ?? 0} periods of ${report.history?.source ?? "history"}.`}
        {report.partial
          ? " Partial: something has no price, or a bearer is not evaluable, and the total is without it."
          : ""}
      </p>
      <Controls>
        <Select
          label="Cost of"
          value={bearer.name}
          onChange={(billOf) => change({ billOf, why: undefined }, "replace")}
        >
          <option value="total">the whole estate</option>
          {sorted.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        <Badge badge={budgetBadge(bearer)} />
      </Controls>
      <Outlook bearer={bearer} currency={currency} coverage={coverage} />
      <h3 className={classes.subtitle}>Against budgets, worst first</h3>
      <DataTable
        caption="Against budgets"
        rows={sorted}
        columns={bearerColumns(currency)}
        rowKey={({ name }) => name}
        empty="Nobody bears anything."
        onSelect={({ name }) => change({ billOf: name }, "replace")}
        isSelected={(each) => each === bearer}
      />
      <h3 className={classes.subtitle}>{bearer === total ? "Month by month" : `${bearer.name}, month by month`}</h3>
      <DataTable
        caption={`Months of ${bearer.name}`}
        rows={bearer.months}
        columns={monthColumns(currency)}
        rowKey={({ month }) => month}
        empty="Not evaluable."
      />
      <Known report={report} />
      <UnitCosts report={report} />
      <Grounds assumptions={report.assumptions} diagnostics={report.diagnostics} />
    </>
  );
}

interface OutlookProps {
  readonly bearer: BearerForecast;
  readonly currency: string;
  readonly coverage: number | undefined;
}

function Outlook({ bearer, currency, coverage }: OutlookProps) {
  const option = useMemo(() => forecastOption(bearer, (amount) => wholeMoney(amount, currency)), [bearer, currency]);
  if (bearer.months.length === 0)
    return <NoReport problem={`${bearer.name} is not evaluable`} hint="Its history is too short." />;
  const money = (amount: number) => wholeMoney(amount, currency);
  return (
    <ChartFigure
      title={bearer.name === "total" ? `The bill, ${currency} a month` : `${bearer.name}, ${currency} a month`}
      option={option}
      words={forecastWords(bearer, money)}
      axis="months"
      lines={forecastLines(bearer, money, coverage)}
    />
  );
}

function bearerColumns(currency: string): readonly Column<BearerForecast>[] {
  return [
    {
      key: "name",
      title: "Bearer",
      cell: (row) => `${row.name}${row.declared ? "" : " (not declared)"}`,
      sortBy: (row) => row.name,
      grow: true,
    },
    {
      key: "state",
      title: "Outlook",
      cell: (row) => <Badge badge={budgetBadge(row)} />,
      sortBy: (row) => budgetBadge(row).text,
    },
    {
      key: "budget",
      title: "Budget",
      cell: (row) => (row.budget === undefined ? "–" : wholeMoney(row.budget.monthly, currency)),
      sortBy: (row) => row.budget?.monthly,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "next",
      title: "Next month",
      cell: (row) => {
        const next = row.months[1] ?? row.months[0];
        return next === undefined ? "–" : wholeMoney(next.likely, currency);
      },
      sortBy: (row) => (row.months[1] ?? row.months[0])?.likely,
      numeric: true,
    },
  ];
}

function monthColumns(currency: string): readonly Column<BearerForecast["months"][number]>[] {
  const money = (amount: number) => exactMoney(amount, currency);
  const amount = (key: "low" | "high", title: string): Column<BearerForecast["months"][number]> => ({
    key,
    title,
    cell: (row) => money(row[key]),
    sortBy: (row) => row[key],
    numeric: true,
  });
  return [
    { key: "month", title: "Month", cell: (row) => row.month, sortBy: (row) => row.month, grow: true },
    {
      key: "likely",
      title: "Expected",
      cell: (row) => <FigureButton figure={row.figure} format={money} />,
      sortBy: (row) => row.likely,
      numeric: true,
    },
    amount("low", "Low"),
    amount("high", "High"),
    {
      key: "steps",
      title: "From known steps",
      cell: (row) => signedMoney(row.fromSteps, currency),
      sortBy: (row) => row.fromSteps,
      numeric: true,
      wideOnly: true,
    },
  ];
}

/** What is known to change, and what of the past was out of the ordinary. */
function Known({ report: { steps, anomalies, currency } }: { readonly report: CostForecast }) {
  if (steps.length === 0 && anomalies.length === 0) return null;
  return (
    <>
      <h3 className={classes.subtitle}>Known to change</h3>
      <ul className={classes.sentences}>
        {steps.map(({ date, label, monthly, factor }) => (
          <li key={`${date} ${label}`}>
            {date}: {label}
            {monthly === undefined ? "" : `, ${signedMoney(monthly, currency)} a month`}
            {factor === undefined ? "" : `, × ${factor}`}
          </li>
        ))}
        {anomalies.map(({ bearer, from, to, actual, expected }) => (
          <li key={`${bearer} ${from}`}>
            {from === to ? from : `${from} to ${to}`}: {bearer} cost {wholeMoney(actual, currency)} where{" "}
            {wholeMoney(expected, currency)} was expected
          </li>
        ))}
      </ul>
    </>
  );
}

type UnitCost = CostForecast["unitCosts"][number];

function UnitCosts({ report: { unitCosts } }: { readonly report: CostForecast }) {
  if (unitCosts.length === 0) return null;
  return (
    <>
      <h3 className={classes.subtitle}>What a unit of demand costs</h3>
      <DataTable
        caption="Unit costs"
        rows={unitCosts}
        columns={unitColumns}
        rowKey={({ application, profile }) => `${application}/${profile}`}
        empty="No load is declared."
      />
    </>
  );
}

const unitColumns: readonly Column<UnitCost>[] = [
  {
    key: "application",
    title: "Application",
    cell: (row) => row.application,
    sortBy: (row) => row.application,
    grow: true,
  },
  unit("ofApplication", "Application alone", true),
  unit("ofTenant", "Its tenant", true),
  unit("fullyLoaded", "Fully loaded", false),
];

function unit(key: "ofApplication" | "ofTenant" | "fullyLoaded", title: string, wideOnly: boolean): Column<UnitCost> {
  return {
    key,
    title,
    cell: (row) => <FigureButton figure={row[key]} format={() => figureText(row[key], "exact").value} />,
    sortBy: (row) => likelyValue(row[key]),
    numeric: true,
    wideOnly,
  };
}
