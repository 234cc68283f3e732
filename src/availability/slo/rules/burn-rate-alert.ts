import { dividedBy, type ExactRatio, exactRatio, times } from "../exact-ratio.ts";

/** Fires while the error ratio over both windows is above factor x budget. */
export interface BurnRateAlert {
  readonly severity: "page" | "ticket";
  readonly speed: "quick" | "slow";
  readonly longSeconds: number;
  readonly shortSeconds: number;
  /** Burn rate: 1 spends the whole budget in one window of the SLO. */
  readonly factor: ExactRatio;
  /** Share of the budget that is gone when it fires, whatever the error rate. */
  readonly budgetShare: ExactRatio;
}

type AlertShape = Pick<BurnRateAlert, "severity" | "speed" | "longSeconds" | "shortSeconds">;

const hour = 3600;
const day = 86_400;

/** Windows of the SRE workbook, chapter 5, "Multiwindow, multi-burn-rate alerts". */
const shapes: readonly AlertShape[] = [
  { severity: "page", speed: "quick", longSeconds: hour, shortSeconds: 300 },
  { severity: "page", speed: "slow", longSeconds: 6 * hour, shortSeconds: 1800 },
  { severity: "ticket", speed: "quick", longSeconds: day, shortSeconds: 2 * hour },
  { severity: "ticket", speed: "slow", longSeconds: 3 * day, shortSeconds: 6 * hour },
];

/** Budget shares in thousandths, in the order of the windows: of a month by the workbook, of a week as Sloth has them. */
const sharesOfMonth = [20n, 50n, 100n, 100n] as const;
const sharesOfWeek = [80n, 125n, 200n, 420n] as const;
/** Burn rates of the workbook, in tenths. */
const workbookFactors = [144n, 60n, 30n, 10n] as const;

/**
 * The usual alerts for an SLO window. Factor = budget share x window / long window (SRE workbook). From 28 days on the
 * shares are the workbook's 2, 5, 10 and 10 %, for 7 days Sloth's; for other short windows the workbook's burn rates are
 * kept and the shares follow. Long windows above half of the SLO's are left out.
 */
export function usualAlerts(windowSeconds: number): readonly BurnRateAlert[] {
  return shapes.flatMap((shape, index) => {
    if (2 * shape.longSeconds > windowSeconds) return [];
    const windows = exactRatio(BigInt(windowSeconds), BigInt(shape.longSeconds));
    const share = shareOf(windowSeconds, index);
    const factor = share === undefined ? exactRatio(workbookFactors[index] ?? 10n, 10n) : times(share, windows);
    return [{ ...shape, factor, budgetShare: dividedBy(factor, windows) }];
  });
}

function shareOf(windowSeconds: number, index: number): ExactRatio | undefined {
  const shares = windowSeconds >= 28 * day ? sharesOfMonth : windowSeconds === 7 * day ? sharesOfWeek : undefined;
  return shares === undefined ? undefined : exactRatio(shares[index] ?? 100n, 1000n);
}

/** factor x budget: the error ratio above which it fires. */
export function thresholdOf({ factor }: Pick<BurnRateAlert, "factor">, budget: ExactRatio): ExactRatio {
  return times(factor, budget);
}

/** True where not even a total outage is above the threshold. */
export function cannotFire(alert: Pick<BurnRateAlert, "factor">, budget: ExactRatio): boolean {
  const { numerator, denominator } = thresholdOf(alert, budget);
  return numerator >= denominator;
}
