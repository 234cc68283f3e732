import type { SloFiredAlert, SloSimulation } from "../../operations/slo/slo-simulation.ts";
import { type Document, heading, paragraph, table } from "./document.ts";
import { sharePercent, shortDuration } from "./slo-words.ts";
import { counted } from "./words.ts";

/** What the alerts of an objective would have done over a series. */
export function sloSimulationDocument(simulation: SloSimulation): Document {
  const { objective, window, series, fired, budgetSpent, unnoticedShare } = simulation;
  const events = `${series.totalEvents.toLocaleString("en-US")} events in ${shortDuration(series.coveredSeconds)}, ${series.badEvents.toLocaleString("en-US")} of them bad`;
  const unnoticed =
    unnoticedShare === undefined ? "" : ` ${sharePercent(unnoticedShare)} of the bad events came while no alert fired.`;
  return [
    heading(1, `${objective} over ${window}, played over ${series.file}`),
    paragraph(
      `${events} (${sharePercent(series.errorRatio)}): ${sharePercent(budgetSpent)} of the budget of ${window}.${unnoticed}`,
    ),
    ...alertTable(simulation),
    heading(2, fired.length === 0 ? "No alert fired" : counted(fired.length, "alert")),
    ...firedTable(fired),
  ];
}

function alertTable({ alerts }: SloSimulation): Document {
  return table(
    [
      { title: "Alert" },
      { title: "Burn rate", align: "right" },
      { title: "Error rate above", align: "right" },
      { title: "Fired", align: "right" },
      { title: "For", align: "right" },
      { title: "Chance at this mean", align: "right" },
    ],
    alerts.map((alert) => [
      `${alert.severity} ${alert.longWindow}/${alert.shortWindow}`,
      alert.factor,
      sharePercent(alert.threshold),
      alert.times === undefined ? "not evaluable" : String(alert.times),
      alert.firingSeconds === undefined ? "" : shortDuration(alert.firingSeconds),
      alert.falseAlarmProbability === undefined ? "" : sharePercent(alert.falseAlarmProbability),
    ]),
  );
}

function firedTable(fired: readonly SloFiredAlert[]): Document {
  return table(
    [
      { title: "Alert" },
      { title: "From" },
      { title: "For", align: "right" },
      { title: "Budget spent by then", align: "right" },
    ],
    fired.map(({ severity, longWindow, startSeconds, endSeconds, start, budgetSpent }) => [
      `${severity} ${longWindow}`,
      start ?? `${startSeconds.toLocaleString("en-US")} s`,
      endSeconds === undefined ? "still firing" : shortDuration(endSeconds - startSeconds),
      sharePercent(budgetSpent),
    ]),
  );
}
