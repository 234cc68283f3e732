import type { Recurrence, TimeWindowFilter } from "./feature-flag.ts";

const dayMilliseconds = 86_400_000;

/** Whether a time window, or one of its recurrences, is open. Days are those of UTC. */
export function isWindowOpen({ start, end, recurrence }: TimeWindowFilter, now: number): boolean {
  if (start === undefined && end === undefined) return false;
  if ((start === undefined || now >= start) && (end === undefined || now < end)) return true;
  if (recurrence === undefined || start === undefined || end === undefined || now < start) return false;
  const latest =
    recurrence.type === "Daily" ? latestDaily(recurrence, start, now) : latestWeekly(recurrence, start, now);
  if (latest === undefined) return false;
  const { at, number } = latest;
  if (recurrence.endMilliseconds !== undefined && at > recurrence.endMilliseconds) return false;
  if (recurrence.occurrences !== undefined && number > recurrence.occurrences) return false;
  return now < at + (end - start);
}

/** The latest occurrence that has begun, and the how manieth it is, from 1. */
interface Occurrence {
  readonly at: number;
  readonly number: number;
}

function latestDaily({ interval }: Recurrence, start: number, now: number): Occurrence {
  const passed = Math.floor((now - start) / (interval * dayMilliseconds));
  return { at: start + passed * interval * dayMilliseconds, number: passed + 1 };
}

function latestWeekly(recurrence: Recurrence, start: number, now: number): Occurrence | undefined {
  const { interval, daysOfWeek, firstDayOfWeek } = recurrence;
  const offsets = daysOfWeek.map((day) => (day - firstDayOfWeek + 7) % 7).toSorted((left, right) => left - right);
  const startOffset = (new Date(start).getUTCDay() - firstDayOfWeek + 7) % 7;
  const skipped = offsets.filter((offset) => offset < startOffset).length;
  // The time of day of the start, on the first day of its week.
  const firstWeek = start - startOffset * dayMilliseconds;
  const turn = interval * 7 * dayMilliseconds;
  const turns = Math.floor((now - firstWeek) / turn);
  const begun = offsets.filter((offset) => firstWeek + turns * turn + offset * dayMilliseconds <= now);
  const number = turns * offsets.length + begun.length - skipped;
  if (number < 1) return undefined;
  const offset = begun.at(-1);
  const at =
    offset === undefined
      ? firstWeek + (turns - 1) * turn + (offsets.at(-1) ?? 0) * dayMilliseconds
      : firstWeek + turns * turn + offset * dayMilliseconds;
  return { at, number };
}
