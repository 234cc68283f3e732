/** Cells of a row of CSV: parted by commas, quoted where they hold one; blanks around them do not count. */
export function splitRow(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(",").map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index];
    if (character === '"' && isQuoted && line[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === "," && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

const instant = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;
/** From here on a plain number is seconds, and from the second on milliseconds, since 1970. */
const epochFrom = 500_000_000;
const millisecondsFrom = 500_000_000_000;

/**
 * Seconds since 1970 of a time as a series writes it: an instant, in UTC where no zone is written, seconds or
 * milliseconds since 1970, or a smaller number of seconds since the start. Undefined for anything else.
 */
export function readTime(text: string, startSeconds: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const value = Number(text);
    if (value >= millisecondsFrom) return value / 1000;
    return value >= epochFrom ? value : startSeconds + value;
  }
  const match = instant.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", zone = "Z"] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number);
  if (y === undefined || mo === undefined || d === undefined || h === undefined || mi === undefined) return undefined;
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 24 || mi > 59) return undefined;
  return Date.UTC(y, mo - 1, d, h, mi, s) / 1000 - zoneSeconds(zone);
}

function zoneSeconds(zone: string): number {
  const [, sign = "+", hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
