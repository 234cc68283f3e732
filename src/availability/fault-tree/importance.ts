/**
 * Importance measures of one basic event, from P (probability of the top event), q (its own) and its Birnbaum
 * importance B = dP/dq.
 */
export interface Importance {
  readonly birnbaum: number;
  /** q B / P: share of the unavailability that goes if the event never happens (criticality; for users, Fussell-Vesely). */
  readonly share: number;
  /** Risk achievement worth: how many times as likely the top event becomes when the event has happened. */
  readonly riskAchievementWorth: number;
  /** Risk reduction worth: how many times less likely the top event becomes when the event never happens. */
  readonly riskReductionWorth: number;
}

/** Undefined where nothing can happen at all (P = 0). */
export function importanceOf(top: number, q: number, birnbaum: number): Importance | undefined {
  if (top <= 0) return undefined;
  return {
    birnbaum,
    share: (q * birnbaum) / top,
    riskAchievementWorth: (top + (1 - q) * birnbaum) / top,
    riskReductionWorth: top / (top - q * birnbaum),
  };
}

/** P after one q is changed: exact, as P is linear in each q. */
export function changedProbability(top: number, birnbaum: number, before: number, after: number): number {
  return top + birnbaum * (after - before);
}
