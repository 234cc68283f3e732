import type { Figure, FigureResult } from "./figure.ts";

const wholeNumber = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const twoDecimals = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const threeSignificant = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** An amount of money with its ISO 4217 code, to the cent. */
export function formatMoney(amount: number, currency: string): string {
  return `${currency} ${twoDecimals.format(amount)}`;
}

/**
 * A share of time down as an availability percentage with as many nines as are meaningful, printed from the
 * unavailability so that small values keep their digits.
 */
export function formatAvailability(unavailability: number): string {
  if (unavailability <= 0) return "100%";
  if (unavailability >= 1) return "0%";
  const percentDown = unavailability * 100;
  // Two significant digits of the downtime; the small term keeps powers of ten from gaining a digit.
  const decimals = Math.max(2, Math.min(12, Math.ceil(-Math.log10(percentDown) - 1e-9) + 1));
  const floor = 10 ** -decimals;
  if (percentDown < floor) return `>${(100 - floor).toFixed(decimals)}%`;
  return `${(100 - percentDown).toFixed(decimals)}%`;
}

/** Minutes as people say them: seconds below one minute, hours and days above. */
export function formatMinutes(minutes: number): string {
  if (minutes < 1) return `${threeSignificant.format(minutes * 60)} s`;
  if (minutes < 120) return `${threeSignificant.format(minutes)} min`;
  if (minutes < 2_880) return `${threeSignificant.format(minutes / 60)} h`;
  return `${threeSignificant.format(minutes / 1_440)} days`;
}

/** A value in its unit: money to the cent, minutes in words, counts whole, other ratios to three digits. */
export function formatValue(value: number, unit: string): string {
  const currency = /^([A-Z]{3})(\/.*)?$/.exec(unit);
  if (currency?.[1] !== undefined) {
    const digits = value !== 0 && Math.abs(value) < 1 ? trimUnitPrice(value) : twoDecimals.format(value);
    return `${currency[1]} ${digits}${currency[2] ?? ""}`;
  }
  if (unit.startsWith("minutes")) return formatMinutes(value) + unit.slice("minutes".length);
  if (Number.isInteger(value)) return withUnit(wholeNumber.format(value), unit);
  return withUnit(threeSignificant.format(value), unit);
}

/** The result of a figure in one line. */
export function formatResult(result: FigureResult, unit: string): string {
  switch (result.kind) {
    case "exact":
      return formatValue(result.value, unit);
    case "range":
      return `${formatValue(result.likely, unit)} (low ${formatValue(result.low, unit)}, high ${formatValue(result.high, unit)})`;
    case "bounds":
      return `between ${formatValue(result.lower, unit)} and ${formatValue(result.upper, unit)} (${result.method})`;
    case "interval":
      return `${formatValue(result.median, unit)} (${Math.round(result.coverage * 100)}% of runs between ${formatValue(result.lower, unit)} and ${formatValue(result.upper, unit)})`;
    case "notEvaluable":
      return `not evaluable: needs ${result.missing.join(", ")}`;
  }
}

/** A figure in one line: label and result. */
export function formatFigure(figure: Figure): string {
  return `${figure.label}: ${formatResult(figure.result, figure.unit)}`;
}

/** Unit prices stay unrounded in the model; people read at most six significant digits. */
function trimUnitPrice(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function withUnit(text: string, unit: string): string {
  return unit === "" || unit === "ratio" ? text : `${text} ${unit}`;
}
