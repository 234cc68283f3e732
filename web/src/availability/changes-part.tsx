import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { Availability } from "../../../src/operations/availability/availability.ts";
import type { Economy, Improvement } from "../../../src/operations/availability/improvement.ts";
import { figureText } from "../figures/figure-text.ts";
import { wholeMoney } from "../figures/money.ts";
import { UnfoldingNumber } from "../figures/unfolding-number.tsx";
import { PlaceLink } from "../places/place-link.tsx";
import type { Column } from "../tables/column.ts";
import { DataTable } from "../tables/data-table.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";
import { useLongWork } from "./use-availability.ts";
import { WorkPanel } from "./work-panel.tsx";

/** What one unit of money buys, over all journeys of an environment. */
export function ChangesPart({ environment }: { readonly environment: string }) {
  const { texts, assessment } = useWorkbench();
  const work = useLongWork(texts, "changes", environment);
  return (
    <WorkPanel
      title={`What one ${assessment.cost.currency} buys in ${environment}`}
      intro="Each change is made in memory, placed, solved and priced anew: some dozens of estates, which takes seconds to a minute."
      action="Compute the ranking"
      work={work}
      ready={texts !== undefined}
    >
      {(report) => <Ranking report={report} environment={environment} />}
    </WorkPanel>
  );
}

function Ranking({ report, environment }: { readonly report: Availability; readonly environment: string }) {
  const { currency, improvements, economies, withoutResult, notTried } = report;
  return (
    <div className={classes.tables}>
      <h3 className={classes.subtitle}>
        What one {currency} buys in {environment}
      </h3>
      <p className={classes.words}>
        Each change by itself, for a month; free ones first, then those that avoid most money of downtime for each unit
        spent. They do not add up: two may mend the same fault.
      </p>
      <DataTable
        caption="What one unit of money buys"
        rows={improvements}
        columns={improvementColumns(currency)}
        rowKey={({ id }) => id}
        empty="No change that was tried makes a journey more available."
      />
      {economies.length === 0 ? null : (
        <>
          <h3 className={classes.subtitle}>What could be given up</h3>
          <p className={classes.words}>Changes that cost less and leave every objective met.</p>
          <DataTable
            caption="What could be given up"
            rows={economies}
            columns={economyColumns(currency)}
            rowKey={({ id }) => id}
            empty="Nothing."
          />
        </>
      )}
      {withoutResult.length + notTried === 0 ? null : (
        <ul className={classes.notes}>
          {withoutResult.map(({ what, reason }) => (
            <li key={what}>
              Not compared: {what}, as {reason}.
            </li>
          ))}
          {notTried === 0 ? null : <li>{notTried} changes that can gain less were not computed.</li>}
        </ul>
      )}
    </div>
  );
}

function improvementColumns(currency: string): readonly Column<Improvement>[] {
  return [
    { key: "what", title: "Change", cell: (row) => <Change change={row} />, grow: true },
    {
      key: "less",
      title: "Down less",
      numeric: true,
      cell: ({ minutesPerMonth, crowdedMinutesPerMonth: crowded }) =>
        crowded !== undefined && minutesPerMonth < 0.005
          ? `up to ${formatMinutes(crowded)}`
          : formatMinutes(minutesPerMonth),
      sortBy: ({ minutesPerMonth }) => minutesPerMonth,
    },
    {
      key: "worth",
      title: "Worth",
      numeric: true,
      wideOnly: true,
      cell: ({ monthlyValue }) => (monthlyValue === undefined ? "" : wholeMoney(monthlyValue, currency)),
      sortBy: ({ monthlyValue }) => monthlyValue,
    },
    {
      key: "costs",
      title: "Costs",
      numeric: true,
      cell: ({ extraMonthlyCost }) => <Price figure={extraMonthlyCost} currency={currency} />,
      sortBy: ({ extraMonthlyCost }) => likelyValue(extraMonthlyCost),
    },
    {
      key: "buys",
      title: `1 ${currency} buys`,
      numeric: true,
      cell: ({ valuePerUnitOfMoney: value, minutesPerUnitOfMoney: minutes, extraMonthlyCost }) =>
        value !== undefined
          ? `${value.toFixed(2)} ${currency}`
          : minutes !== undefined
            ? formatMinutes(minutes)
            : likelyValue(extraMonthlyCost) === undefined
              ? ""
              : "free",
      sortBy: ({ valuePerUnitOfMoney }) => valuePerUnitOfMoney,
    },
  ];
}

function Change({ change }: { readonly change: Improvement | Economy }) {
  const { what, because, caveat, place } = change;
  return (
    <details className={classes.change}>
      <summary>{what}</summary>
      <p>
        {because}. {place === undefined ? null : <PlaceLink place={place} />}
      </p>
      {change.journeys.map(({ journey, label, minutesPerMonth, meetsObjective }) => (
        <p key={journey}>
          {label}: {formatMinutes(Math.abs(minutesPerMonth))} a month {minutesPerMonth < 0 ? "more" : "less"}
          {meetsObjective === undefined ? "" : meetsObjective ? ", objective met" : ", objective still missed"}.
        </p>
      ))}
      {caveat === undefined ? null : <p>But {caveat}.</p>}
    </details>
  );
}

function Price({ figure, currency }: { readonly figure: Figure; readonly currency: string }) {
  if (figure.result.kind === "notEvaluable") {
    return <span title={figureText(figure).certainty}>no price known</span>;
  }
  return (
    <UnfoldingNumber
      figure={figure}
      format={(value) =>
        Math.abs(value) < 0.01
          ? "nothing"
          : value < 0
            ? `saves ${wholeMoney(-value, currency)}`
            : wholeMoney(value, currency)
      }
    />
  );
}

function economyColumns(currency: string): readonly Column<Economy>[] {
  return [
    { key: "what", title: "Change", cell: (row) => <Change change={row} />, grow: true },
    {
      key: "saves",
      title: "Saves",
      numeric: true,
      cell: ({ monthlySaving }) => wholeMoney(monthlySaving, currency),
      sortBy: ({ monthlySaving }) => monthlySaving,
    },
    {
      key: "more",
      title: "Down more",
      numeric: true,
      cell: ({ minutesPerMonth }) => (minutesPerMonth < 0.005 ? "hardly" : formatMinutes(minutesPerMonth)),
      sortBy: ({ minutesPerMonth }) => minutesPerMonth,
    },
  ];
}
