import type { SloAlertReport, SloRulesObjective, SloRulesReport } from "../../operations/slo/slo-rules.ts";
import type { Column } from "../terminal/table.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { sharePercent, shortDuration } from "./slo-words.ts";
import { counted } from "./words.ts";

/** What each SLO's alerts do: thresholds, detection and reset times, false alarms. */
export function sloRulesDocument({ objectives, assumptions }: SloRulesReport): Document {
  return [
    heading(1, "Rules of service level objectives"),
    ...objectives.flatMap(objectiveSection),
    ...(assumptions.length === 0 ? [] : [heading(2, "Assumptions")]),
    ...bullets(assumptions.map(({ id, subject, text }) => `${id} ${code(subject)}: ${text}`)),
  ];
}

function objectiveSection(objective: SloRulesObjective): Document {
  const { slo, objective: target, window, budget, method, rules, alerts } = objective;
  return [
    heading(2, `${slo}: ${target} over ${window}`),
    paragraph(`${counted(rules, "rule")} under the id ${code(objective.id)}. Budget ${budget}, counted by ${method}.`),
    ...(alerts.length === 0 ? [paragraph("Its own alert policy takes the place of the usual alerts.")] : []),
    ...alertTable(alerts),
    ...detectionTable(alerts),
    ...falseAlarms(alerts),
  ];
}

function alertTable(alerts: readonly SloAlertReport[]): Document {
  return table(
    [
      { title: "Alert" },
      { title: "Burn rate", align: "right" },
      { title: "Error rate above", align: "right" },
      { title: "Budget gone", align: "right" },
      { title: "One error fires below", align: "right" },
    ],
    alerts.map((alert) => [
      nameOf(alert),
      alert.factor,
      sharePercent(alert.threshold),
      sharePercent(alert.budgetShare),
      `${alert.singleErrorFiresBelow.toLocaleString("en-US")} requests in ${alert.longWindow}`,
    ]),
  );
}

/** A row for each error rate: when each alert fires, and after a slash when it resets. */
function detectionTable(alerts: readonly SloAlertReport[]): Document {
  const rates = alerts[0]?.detection.map(({ errorRatio }) => errorRatio) ?? [];
  const columns: Column[] = [
    { title: "Error rate", align: "right" },
    ...alerts.map((alert): Column => ({ title: nameOf(alert), align: "right" })),
  ];
  const rows = rates.map((rate, index) => [
    sharePercent(rate),
    ...alerts.map(({ detection }) => {
      const { detectionSeconds, resetSeconds } = detection[index] ?? {};
      if (detectionSeconds === undefined) return "never";
      return `${shortDuration(detectionSeconds)} / ${resetSeconds === undefined ? "-" : shortDuration(resetSeconds)}`;
    }),
  ]);
  if (rows.length === 0) return [];
  return [
    paragraph("Fires after / is silent again after, without the evaluation interval, from no errors before:"),
    ...table(columns, rows),
  ];
}

function falseAlarms(alerts: readonly SloAlertReport[]): Document {
  const [first] = alerts;
  if (first?.falseAlarms === undefined) return [];
  const { requestsPerSecond, healthyErrorRatio } = first.falseAlarms;
  const items = alerts.flatMap((alert) => {
    const minutes = alert.falseAlarms?.minutesPer30Days ?? 0;
    if (minutes < 1 / 60) return [];
    return [`${nameOf(alert)}: ${Number(minutes.toPrecision(3))} minutes in 30 days`];
  });
  const traffic = `At ${requestsPerSecond.toLocaleString("en-US")} requests/s and ${sharePercent(healthyErrorRatio)} errors on ordinary days`;
  return [
    paragraph(
      items.length === 0
        ? `${traffic}, no alert fires falsely for as much as a second in 30 days.`
        : `${traffic}, alerts fire falsely for:`,
    ),
    ...bullets(items),
  ];
}

function nameOf({ severity, longWindow, shortWindow }: SloAlertReport): string {
  return `${severity} ${longWindow}/${shortWindow}`;
}
