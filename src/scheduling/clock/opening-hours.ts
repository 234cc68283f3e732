import type { Environment } from "../../estate/model/estate.ts";
import { parseWeeklyWindow, type WeeklyWindow } from "../../estate/model/weekly-window.ts";
import type { CronWindow } from "./replica-scaling/cron-windows.ts";
import type { PlanStep } from "./replica-scaling/replica-plan.ts";
import { localTime, zoneOffset } from "./time-zone.ts";

/**
 * Stretches of a period in which none of the environments is needed, on the clocks of each one's zone and to the minute.
 * Empty when one is needed always, when its hours cannot be read, or when there is none.
 */
export function closedStretches(
  environments: readonly Pick<Environment, "hours" | "timeZone">[],
  { fromSeconds, untilSeconds }: CronWindow,
): readonly CronWindow[] {
  const calendars = environments.map(({ hours, timeZone }) => ({
    windows: hours === "always" ? undefined : parseWeeklyWindow(hours),
    offset: zoneOffset(timeZone),
  }));
  if (calendars.length === 0 || calendars.some(({ windows }) => windows === undefined)) return [];
  const isOpenAt = (seconds: number) =>
    calendars.some(({ windows = [], offset }) => {
      const { weekday, minuteOfDay } = localTime(seconds, offset);
      return windows.some((window) => covers(window, weekday, minuteOfDay));
    });
  const closed: CronWindow[] = [];
  let closedFrom = isOpenAt(fromSeconds) ? undefined : fromSeconds;
  for (let seconds = Math.floor(fromSeconds / 60) * 60 + 60; seconds < untilSeconds; seconds += 60) {
    const isOpen = isOpenAt(seconds);
    if (isOpen && closedFrom !== undefined) closed.push({ fromSeconds: closedFrom, untilSeconds: seconds });
    if (isOpen) closedFrom = undefined;
    else closedFrom ??= seconds;
  }
  if (closedFrom !== undefined) closed.push({ fromSeconds: closedFrom, untilSeconds });
  return closed;
}

const minutesPerDay = 1440;

/** A window that runs over midnight covers the first minutes of the day after. */
function covers({ days, startMinute, endMinute }: WeeklyWindow, weekday: number, minute: number): boolean {
  if (days.includes(weekday) && minute >= startMinute && minute < endMinute) return true;
  return days.includes((weekday + 6) % 7) && minute + minutesPerDay < endMinute;
}

/** The plan with nothing running in the closed stretches; after each it goes on as it would have without. */
export function planWithStops(plan: readonly PlanStep[], closed: readonly CronWindow[]): readonly PlanStep[] {
  if (closed.length === 0) return plan;
  const isClosed = (seconds: number) =>
    closed.some(({ fromSeconds, untilSeconds }) => seconds >= fromSeconds && seconds < untilSeconds);
  const planned = (seconds: number) => plan.findLast((step) => step.seconds <= seconds);
  const stops = closed.map(({ fromSeconds }) => ({ seconds: fromSeconds, minimum: 0, maximum: 0 }));
  const starts = closed.map(({ untilSeconds }) => {
    const { minimum = 0, maximum = Number.POSITIVE_INFINITY } = planned(untilSeconds) ?? {};
    return { seconds: untilSeconds, minimum, maximum };
  });
  return [...plan.filter(({ seconds }) => !isClosed(seconds)), ...starts, ...stops].sort(
    (left, right) => left.seconds - right.seconds,
  );
}
