import type { EventSeries } from "../alerts/event-series.ts";
import { simulateAlerts } from "../alerts/simulate-alerts.ts";
import { type ExactRatio, numberOf } from "../exact-ratio.ts";
import { firingAlerts } from "../rules/rule-groups.ts";

/**
 * Share of the window's budget that the costliest incident took: the bad events from one long window before a page
 * fires, where what fired it lies, to its end. The budget is that of the traffic of the last window. Undefined where no
 * page fires.
 */
export function worstIncidentShare(series: EventSeries, budget: ExactRatio, windowSeconds: number): number | undefined {
  const { alerts } = firingAlerts({ slo: series.file, budget, windowSeconds });
  const pages = alerts.filter(({ severity }) => severity === "page");
  const { fired } = simulateAlerts(series, pages, budget, windowSeconds);
  if (fired.length === 0) return undefined;
  const end = (series.startSeconds.at(-1) ?? 0) + series.stepSeconds;
  const allowed = numberOf(budget) * eventsIn(series.total, series, end - windowSeconds, end);
  const costs = fired.map(({ alert, startSeconds, endSeconds }) =>
    eventsIn(series.bad, series, startSeconds - alert.longSeconds, endSeconds ?? end),
  );
  return allowed > 0 ? Math.max(...costs) / allowed : undefined;
}

function eventsIn(counts: readonly bigint[], { startSeconds }: EventSeries, from: number, to: number): number {
  return counts.reduce((sum, count, row) => {
    const start = startSeconds[row] ?? 0;
    return start >= from && start < to ? sum + Number(count) : sum;
  }, 0);
}
