import { type LocalTime, localTime, type ZoneOffset } from "../time-zone.ts";

/** A stretch of time, in seconds since 1970 UTC; the end is not in it. */
export interface CronWindow {
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

type Matcher = (time: LocalTime) => boolean;

interface Field {
  readonly lowest: number;
  readonly highest: number;
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { lowest: 0, highest: 59 },
  { lowest: 0, highest: 23 },
  { lowest: 1, highest: 31 },
  {
    lowest: 1,
    highest: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { lowest: 0, highest: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/**
 * When a cron trigger is active between two moments: from each time that `start` names to the next that `end` names.
 * Undefined when one of them is no cron expression of five fields.
 */
export function cronWindows(
  { start, end }: { readonly start: string; readonly end: string },
  offset: ZoneOffset,
  { fromSeconds, untilSeconds }: CronWindow,
): readonly CronWindow[] | undefined {
  const starts = cronMatcher(start);
  const ends = cronMatcher(end);
  if (starts === undefined || ends === undefined) return undefined;
  const windows: CronWindow[] = [];
  let openedAt: number | undefined;
  // A window that is open already when the period begins opened within the week before it.
  const first = Math.floor((fromSeconds - secondsPerWeek) / 60) * 60;
  for (let seconds = first; seconds < untilSeconds; seconds += 60) {
    const time = localTime(seconds, offset);
    if (openedAt !== undefined && ends(time)) {
      if (seconds > fromSeconds) windows.push({ fromSeconds: Math.max(openedAt, fromSeconds), untilSeconds: seconds });
      openedAt = undefined;
    }
    if (openedAt === undefined && starts(time)) openedAt = seconds;
  }
  if (openedAt !== undefined) windows.push({ fromSeconds: Math.max(openedAt, fromSeconds), untilSeconds });
  return windows;
}

const secondsPerWeek = 7 * 86_400;

/** Whether a minute is one that the expression names; day of month and day of week are alternatives when both are given. */
export function cronMatcher(expression: string): Matcher | undefined {
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== fields.length) return undefined;
  const sets = texts.map((text, index) => readField(text, fields[index] ?? { lowest: 0, highest: 0 }));
  const [minutes, hours, days, months, weekdays] = sets;
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const anyDay = texts[2] === "*";
  const anyWeekday = texts[4] === "*";
  return ({ minuteOfDay, weekday, dayOfMonth, month }) => {
    if (!minutes.has(minuteOfDay % 60) || !hours.has(Math.floor(minuteOfDay / 60)) || !months.has(month)) return false;
    const sunday = weekday === 6;
    const isWeekday = weekdays.has((weekday + 1) % 7) || (sunday && weekdays.has(7));
    const isDay = days.has(dayOfMonth);
    return anyDay || anyWeekday ? isDay && isWeekday : isDay || isWeekday;
  };
}

function readField(text: string, field: Field): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const range = readRange(part, field);
    if (range === undefined) return undefined;
    for (let value = range.first; value <= range.last; value += range.step) values.add(value);
  }
  return values;
}

function readRange(part: string, field: Field): { first: number; last: number; step: number } | undefined {
  const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d{1,2}))?$/i.exec(part);
  if (match === null) return undefined;
  const [, from = "", to, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  const first = from === "*" ? field.lowest : readValue(from, field);
  const open = from === "*" || stepText !== undefined ? field.highest : first;
  const last = to === undefined ? open : readValue(to, field);
  if (first === undefined || last === undefined || step < 1 || first > last) return undefined;
  return { first, last, step };
}

function readValue(text: string, { lowest, highest, names }: Field): number | undefined {
  const named = names?.indexOf(text.toLowerCase().slice(0, 3)) ?? -1;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : named < 0 ? Number.NaN : named + lowest;
  return value >= lowest && value <= highest ? value : undefined;
}
