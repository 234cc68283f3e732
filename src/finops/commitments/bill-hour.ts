/** Nodes of one pool that run all month at pay as you go, before commitments. Prices per node and hour. */
export interface NodeUsage {
  readonly cluster: string;
  readonly pool: string;
  readonly region: string;
  readonly vmSize: string;
  readonly nodes: number;
  /** Pay as you go with the negotiated discount; undefined when it has no price. */
  readonly payAsYouGo: number | undefined;
  /** Size-flexibility group (the size itself where it has none) and units of one node in it. */
  readonly group: string;
  readonly ratio: number;
}

/** Reserved instances, as units of a flexibility group in a region. */
export interface ReservedUnits {
  readonly label: string;
  readonly region: string;
  readonly group: string;
  readonly units: number;
  /** Amortised price of a unit-hour; undefined when unknown: covered nodes then cost what they cost without it. */
  readonly pricePerUnit: number | undefined;
}

export interface SavingsPlan {
  readonly label: string;
  readonly termYears: 1 | 3;
  readonly hourlyCommitment: number;
  /** Rate of a usage under the plan, per node and hour. */
  readonly rateOf: (usage: NodeUsage) => number;
}

/** Part of a pool's nodes covered by one commitment. */
export interface CoveredNodes {
  readonly usage: NodeUsage;
  /** Index of the reservation or plan. */
  readonly commitment: number;
  readonly nodes: number;
  readonly pricePerNode: number;
}

/** How an hour of steady usage is billed. */
export interface HourlyBill {
  readonly reserved: readonly CoveredNodes[];
  readonly planned: readonly CoveredNodes[];
  readonly payAsYouGo: readonly { readonly usage: NodeUsage; readonly nodes: number }[];
  /** Units of each reservation that nothing used. */
  readonly unusedUnits: readonly number[];
  /** Money an hour of each savings plan that nothing used. */
  readonly unusedCommitment: readonly number[];
}

/**
 * One hour of steady usage under commitments, in Azure's order: reservations first, by size-flexibility units; then
 * savings plans, those of three years before those of one, inside a plan the usage with the largest discount first; the
 * rest is pay as you go. Source: savings-plan discount-application (2025-01), understand-vm-reservation-charges (2023-07).
 */
export function billHour(
  usages: readonly NodeUsage[],
  reservations: readonly ReservedUnits[],
  plans: readonly SavingsPlan[],
): HourlyBill {
  const left = usages.map(({ nodes }) => nodes);
  const reserved: CoveredNodes[] = [];
  const unusedUnits = reservations.map((reservation, index) =>
    useReservation(reservation, index, usages, left, reserved),
  );
  const planned: CoveredNodes[] = [];
  const unusedCommitment = plans.map(() => 0);
  const order = [...plans.keys()].sort((one, other) => (plans[other]?.termYears ?? 0) - (plans[one]?.termYears ?? 0));
  for (const index of order) {
    const plan = plans[index];
    if (plan !== undefined) unusedCommitment[index] = usePlan(plan, index, usages, left, planned);
  }
  const payAsYouGo = usages.flatMap((usage, index) => {
    const nodes = left[index] ?? 0;
    return nodes > negligible ? [{ usage, nodes }] : [];
  });
  return { reserved, planned, payAsYouGo, unusedUnits, unusedCommitment };
}

/** Fractions of a node below this are rounding of the arithmetic. */
const negligible = 1e-9;

function useReservation(
  reservation: ReservedUnits,
  index: number,
  usages: readonly NodeUsage[],
  left: number[],
  reserved: CoveredNodes[],
): number {
  let units = reservation.units;
  for (const [position, usage] of usages.entries()) {
    if (usage.region !== reservation.region || usage.group !== reservation.group) continue;
    const nodes = Math.min(left[position] ?? 0, units / usage.ratio);
    const price = reservation.pricePerUnit === undefined ? usage.payAsYouGo : reservation.pricePerUnit * usage.ratio;
    if (nodes <= negligible || price === undefined) continue;
    reserved.push({ usage, commitment: index, nodes, pricePerNode: price });
    left[position] = (left[position] ?? 0) - nodes;
    units -= nodes * usage.ratio;
  }
  return units > negligible ? units : 0;
}

function usePlan(
  plan: SavingsPlan,
  index: number,
  usages: readonly NodeUsage[],
  left: number[],
  planned: CoveredNodes[],
): number {
  let commitment = plan.hourlyCommitment;
  const eligible = usages
    .map((usage, position) => ({ usage, position, rate: planRate(plan, usage) }))
    .filter((each): each is typeof each & { rate: number } => each.rate !== undefined && each.rate > 0)
    .sort((one, other) => ratioOf(one) - ratioOf(other) || one.position - other.position);
  for (const { usage, position, rate } of eligible) {
    const nodes = Math.min(left[position] ?? 0, commitment / rate);
    if (nodes <= negligible) continue;
    planned.push({ usage, commitment: index, nodes, pricePerNode: rate });
    left[position] = (left[position] ?? 0) - nodes;
    commitment -= nodes * rate;
  }
  return commitment > negligible ? commitment : 0;
}

/** Where the negotiated price is lower than the plan's rate, it is used and still counts against the commitment. */
function planRate(plan: SavingsPlan, usage: NodeUsage): number | undefined {
  return usage.payAsYouGo === undefined ? undefined : Math.min(plan.rateOf(usage), usage.payAsYouGo);
}

function ratioOf({ usage, rate }: { readonly usage: NodeUsage; readonly rate: number }): number {
  return rate / (usage.payAsYouGo ?? rate);
}
