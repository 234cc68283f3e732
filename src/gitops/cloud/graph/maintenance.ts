import type { Cluster } from "../../../estate/model/cluster.ts";
import { parseWeeklyWindow, type WeeklyWindow } from "../../../estate/model/weekly-window.ts";
import type { LooseObject } from "./graph-draft.ts";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const minutesPerDay = 24 * 60;
const minutesPerWeek = 7 * minutesPerDay;
const shortestMinutes = 4 * 60;

const configurations: { readonly [scope: string]: string } = {
  cluster: "aksManagedAutoUpgradeSchedule",
  nodeOs: "aksManagedNodeOSUpgradeSchedule",
  default: "default",
};

/** A weekly window with the zone that its hours are in. */
interface ZonedWindow extends WeeklyWindow {
  readonly timeZone: string;
}

/** Maintenance configurations by name. AKS knows three names, and UTC offsets in the place of zones. */
export function maintenanceConfigurations(
  cluster: Cluster,
  offsets: (zone: string) => string | undefined,
): ReadonlyMap<string, LooseObject> {
  const found = new Map<string, LooseObject>();
  for (const [name, windows] of windowsByConfiguration(cluster)) {
    const [first] = windows;
    if (first === undefined) continue;
    found.set(name, name === "default" ? hoursOf(windows, offsets) : scheduleOf(first, offsets));
  }
  return found;
}

/** What AKS is not told of the declared windows, or is told otherwise: schedules of upgrades begin on one day of a week. */
export function windowsSaidOtherwise(cluster: Cluster): readonly string[] {
  return [...windowsByConfiguration(cluster)].flatMap(([name, windows]) => {
    if (name === "default") return [];
    const starts = windows.flatMap(({ days: weekdays }) => weekdays);
    const [first] = windows;
    const told: string[] = [];
    if (first !== undefined && starts.length > 1) {
      told.push(
        `${name} begins on ${days[first.days[0] ?? 6] ?? ""} alone, and not at ${starts.length - 1} more times`,
      );
    }
    if (first !== undefined && first.endMinute - first.startMinute < shortestMinutes) {
      told.push(`${name} lasts four hours, which is the shortest that AKS takes`);
    }
    return told;
  });
}

function windowsByConfiguration({ maintenance }: Cluster): ReadonlyMap<string, readonly ZonedWindow[]> {
  const windows = maintenance.flatMap(({ scope, window, timeZone }) =>
    (parseWeeklyWindow(window) ?? []).map((each) => ({ name: configurations[scope] ?? "default", ...each, timeZone })),
  );
  return Map.groupBy(windows, ({ name }) => name);
}

/** Slots of this configuration are whole hours of UTC, whatever the zone of a window: hours wander into other days. */
function hoursOf(windows: readonly ZonedWindow[], offsets: (zone: string) => string | undefined): LooseObject {
  const hoursByDay = new Map<number, Set<number>>();
  for (const { days: weekdays, startMinute, endMinute, timeZone } of windows) {
    const offset = offsetMinutes(offsets(timeZone) ?? "+00:00");
    for (const weekday of weekdays) {
      const first = weekday * minutesPerDay + startMinute - offset;
      for (let minute = first; minute < first + endMinute - startMinute; minute += 60) {
        const inWeek = (minute + minutesPerWeek) % minutesPerWeek;
        const day = Math.floor(inWeek / minutesPerDay);
        hoursByDay.set(day, (hoursByDay.get(day) ?? new Set()).add(Math.floor((inWeek % minutesPerDay) / 60)));
      }
    }
  }
  const byDay = [...hoursByDay].toSorted(([left], [right]) => left - right);
  return {
    timeInWeek: byDay.map(([day, hours]) => ({
      day: days[day] ?? "Sunday",
      hourSlots: [...hours].toSorted((left, right) => left - right),
    })),
  };
}

/** `+05:30` is 330. */
function offsetMinutes(offset: string): number {
  const [hours = "0", minutes = "0"] = offset.slice(1).split(":");
  return (offset.startsWith("-") ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** AKS takes no window shorter than four hours here. */
function scheduleOf(
  { days: [day = 6], startMinute, endMinute, timeZone }: ZonedWindow,
  offsets: (zone: string) => string | undefined,
): LooseObject {
  const hours = Math.floor(startMinute / 60);
  return {
    maintenanceWindow: {
      schedule: { weekly: { dayOfWeek: days[day] ?? "Sunday", intervalWeeks: 1 } },
      durationHours: Math.min(24, Math.max(4, Math.ceil((endMinute - startMinute) / 60))),
      utcOffset: offsets(timeZone) ?? "+00:00",
      startTime: `${String(hours).padStart(2, "0")}:${String(startMinute % 60).padStart(2, "0")}`,
    },
  };
}

/** Offset of a zone in winter, by the zone tables of the runtime; undefined for names that are no zone. */
export function winterOffset(zone: string): string | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" });
    const name = format.formatToParts(new Date(Date.UTC(2026, 0, 15))).find(({ type }) => type === "timeZoneName");
    return name === undefined ? undefined : name.value === "GMT" ? "+00:00" : name.value.slice(3);
  } catch {
    return undefined;
  }
}
