import type { Cluster, MaintenanceWindow } from "../../../estate/model/cluster.ts";
import { parseWeeklyWindow, type WeeklyWindow } from "../../../estate/model/weekly-window.ts";
import type { LooseObject } from "./graph-draft.ts";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const configurations: { readonly [scope: string]: string } = {
  cluster: "aksManagedAutoUpgradeSchedule",
  nodeOs: "aksManagedNodeOSUpgradeSchedule",
  default: "default",
};

/** Maintenance configurations by name. AKS knows three names, and UTC offsets in the place of zones. */
export function maintenanceConfigurations(
  cluster: Cluster,
  offsets: (zone: string) => string | undefined,
): ReadonlyMap<string, LooseObject> {
  const found = new Map<string, LooseObject>();
  for (const window of cluster.maintenance) {
    const name = configurations[window.scope] ?? "default";
    const [first] = parseWeeklyWindow(window.window) ?? [];
    if (first === undefined) continue;
    found.set(name, name === "default" ? hoursOf(first) : scheduleOf(first, window, offsets));
  }
  return found;
}

function hoursOf({ days: weekdays, startMinute, endMinute }: WeeklyWindow): LooseObject {
  const hours: number[] = [];
  for (let minute = startMinute; minute < endMinute; minute += 60) hours.push(Math.floor(minute / 60) % 24);
  return { timeInWeek: weekdays.map((day) => ({ day: days[day] ?? "Sunday", hourSlots: hours })) };
}

/** AKS takes no window shorter than four hours here. */
function scheduleOf(
  { days: [day = 6], startMinute, endMinute }: WeeklyWindow,
  { timeZone }: MaintenanceWindow,
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
