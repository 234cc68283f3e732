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
  if (seconds === 0) return "0 s";
  if (seconds < 1) return `${trimmed(seconds * 1000)} ms`;
  if (seconds < 120) return `${trimmed(seconds)} s`;
  if (seconds < 7200) return `${trimmed(seconds / 60)} min`;
  if (seconds < 172_800) return `${trimmed(seconds / 3600)} h`;
  return `${trimmed(seconds / 86_400)} days`;
}

function trimmed(value: number): string {
  return String(Number(value.toPrecision(3)));
}
