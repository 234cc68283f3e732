import { Decimal } from "decimal.js";
import { type CompositeParts, compositeAvailability, type Deviation, partOf } from "./composite-availability.ts";
import type { PublishedResult, Worksheet } from "./worksheet.ts";

/** A computation that differs from what the worksheet says, and what it gives. */
interface WorksheetVariant {
  /** What is done otherwise, as a sentence. */
  readonly what: string;
  readonly availability: Decimal;
  /** True when it gives the published figure at the published rounding. */
  readonly reproduces: boolean;
}

export interface CheckedResult {
  readonly published: PublishedResult;
  readonly computed: Decimal;
  /** `truncated`: only where digits are cut off in the place of rounding. */
  readonly verdict: "reproduced" | "truncated" | "notReproduced";
  /** Of a figure that is not reproduced: variants that reproduce it, the simplest first, else the nearest one. */
  readonly variants: readonly WorksheetVariant[];
}

export interface CheckedWorksheet {
  readonly parts: CompositeParts;
  readonly results: readonly CheckedResult[];
  /** What the worksheet leaves out or takes for something else, whatever its arithmetic. */
  readonly remarks: readonly string[];
}

const mostVariants = 3;
/** Pairs of deviations that are tried where no single one reproduces a figure. */
const mostPairs = 4_000;

/** Recomputes a worksheet, and says of each published figure whether it is right, or how it may have come about. */
export function checkWorksheet(worksheet: Worksheet): CheckedWorksheet {
  const parts = compositeAvailability(worksheet);
  return {
    parts,
    results: worksheet.results.map((published) => checkResult(worksheet, parts, published)),
    remarks: remarksOn(worksheet),
  };
}

function checkResult(worksheet: Worksheet, parts: CompositeParts, published: PublishedResult): CheckedResult {
  const computed = partOf(parts, published.scope);
  const verdict = reproduces(computed, published, Decimal.ROUND_HALF_UP)
    ? "reproduced"
    : reproduces(computed, published, Decimal.ROUND_DOWN)
      ? "truncated"
      : "notReproduced";
  const variants = verdict === "notReproduced" ? variantsOf(worksheet, published) : [];
  return { published, computed, verdict, variants };
}

function reproduces(value: Decimal, { availability, digits }: PublishedResult, rounding: Decimal.Rounding): boolean {
  return value.toDecimalPlaces(digits, rounding).eq(availability);
}

interface NamedDeviation {
  readonly what: string;
  readonly deviation: Deviation;
}

function variantsOf(worksheet: Worksheet, published: PublishedResult): readonly WorksheetVariant[] {
  const single = deviationsOf(worksheet, published).map((each) => variantOf(worksheet, published, each));
  const naive = naiveVariants(worksheet, published);
  const found = [...single, ...naive].filter((each) => each.reproduces);
  if (found.length > 0) return found.slice(0, mostVariants);
  const paired = pairsOf(deviationsOf(worksheet, published)).map((each) => variantOf(worksheet, published, each));
  const both = paired.filter((each) => each.reproduces);
  if (both.length > 0) return both.slice(0, mostVariants);
  const distance = ({ availability }: WorksheetVariant) => availability.minus(published.availability).abs();
  return [...single, ...naive].toSorted((left, right) => distance(left).cmp(distance(right))).slice(0, 1);
}

function variantOf(worksheet: Worksheet, published: PublishedResult, { what, deviation }: NamedDeviation) {
  const availability = partOf(compositeAvailability(worksheet, deviation), published.scope);
  return { what, availability, reproduces: reproduces(availability, published, Decimal.ROUND_HALF_UP) };
}

