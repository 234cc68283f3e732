import type { Reason } from "../../estate/figures/figure.ts";

/**
 * What a rule says of an option. `monitored`: it would do by what is typical, which nobody promises; `open`: nobody says;
 * neither is a pass.
 */
type RuleOutcome = "pass" | "fail" | "monitored" | "open";

/** One rule on one option, with the input that it was asked for and the numbers on both sides. */
export interface RuleVerdict {
  /** `ST-...`. */
  readonly rule: string;
  readonly outcome: RuleOutcome;
  /** Path of the field of the need, such as `recovery.region.rpo`. */
  readonly input: string;
  /** Half a sentence: why. */
  readonly text: string;
  /** What is asked for and what is offered, in `unit`; absent where it is not a number. */
  readonly needed?: number;
  readonly offered?: number;
  readonly unit?: "s" | "ms";
  readonly reasons: readonly Reason[];
}

/** Seconds or milliseconds as people write them. */
export function durationText(value: number, unit: "s" | "ms" = "s"): string {
  const seconds = unit === "ms" ? value / 1000 : value;
  const { name, length } = shownUnit(seconds);
  return seconds === 0 ? "0 s" : `${Number((seconds / length).toPrecision(shownDigits))} ${name}`;
}

/** The least value that is not below `value` and that `durationText` shows in full: who copies the text is not a little short. */
export function shownCeiling(value: number, unit: "s" | "ms" = "s"): number {
  const scale = unit === "ms" ? 1000 : 1;
  const { length } = shownUnit(value / scale);
  const shown = value / scale / length;
  const rounded = Number(shown.toPrecision(shownDigits));
  const step = 10 ** (Math.floor(Math.log10(shown)) + 1 - shownDigits);
  const up = rounded >= shown || !Number.isFinite(step) ? rounded : Number((rounded + step).toPrecision(shownDigits));
  return Math.max(value, Number((up * length * scale).toPrecision(12)));
}

/** The greatest value that is not above `value` and that `durationText` shows in full. */
export function shownFloor(value: number, unit: "s" | "ms" = "s"): number {
  const scale = unit === "ms" ? 1000 : 1;
  const { length } = shownUnit(value / scale);
  const shown = value / scale / length;
  const step = 10 ** (Math.floor(Math.log10(shown)) + 1 - shownDigits);
  if (!(shown > 0) || !Number.isFinite(step)) return value;
  const rounded = Number(shown.toPrecision(shownDigits));
  const down = rounded <= shown ? rounded : Number((rounded - step).toPrecision(shownDigits));
  return Math.min(value, Number((down * length * scale).toPrecision(12)));
}

const shownDigits = 3;

/** Unit that a number of seconds is shown in, with its length in seconds. */
function shownUnit(seconds: number): { readonly name: string; readonly length: number } {
  if (seconds < 1) return { name: "ms", length: 0.001 };
  if (seconds < 120) return { name: "s", length: 1 };
  if (seconds < 7200) return { name: "min", length: 60 };
  if (seconds < 172_800) return { name: "h", length: 3600 };
  return { name: "days", length: 86_400 };
}
