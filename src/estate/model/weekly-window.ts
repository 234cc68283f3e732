/** Hours of a week during which something runs or may be maintained. Days count from Monday = 0. */
export interface WeeklyWindow {
  readonly days: readonly number[];
  /** Minutes after midnight. */
  readonly startMinute: number;
  /** Minutes after midnight of the same day; above 1,440 when the window runs into the next day. */
  readonly endMinute: number;
}

const DAY_NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const PART = /^(?:([a-z]{3})(?:-([a-z]{3}))?|(daily))\s+([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/i;
const MINUTES_PER_DAY = 1440;

/**
 * Reads `always`, or one or more windows parted by commas: `Mon-Fri 07:00-19:00, Sat 08:00-12:00`, `daily 22:00-04:00`.
 * A window that ends at or before its start runs into the next day. Undefined when the text is neither.
 */
export function parseWeeklyWindow(text: string): readonly WeeklyWindow[] | undefined {
  if (text.length > 500) return undefined;
  if (text === "always") return [{ days: [0, 1, 2, 3, 4, 5, 6], startMinute: 0, endMinute: MINUTES_PER_DAY }];
  const windows: WeeklyWindow[] = [];
  for (const part of text.split(",")) {
    const window = parsePart(part.trim());
    if (window === undefined) return undefined;
    windows.push(window);
  }
  return windows;
}

/** Hours of a week that the text covers, each minute counted once; undefined when it cannot be read. */
export function weeklyHours(text: string): number | undefined {
  const windows = parseWeeklyWindow(text);
  if (windows === undefined) return undefined;
  const minutesPerWeek = 7 * MINUTES_PER_DAY;
  const covered = new Uint8Array(minutesPerWeek);
  for (const window of windows) {
    for (const day of window.days) {
      const end = day * MINUTES_PER_DAY + window.endMinute;
      covered.fill(1, day * MINUTES_PER_DAY + window.startMinute, end);
      if (end > minutesPerWeek) covered.fill(1, 0, end - minutesPerWeek);
    }
  }
  return covered.reduce((sum, minute) => sum + minute, 0) / 60;
}

function parsePart(part: string): WeeklyWindow | undefined {
  const match = PART.exec(part);
  if (match === null) return undefined;
  const [, first, last, daily, startHour, startMinutes, endHour, endMinutes] = match;
  const days = daily === undefined ? daysBetween(first ?? "", last ?? first ?? "") : [0, 1, 2, 3, 4, 5, 6];
  if (days === undefined) return undefined;
  const startMinute = Number(startHour) * 60 + Number(startMinutes);
  const end = Number(endHour) * 60 + Number(endMinutes);
  if (end > MINUTES_PER_DAY) return undefined;
  return { days, startMinute, endMinute: end <= startMinute ? end + MINUTES_PER_DAY : end };
}

function daysBetween(first: string, last: string): readonly number[] | undefined {
  const start = DAY_NAMES.indexOf(first.toLowerCase());
  const end = DAY_NAMES.indexOf(last.toLowerCase());
  if (start < 0 || end < 0) return undefined;
  const count = ((end - start + 7) % 7) + 1;
  return Array.from({ length: count }, (_, offset) => (start + offset) % 7);
}