/** Mistakes that published worksheets are known for, the usual ones first. */
function deviationsOf({ items, regions }: Worksheet, { digits }: PublishedResult): readonly NamedDeviation[] {
  const has = (kind: string) => items.some(({ structure }) => structure.kind === kind);
  const serial = items.filter(({ structure }) => structure.kind === "serial");
  const named = (index: number) => `${items[index]?.name ?? ""}`;
  const each = (make: (index: number) => NamedDeviation) => items.map((_, index) => make(index));
  return [
    ...(has("shared")
      ? ([
          {
            what: "shared items are counted twice, inside each region and again for all",
            deviation: { shared: "both" },
          },
          {
            what: "shared items are counted inside each region, as if each had its own",
            deviation: { shared: "inside" },
          },
        ] as const)
      : []),
    ...each((index) => ({
      what: `${named(index)} is used once more than it is listed`,
      deviation: { usedTwice: index },
    })),
    ...(serial.length > 1
      ? [
          {
            what: "items in series go through the formula of parallel ones, as if any of them were enough",
            deviation: { serialInParallel: true } as const,
          },
        ]
      : []),
    ...(has("parallel")
      ? [
          {
            what: "parallel items are multiplied, as if all were needed",
            deviation: { parallelInSeries: true } as const,
          },
        ]
      : []),
    ...each((index) => ({ what: `${named(index)} is left out`, deviation: { leftOut: index } })),
    ...(regions > 1
      ? [{ what: "only one region is counted", deviation: { regions: 1 } }]
      : [{ what: "two regions are counted in the place of one", deviation: { regions: 2 } }]),
    ...(regions > 1 ? [{ what: `${regions + 1} regions are counted`, deviation: { regions: regions + 1 } }] : []),
    { what: "the region's availability is rounded before it goes on", deviation: { roundedRegionDigits: digits } },
  ];
}

/** Two deviations at once; of two of a kind the later would hide the earlier. */
function pairsOf(single: readonly NamedDeviation[]): readonly NamedDeviation[] {
  const pairs: NamedDeviation[] = [];
  for (const [index, first] of single.entries()) {
    for (const second of single.slice(index + 1)) {
      const keys = Object.keys(first.deviation);
      if (Object.keys(second.deviation).some((key) => keys.includes(key))) continue;
      if (pairs.length >= mostPairs) return pairs;
      pairs.push({ what: `${first.what}, and ${second.what}`, deviation: { ...first.deviation, ...second.deviation } });
    }
  }
  return pairs;
}

/** Shortcuts that are no composition at all. */
function naiveVariants({ items }: Worksheet, published: PublishedResult): readonly WorksheetVariant[] {
  const availabilities = items.map(({ availability }) => availability);
  const [first = new Decimal(1)] = availabilities;
  const lowest = availabilities.reduce((least, each) => (each.lt(least) ? each : least), first);
  const sum = availabilities.reduce((total, each) => total.plus(each), new Decimal(0));
  const mean = sum.div(Math.max(1, availabilities.length));
  const added = new Decimal(1).minus(new Decimal(availabilities.length).minus(sum));
  return [
    { what: "the lowest availability is taken for the whole", availability: lowest },
    { what: "the mean of the availabilities is taken", availability: mean },
    { what: "downtimes are added up, which is nearly a product and never more", availability: added },
  ].map((each) => ({ ...each, reproduces: reproduces(each.availability, published, Decimal.ROUND_HALF_UP) }));
}

const controlPlane = /\baks\b|kubernetes|control plane|api server/i;
const router = /front ?door|traffic ?manager|dns|router|routing|global load|cdn|failover|switch/i;

function remarksOn({ items, regions }: Worksheet): readonly string[] {
  const cluster = items.find(({ name }) => controlPlane.test(name));
  const shared = items.filter(({ structure }) => structure.kind === "shared");
  const routed = shared.some(({ name }) => router.test(name));
  return [
    ...(cluster === undefined
      ? []
      : [
          `${cluster.name}: the SLA of AKS covers the API server alone, without which running pods go on; the pods stand on their nodes and zones, whose figures belong here.`,
        ]),
    ...(regions > 1 && !routed
      ? [
          `${regions} regions and nothing that leads from one to the other: what routes (Front Door, Traffic Manager, DNS) is a shared item, and the time to fail over counts with every outage of a region.`,
        ]
      : []),
    ...(regions > 1 && routed
      ? ["The time to fail over is not in the formula: it counts with every outage of a region."]
      : []),
    "SLAs say when money is paid back, not how often something fails; and the product takes failures as independent.",
  ];
}
