/** Wald's test of a share, request by request. */
export interface SequentialTest {
  /** Share of a good version, and of one that is to be caught. */
  readonly good: number;
  readonly bad: number;
  /** Chances to call a good version bad, and a bad one good. */
  readonly falseAlarm: number;
  readonly missed: number;
}

export type SequentialVerdict = "bad" | "good" | "undecided";

/** The verdict after `failed` of `requests`; it may be asked for at any time without raising the chances of error. */
export function sequentialVerdict(test: SequentialTest, requests: number, failed: number): SequentialVerdict {
  const ratio =
    failed * Math.log(test.bad / test.good) + (requests - failed) * (Math.log1p(-test.bad) - Math.log1p(-test.good));
  if (ratio >= Math.log((1 - test.missed) / test.falseAlarm)) return "bad";
  return ratio <= Math.log(test.missed / (1 - test.falseAlarm)) ? "good" : "undecided";
}

/**
 * Mean requests until the verdict, by Wald's approximation (which leaves out the overshoot): of a version that is bad, and of
 * one that is good.
 */
export function expectedRequests({ good, bad, falseAlarm, missed }: SequentialTest): {
  readonly whenBad: number;
  readonly whenGood: number;
} {
  const upper = Math.log((1 - missed) / falseAlarm);
  const lower = Math.log(missed / (1 - falseAlarm));
  const perFailure = Math.log(bad / good);
  const perSuccess = Math.log1p(-bad) - Math.log1p(-good);
  const drift = (share: number) => share * perFailure + (1 - share) * perSuccess;
  return {
    whenBad: ((1 - missed) * upper + missed * lower) / drift(bad),
    whenGood: (falseAlarm * upper + (1 - falseAlarm) * lower) / drift(good),
  };
}
