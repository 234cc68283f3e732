/** Minutes that a zone is ahead of UTC, by the hour: read once for each, since asking is slow. */
export type ZoneOffset = (epochSeconds: number) => number;

/** The offset of an IANA zone; of UTC when there is no such zone. */
export function zoneOffset(timeZone: string): ZoneOffset {
  const format = formatOf(timeZone);
  if (format === undefined) return () => 0;
  const byHour = new Map<number, number>();
  return (epochSeconds) => {
    const hour = Math.floor(epochSeconds / 3600);
    const known = byHour.get(hour);
    if (known !== undefined) return known;
    const minutes = readOffset(format, hour * 3_600_000);
    byHour.set(hour, minutes);
    return minutes;
  };
}

/** A moment on the clocks of a zone. Days of the week count from Monday = 0. */
export interface LocalTime {
  readonly weekday: number;
  readonly minuteOfDay: number;
  readonly dayOfMonth: number;
  /** From 1. */
  readonly month: number;
}

export function localTime(epochSeconds: number, offset: ZoneOffset): LocalTime {
  const local = new Date((epochSeconds + offset(epochSeconds) * 60) * 1000);
  return {
    weekday: (local.getUTCDay() + 6) % 7,
    minuteOfDay: local.getUTCHours() * 60 + local.getUTCMinutes(),
    dayOfMonth: local.getUTCDate(),
    month: local.getUTCMonth() + 1,
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  if (timeZone === "UTC") return undefined;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
}

function readOffset(format: Intl.DateTimeFormat, epochMilliseconds: number): number {
  const parts = format.formatToParts(new Date(epochMilliseconds));
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0"] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
