import { type Figure, likelyValue } from "../../../src/estate/figures/figure.ts";
import type { WhatIfAvailability } from "../../../src/operations/what-if/compare-availability.ts";

/** A difference with its sign, and whether it is for the better: less is better, for money and minutes alike. */
export function differenceWords(
  figure: Figure,
  format: (value: number) => string,
): { readonly text: string; readonly sense: "none" | "better" | "worse" } {
  const value = likelyValue(figure);
  if (value === undefined) return { text: "not evaluable", sense: "none" };
  if (Math.abs(value) < 0.005) return { text: "no change", sense: "none" };
  return { text: `${value > 0 ? "+" : "−"}${format(Math.abs(value))}`, sense: value < 0 ? "better" : "worse" };
}

/** Minutes of a month: small differences keep their digits. */
export function minutesText(minutes: number): string {
  const digits = minutes >= 100 ? 0 : minutes >= 1 ? 1 : 3;
  return minutes.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** The journey that changes most; where none does, the one that is down longest. */
export function worstChanged({ journeys }: WhatIfAvailability): WhatIfAvailability["journeys"][number] | undefined {
  return journeys.find(({ difference }) => difference !== undefined) ?? journeys[0];
}
