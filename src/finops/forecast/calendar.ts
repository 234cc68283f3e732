const millisecondsPerDay = 86_400_000;

/** Days since 1970-01-01 of `YYYY-MM-DD`, or of `YYYY-MM` its first; undefined where there is no such day. */
export function dayNumber(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const [, year = "", month = "", day = "01"] = match;
  const milliseconds = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const number = milliseconds / millisecondsPerDay;
  return Number(year) >= 1970 && dayText(number) === `${year}-${month}-${day}` ? number : undefined;
}

/** `YYYY-MM-DD` of a number of days since 1970-01-01. */
export function dayText(day: number): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** Months since January of year 0: months in a row have numbers in a row. */
export function monthOf(day: number): number {
  const date = new Date(day * millisecondsPerDay);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first day of a month. */
export function firstDayOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / millisecondsPerDay;
}

export function daysOf(month: number): number {
  return firstDayOf(month + 1) - firstDayOf(month);
}

/** `YYYY-MM`. */
export function monthText(month: number): string {
  return dayText(firstDayOf(month)).slice(0, 7);
}
