/** Cost at a duty cycle, from 0 to 1. */
export interface CostPoint {
  readonly duty: number;
  readonly monthlyCost: number;
}

/**
 * Cost of a month over the duty cycle: straight lines between knots. Two knots of one duty cycle are a jump there. A curve
 * that ends before 1 cannot serve more.
 */
export interface CostCurve {
  readonly knots: readonly CostPoint[];
}

/** What is there all the time, up to the duty cycle that it can serve. */
export function flatCurve(monthlyCost: number, untilDuty = 1): CostCurve {
  return {
    knots: [
      { duty: 0, monthlyCost },
      { duty: untilDuty, monthlyCost },
    ],
  };
}

/**
 * What is paid while it runs: with demand, and for `lingerShare` of all time besides, in which it is started or waits
 * to be stopped; at most all the time. Without any demand it costs nothing.
 */
export function runningCurve(fullMonthlyCost: number, lingerShare: number, perDuty = 0): CostCurve {
  const linger = Math.min(1, Math.max(0, lingerShare));
  const knots: CostPoint[] = [{ duty: 0, monthlyCost: 0 }];
  if (linger > 0) knots.push({ duty: 0, monthlyCost: linger * fullMonthlyCost });
  if (linger > 0 && linger < 1) knots.push({ duty: 1 - linger, monthlyCost: fullMonthlyCost + (1 - linger) * perDuty });
  knots.push({ duty: 1, monthlyCost: fullMonthlyCost + perDuty });
  return { knots };
}

/** Two curves of the same length added up, knot by knot. */
export function addCurves(left: CostCurve, right: CostCurve): CostCurve {
  const duties = dutiesOf(left, right);
  const knots = duties.flatMap((duty): readonly CostPoint[] => {
    const sum = (side: "before" | "after") => (costAt(left, duty, side) ?? 0) + (costAt(right, duty, side) ?? 0);
    const [before, after] = [sum("before"), sum("after")];
    const points = [
      {
        duty,
        monthlyCost: duty === 0 ? (left.knots[0]?.monthlyCost ?? 0) + (right.knots[0]?.monthlyCost ?? 0) : before,
      },
    ];
    return points[0]?.monthlyCost === after || duty === duties.at(-1)
      ? points
      : [...points, { duty, monthlyCost: after }];
  });
  return { knots };
}

/** The cost at a duty cycle; at a jump that before or after it. Undefined where the curve does not reach. */
export function costAt({ knots }: CostCurve, duty: number, side: "before" | "after" = "after"): number | undefined {
  const last = knots.at(-1);
  if (last === undefined || duty < (knots[0]?.duty ?? 0) || duty > last.duty) return undefined;
  const at = knots.filter((knot) => knot.duty === duty);
  if (at.length > 0) return (side === "before" && duty > 0 ? at[0] : at.at(-1))?.monthlyCost;
  const index = knots.findIndex((knot) => knot.duty > duty);
  const [left, right] = [knots[index - 1], knots[index]];
  if (left === undefined || right === undefined) return undefined;
  return left.monthlyCost + ((right.monthlyCost - left.monthlyCost) * (duty - left.duty)) / (right.duty - left.duty);
}

/** A duty cycle at which one curve becomes dearer than the other. */
export interface Crossing {
  readonly duty: number;
  /** Cost of the curve that is cheaper below it, at that duty cycle. */
  readonly monthlyCost: number;
  readonly cheaperBelow: "first" | "second";
}

/**
 * Where two curves cross, in closed form: between two knots the difference is a straight line, so that its root is exact;
 * a jump over the other curve is a crossing at its knot. Curves that only touch do not cross.
 */
export function crossings(first: CostCurve, second: CostCurve): readonly Crossing[] {
  const reach = Math.min(first.knots.at(-1)?.duty ?? 0, second.knots.at(-1)?.duty ?? 0);
  const duties = dutiesOf(first, second).filter((duty) => duty <= reach);
  const difference = (duty: number, side: "before" | "after") =>
    (costAt(first, duty, side) ?? 0) - (costAt(second, duty, side) ?? 0);
  const found: Crossing[] = [];
  let sign = 0;
  const visit = (duty: number, value: number) => {
    const next = Math.sign(value);
    if (next === 0) return;
    if (sign !== 0 && next !== sign) {
      const below = next > 0 ? first : second;
      found.push({
        duty,
        monthlyCost: costAt(below, duty, "before") ?? 0,
        cheaperBelow: next > 0 ? "first" : "second",
      });
    }
    sign = next;
  };
  for (const [index, duty] of duties.entries()) {
    visit(duty, difference(duty, "before"));
    visit(duty, difference(duty, "after"));
    const next = duties[index + 1];
    if (next === undefined) continue;
    const [from, to] = [difference(duty, "after"), difference(next, "before")];
    if (from * to < 0) visit(duty + ((next - duty) * from) / (from - to), to);
    else if (from === 0 || to === 0) visit(from === 0 ? duty : next, from === 0 ? to : from);
  }
  return found;
}

/** Evenly spaced points and every knot, for a chart. */
export function samplesOf(curve: CostCurve, steps: number): readonly CostPoint[] {
  const last = curve.knots.at(-1)?.duty ?? 0;
  const even = Array.from({ length: steps + 1 }, (_, index) => index / steps).filter((duty) => duty <= last);
  const plain = even.filter((duty) => curve.knots.every((knot) => knot.duty !== duty));
  const points = plain.map((duty) => ({ duty, monthlyCost: costAt(curve, duty) ?? 0 }));
  return [...points, ...curve.knots].toSorted((left, right) => left.duty - right.duty);
}

function dutiesOf(...curves: readonly CostCurve[]): readonly number[] {
  return [...new Set(curves.flatMap(({ knots }) => knots.map(({ duty }) => duty)))].toSorted(
    (left, right) => left - right,
  );
}
