import type { VmSize } from "./catalog.ts";

/** One price of a table under check, in USD per hour. */
export interface CheckedPrice {
  readonly region: string;
  readonly vmSize: string;
  readonly payAsYouGo: number;
  readonly spot?: number | undefined;
  readonly savingsPlan1y?: number | undefined;
}

/** One reservation of a table under check: totals hold for the whole term. */
export interface CheckedReservation {
  readonly region: string;
  readonly vmSize: string;
  readonly payAsYouGo: number;
  readonly total1y?: number | undefined;
  readonly total3y?: number | undefined;
}

/** A row that a check names. `error` fails an import; `review` is to be looked at by a person. */
export interface CheckResult {
  readonly check: CheckName;
  readonly severity: "error" | "review";
  readonly region: string;
  readonly vmSize: string;
  readonly message: string;
}

type CheckName =
  | "zero-price"
  | "price-per-vcpu"
  | "windows-price"
  | "spot-above-pay-as-you-go"
  | "reservation-above-pay-as-you-go"
  | "three-years-above-one"
  | "savings-plan-ratio"
  | "changed-since-last-layer"
  | "size-without-memory"
  | "vcpu-against-name";

const PRICE_PER_VCPU_TOLERANCE = 0.15;
const SAVINGS_RATIO_TOLERANCE = 0.01;
const REVIEWED_CHANGE = 0.25;
/** What the Windows licence adds per vCPU and hour, with how exactly a price must show it. */
const WINDOWS_STEPS = [
  { family: /^standard(Das|Dads|Eas|Eads)v5Family$/i, step: 0.046, tolerance: 0.0015 },
  { family: /^standardB(as|s|ps)v2Family$/i, step: 0.0046, tolerance: 0.00015 },
] as const;
/** Sizes whose price does not follow their core count. */
const PER_VCPU_EXCEPTIONS = /^Standard_(B|A|NC4as_T4|NC64as_T4|M416bs|D(S?)(1|2|11)(_v2|$)|NV|NG|ND|NC|HB|HC|HX|L)/;

/** Every check of a VM price table; an empty list means that the table may be taken over. */
export function checkPrices(
  prices: readonly CheckedPrice[],
  sizeOf: (name: string) => VmSize | undefined,
): readonly CheckResult[] {
  const groups = Map.groupBy(
    prices.filter((price) => price.payAsYouGo > 0),
    (price) => `${price.region} ${likeness(sizeOf(price.vmSize))}`,
  );
  const found: CheckResult[] = prices.flatMap(checkOnePrice);
  for (const group of groups.values()) {
    const family = sizeOf(group[0]?.vmSize ?? "")?.family;
    if (family === undefined) continue;
    const rows = group.map((price) => ({ price, perVcpu: price.payAsYouGo / coresOf(sizeOf(price.vmSize)) }));
    const leaked = checkWindowsSteps(family, rows);
    const leakedSizes = new Set(leaked.map((result) => result.vmSize));
    found.push(...leaked, ...checkPerVcpu(rows.filter(({ price }) => !leakedSizes.has(price.vmSize))));
    found.push(...checkSavingsRatios(group));
  }
  return found;
}

interface PerVcpuRow {
  readonly price: CheckedPrice;
  readonly perVcpu: number;
}

/** Sizes of one family and one memory-to-core ratio cost the same per core. */
function likeness(size: VmSize | undefined): string {
  return size === undefined ? "" : `${size.family} ${Math.round(size.memoryGiB / coresOf(size))}`;
}

/** The price of a constrained-core size follows its full core count. */
function coresOf(size: VmSize | undefined): number {
  return size?.constrainedCoreBase ?? size?.vcpu ?? 1;
}

function checkOnePrice(price: CheckedPrice): readonly CheckResult[] {
  const result = (check: CheckName, message: string): CheckResult => ({
    check,
    severity: "error",
    ...nameOf(price),
    message,
  });
  if (!(price.payAsYouGo > 0)) return [result("zero-price", `pay as you go is ${price.payAsYouGo}`)];
  if (price.spot !== undefined && price.spot > price.payAsYouGo) {
    return [result("spot-above-pay-as-you-go", `spot ${price.spot} above pay as you go ${price.payAsYouGo}`)];
  }
  return [];
}

function checkWindowsSteps(family: string, rows: readonly PerVcpuRow[]): readonly CheckResult[] {
  const rule = WINDOWS_STEPS.find((each) => each.family.test(family));
  if (rule === undefined) return [];
  const lowest = Math.min(...rows.map((row) => row.perVcpu));
  return rows
    .filter(({ perVcpu }) => Math.abs(perVcpu - lowest - rule.step) <= rule.tolerance)
    .map(({ price, perVcpu }) => ({
      check: "windows-price" as const,
      severity: "error" as const,
      ...nameOf(price),
      message: `${perVcpu.toFixed(4)} per vCPU is the ${rule.step} of Windows above the lowest of its family, ${lowest.toFixed(4)}`,
    }));
}

