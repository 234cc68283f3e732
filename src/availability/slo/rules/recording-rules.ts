import { decimalText, exactRatio } from "../exact-ratio.ts";
import { percentText, type RuleObjective } from "../objectives/rule-objective.ts";
import { prometheusDuration } from "../prometheus-duration.ts";
import { badEvents, errorRatio, recordsEvents } from "./error-ratio.ts";
import type { RecordingRule } from "./rule-group.ts";
import { errorRatioName, identityLabels, seriesNames, seriesOf } from "./series-names.ts";

/** Windows that every SLO is recorded over: 5m, 30m, 1h, 2h, 6h, 1d and 3d. */
const usualWindows = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200] as const;

/** Error ratios over the usual windows, those that alerts need besides, and the window of the SLO itself. */
export function sliRecordings(objective: RuleObjective, alertWindows: readonly number[]): readonly RecordingRule[] {
  const usual = usualWindows.filter((seconds) => seconds < objective.windowSeconds);
  const windows = [...new Set([...usual, ...alertWindows, objective.windowSeconds])].toSorted(
    (one, other) => one - other,
  );
  const ratios = windows.map((seconds): RecordingRule => {
    const window = prometheusDuration(seconds);
    return {
      record: errorRatioName(window),
      expr: errorRatio(objective, seconds),
      labels: { ...identityLabels(objective), sloth_window: window },
    };
  });
  return [...eventRecordings(objective), ...ratios];
}

function eventRecordings(objective: RuleObjective): readonly RecordingRule[] {
  const { indicator } = objective;
  if (indicator.kind !== "events" || !recordsEvents(objective)) return [];
  const labels = identityLabels(objective);
  return [
    { record: seriesNames.badEvents, expr: badEvents(indicator, "5m"), labels },
    { record: seriesNames.totalEvents, expr: indicator.total.over("5m"), labels },
  ];
}

/** Objective, budget, burn rates and what is left, as Sloth names them. */
export function metadataRecordings(objective: RuleObjective): readonly RecordingRule[] {
  const { budget, objective: target, windowSeconds } = objective;
  const labels = identityLabels(objective);
  const days = decimalText(exactRatio(BigInt(windowSeconds), 86_400n)) ?? `${windowSeconds} / 86400`;
  const burnRate = (window: string) =>
    `${seriesOf(errorRatioName(window), objective)}\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n${seriesOf(seriesNames.errorBudget, objective)}`;
  const info = {
    sloth_mode: "cli-gen-openslo",
    sloth_objective: percentText(target).replace("%", ""),
    sloth_spec: "openslo/v1",
    sloth_version: "scantling",
  };
  return [
    { record: seriesNames.objective, expr: `vector(${decimalText(target) ?? ""})`, labels },
    { record: seriesNames.errorBudget, expr: `vector(${decimalText(budget) ?? ""})`, labels },
    { record: seriesNames.periodDays, expr: `vector(${days})`, labels },
    { record: seriesNames.currentBurnRate, expr: burnRate("5m"), labels },
    { record: seriesNames.periodBurnRate, expr: burnRate(prometheusDuration(windowSeconds)), labels },
    {
      record: seriesNames.periodRemaining,
      expr: `1 - ${seriesOf(seriesNames.periodBurnRate, objective)}`,
      labels,
    },
    { record: seriesNames.info, expr: "vector(1)", labels: { ...labels, ...info } },
  ];
}
