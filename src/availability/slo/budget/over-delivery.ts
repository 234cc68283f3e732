import { decimalText, exactRatio } from "../exact-ratio.ts";

/** A way to run cheaper, with what it saves and what remains. */
export interface Economy {
  readonly what: string;
  readonly monthlySaving: number;
  readonly unavailability: number;
}

export interface BudgetLeft {
  readonly budgetMinutes: number;
  /** Minutes that will be left at the end of the window with 90 % probability. */
  readonly safeMinutes: number;
  /** Downtime of a window that is not exceeded with 90 % probability. */
  readonly downtimeMinutes: number;
  readonly windowMinutes: number;
  /** Releases in a window; undefined where nobody says. */
  readonly releases: number | undefined;
  readonly currency: string;
  readonly economies: readonly Economy[];
}

type OverDeliveryKind = "drill" | "fasterRollout" | "cheaper" | "stricterObjective";

/** One thing to do with budget that will be left. */
export interface OverDeliveryAdvice {
  readonly kind: OverDeliveryKind;
  readonly text: string;
  /** Minutes of full outage that it may spend in a window. */
  readonly spendMinutes: number;
  /** Availability with it; undefined where it is not changed for good. */
  readonly availability?: number;
  readonly monthlySaving?: number;
}

/** Safe remainder above which a service is over-delivered. */
const overDeliveredShare = 0.3;

/** True when more of the budget is left than a service needs to be safe. */
function isOverDelivered({ safeMinutes, budgetMinutes }: BudgetLeft): boolean {
  return safeMinutes > overDeliveredShare * budgetMinutes;
}

/**
 * What to do with budget left, in the order: learn (a drill), move faster, pay less, promise more. Empty where less than
 * 30 % of the budget is safely left.
 */
export function overDeliveryAdvice(left: BudgetLeft): readonly OverDeliveryAdvice[] {
  if (!isOverDelivered(left)) return [];
  return [drill(left), ...fasterRollout(left), ...cheaper(left), ...stricterObjective(left)];
}

function drill({ safeMinutes }: BudgetLeft): OverDeliveryAdvice {
  const minutes = safeMinutes / 2;
  return {
    kind: "drill",
    spendMinutes: minutes,
    text: `Run a chaos experiment or a recovery drill that costs at most ${shown(minutes)} minutes of full outage, half of what is safely left.`,
  };
}

function fasterRollout({ safeMinutes, releases }: BudgetLeft): readonly OverDeliveryAdvice[] {
  const half = safeMinutes / 2;
  if (releases === undefined || releases <= 0) return [];
  const each = half / releases;
  return [
    {
      kind: "fasterRollout",
      spendMinutes: half,
      text: `Release faster: each of ${shown(releases)} releases a window may expose all users for ${shown(each)} minutes, or a tenth of them for ${shown(10 * each)} minutes.`,
    },
  ];
}

function cheaper({ budgetMinutes, windowMinutes, currency, economies }: BudgetLeft): readonly OverDeliveryAdvice[] {
  return economies
    .filter(({ monthlySaving, unavailability }) => monthlySaving > 0 && unavailability * windowMinutes <= budgetMinutes)
    .toSorted((one, other) => other.monthlySaving - one.monthlySaving)
    .slice(0, 3)
    .map(({ what, monthlySaving, unavailability }) => ({
      kind: "cheaper",
      spendMinutes: unavailability * windowMinutes,
      availability: 1 - unavailability,
      monthlySaving,
      text: `Pay less: ${what} saves ${monthlySaving.toFixed(2)} ${currency} a month and leaves this journey ${percent(unavailability)} availability.`,
    }));
}

/** The strictest round objective that is kept with 90 % probability. */
function stricterObjective({
  downtimeMinutes,
  windowMinutes,
  budgetMinutes,
}: BudgetLeft): readonly OverDeliveryAdvice[] {
  const promised = budgetMinutes / windowMinutes;
  const kept = roundBudgets.filter((share) => share < promised && share * windowMinutes >= downtimeMinutes).at(-1);
  if (kept === undefined) return [];
  return [
    {
      kind: "stricterObjective",
      spendMinutes: kept * windowMinutes,
      availability: 1 - kept,
      text: `Promise more: if users count on what they get, ${percent(kept)} would be kept with 90 % probability.`,
    },
  ];
}

/** Shares of time down behind the usual objectives, from 99 % to 99.999 %. */
const roundBudgets = [0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00005, 0.00001] as const;

function percent(unavailability: number): string {
  const millionths = BigInt(Math.round((1 - unavailability) * 1e8));
  return `${decimalText(exactRatio(millionths, 1_000_000n)) ?? ""} %`;
}

function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
}