function checkPerVcpu(rows: readonly PerVcpuRow[]): readonly CheckResult[] {
  const checked = rows.filter(({ price }) => !PER_VCPU_EXCEPTIONS.test(price.vmSize));
  const middle = median(checked.map((row) => row.perVcpu));
  return checked
    .filter(({ perVcpu }) => Math.abs(perVcpu / middle - 1) > PRICE_PER_VCPU_TOLERANCE)
    .map(({ price, perVcpu }) => ({
      check: "price-per-vcpu" as const,
      severity: "review" as const,
      ...nameOf(price),
      message: `${perVcpu.toFixed(4)} per vCPU against ${middle.toFixed(4)} in its family`,
    }));
}

function checkSavingsRatios(group: readonly CheckedPrice[]): readonly CheckResult[] {
  const ratios = group.flatMap((price) =>
    price.savingsPlan1y === undefined ? [] : [{ price, ratio: price.savingsPlan1y / price.payAsYouGo }],
  );
  const middle = median(ratios.map((each) => each.ratio));
  return ratios
    .filter(({ ratio }) => Math.abs(ratio - middle) > SAVINGS_RATIO_TOLERANCE)
    .map(({ price, ratio }) => ({
      check: "savings-plan-ratio" as const,
      severity: "review" as const,
      ...nameOf(price),
      message: `savings-plan ratio ${ratio.toFixed(3)} against ${middle.toFixed(3)} in its family`,
    }));
}

/** Reservations must be cheaper than pay as you go, and three years cheaper an hour than one. */
export function checkReservations(reservations: readonly CheckedReservation[]): readonly CheckResult[] {
  return reservations.flatMap((row) => {
    const oneYear = row.total1y === undefined ? undefined : row.total1y / 8_760;
    const threeYears = row.total3y === undefined ? undefined : row.total3y / 26_280;
    const found: CheckResult[] = [];
    for (const [term, hourly] of [
      ["1-year", oneYear],
      ["3-year", threeYears],
    ] as const) {
      if (hourly === undefined || (hourly > 0 && hourly < row.payAsYouGo)) continue;
      const message = `${term} reservation ${hourly.toFixed(4)} per hour, pay as you go ${row.payAsYouGo}`;
      found.push({ check: "reservation-above-pay-as-you-go", severity: "error", ...nameOf(row), message });
    }
    if (oneYear !== undefined && threeYears !== undefined && threeYears >= oneYear) {
      const message = `3 years at ${threeYears.toFixed(4)} per hour, 1 year at ${oneYear.toFixed(4)}`;
      found.push({ check: "three-years-above-one", severity: "error", ...nameOf(row), message });
    }
    return found;
  });
}

/** Prices that moved by more than a quarter against the layer before, in either direction. */
export function checkChanges(
  prices: readonly CheckedPrice[],
  before: (region: string, vmSize: string) => number | undefined,
): readonly CheckResult[] {
  return prices.flatMap((price) => {
    const earlier = before(price.region, price.vmSize);
    if (earlier === undefined || Math.abs(price.payAsYouGo / earlier - 1) <= REVIEWED_CHANGE) return [];
    const message = `${earlier} before, ${price.payAsYouGo} now`;
    return [{ check: "changed-since-last-layer" as const, severity: "review" as const, ...nameOf(price), message }];
  });
}

/** Memory must be positive, and the number in the name must be the core count that the price follows. */
export function checkSizes(sizes: readonly VmSize[]): readonly CheckResult[] {
  return sizes.flatMap((size) => {
    const row = { region: "", vmSize: size.name };
    const found: CheckResult[] = [];
    if (!(size.memoryGiB > 0)) {
      found.push({
        check: "size-without-memory",
        severity: "error",
        ...row,
        message: `memory is ${size.memoryGiB} GiB`,
      });
    }
    const written = /^Standard_[A-Z]+(\d+)(?:-(\d+))?/.exec(size.name);
    const full = size.constrainedCoreBase ?? size.vcpu;
    const disagrees =
      written !== null &&
      numbersCores(size.name) &&
      (Number(written[1]) !== full || Number(written[2] ?? size.vcpu) !== size.vcpu);
    if (disagrees) {
      found.push({ check: "vcpu-against-name", severity: "error", ...row, message: `${size.vcpu} vCPU of ${full}` });
    }
    return found;
  });
}

/** Old series number their sizes by rank, not by cores. */
function numbersCores(name: string): boolean {
  return !/^Standard_(A|DS?\d+(-\d+)?(_v2)?$|DS?\d+_v2_|GS?\d|H\d|F\d+(s)?$|NC\d+r?s?(_v2|_v3)?$|ND\d+r?s$|NV\d+s?(_v2)?$)/.test(
    name,
  );
}

function nameOf(row: { readonly region: string; readonly vmSize: string }): { region: string; vmSize: string } {
  return { region: row.region, vmSize: row.vmSize };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
