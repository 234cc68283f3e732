import type { BookingLevel } from "./overbooking-policy.ts";

/** What each answer to a customer too many costs; what is not declared leaves its answer not evaluable. */
export interface AnswerCosts {
  /** Written off: value given away for each customer too many. */
  readonly writeOff?: number;
  /** A try to serve the customer elsewhere or later, and its chance to succeed. */
  readonly retry?: number;
  readonly retrySuccess?: number;
  /** Amends for a customer who is turned away; with the refund where no-shows pay, since revenue then counts every sale. */
  readonly compensate?: number;
  /** What agreeing on every single sale costs, in latency, machines and sales not made. */
  readonly coordinate?: number;
}

export interface BusinessAnswer {
  readonly answer: "writeOff" | "retry" | "compensate" | "coordinate";
  readonly sold: number;
  readonly expectedBumped: number;
  /** Undefined: see `missing`. */
  readonly expectedCost?: number;
  readonly expectedNet?: number;
  readonly missing: readonly string[];
}

/**
 * Four ways to deal with having sold too much (after Hohpe, "Your Coffee Shop Does Not Use Two-Phase Commit"), in money:
 * the first three sell as many as pays, the last one never sells what is not there.
 */
export function businessAnswers(
  best: BookingLevel,
  atCapacity: BookingLevel,
  { gross, grossAtCapacity }: { readonly gross: number; readonly grossAtCapacity: number },
  costs: AnswerCosts,
): readonly BusinessAnswer[] {
  const bumped = best.turnout.expectedBumped;
  const level = { sold: best.sold, expectedBumped: bumped };
  const { writeOff, retry, retrySuccess, compensate, coordinate } = costs;
  return [
    priced("writeOff", level, gross, { writeOff }, () => bumped * (writeOff ?? 0)),
    priced(
      "retry",
      level,
      gross,
      { retry, retrySuccess, compensate },
      () => bumped * ((retry ?? 0) + (1 - (retrySuccess ?? 0)) * (compensate ?? 0)),
    ),
    priced("compensate", level, gross, { compensate }, () => bumped * (compensate ?? 0)),
    priced(
      "coordinate",
      { sold: atCapacity.sold, expectedBumped: 0 },
      grossAtCapacity,
      { coordinate },
      () => atCapacity.sold * (coordinate ?? 0),
    ),
  ];
}

function priced(
  answer: BusinessAnswer["answer"],
  level: { readonly sold: number; readonly expectedBumped: number },
  gross: number,
  needed: { readonly [name: string]: number | undefined },
  cost: () => number,
): BusinessAnswer {
  const missing = Object.keys(needed).filter((name) => needed[name] === undefined);
  if (missing.length > 0) return { answer, ...level, missing };
  const expectedCost = cost();
  return { answer, ...level, expectedCost, expectedNet: gross - expectedCost, missing };
}
