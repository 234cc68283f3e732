import type { MaintenanceWindow } from "../../estate/model/cluster.ts";
import { parseWeeklyWindow } from "../../estate/model/weekly-window.ts";

/** A time during which a cluster may be maintained, in milliseconds since 1970 UTC. */
interface Interval {
  readonly from: number;
  readonly until: number;
}

const minute = 60_000;
const day = 86_400_000;

/** Every occurrence of a window in a calendar year, in UTC: clocks of the window's zone are put forward and back. */
export function occurrences({ window, timeZone }: MaintenanceWindow, year: number): readonly Interval[] {
  const intervals: Interval[] = [];
  const offsetAt = offsetReader(timeZone);
  for (const { days, startMinute, endMinute } of parseWeeklyWindow(window) ?? []) {
    for (let midnight = Date.UTC(year, 0, 1); midnight < Date.UTC(year + 1, 0, 1); midnight += day) {
      if (!days.includes((new Date(midnight).getUTCDay() + 6) % 7)) continue;
      const from = midnight + startMinute * minute - offsetAt(midnight);
      intervals.push({ from, until: from + (endMinute - startMinute) * minute });
    }
  }
  return intervals.toSorted((left, right) => left.from - right.from);
}

/** The first moment of a year at which two windows are open at once, and how many hours of it they are. */
export function overlapInYear(
  one: MaintenanceWindow,
  other: MaintenanceWindow,
  year: number,
): { readonly first: string; readonly hours: number } | undefined {
  let first: number | undefined;
  let sum = 0;
  const others = occurrences(other, year);
  let next = 0;
  for (const { from, until } of occurrences(one, year)) {
    while (next < others.length && (others[next]?.until ?? 0) <= from) next += 1;
    for (let index = next; (others[index]?.from ?? Number.POSITIVE_INFINITY) < until; index += 1) {
      const start = Math.max(from, others[index]?.from ?? from);
      first ??= start;
      sum += Math.min(until, others[index]?.until ?? until) - start;
    }
  }
  if (first === undefined) return undefined;
  return { first: `${new Date(first).toISOString().slice(0, 16).replace("T", " ")} UTC`, hours: sum / 3_600_000 };
}

/** Length in hours of the longest part of a window. */
export function longestHours({ window }: MaintenanceWindow): number {
  const parts = parseWeeklyWindow(window) ?? [];
  return Math.max(0, ...parts.map(({ startMinute, endMinute }) => (endMinute - startMinute) / 60));
}

/** Milliseconds that a zone is ahead of UTC at noon of a day. */
function offsetReader(timeZone: string): (midnight: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  return (midnight) => {
    const name = format.formatToParts(new Date(midnight)).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign = "+", hours = "0", minutes = "0"] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
  };
}
