import type { Decimal } from "decimal.js";
import { type CheckedResult, checkWorksheet } from "../../availability/worksheet/check-worksheet.ts";
import { readWorksheet } from "../../availability/worksheet/read-worksheet.ts";
import type { ResultScope, Worksheet } from "../../availability/worksheet/worksheet.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Place } from "../../estate/sources/place.ts";

/** A computation that is not what the worksheet says. */
interface SheetVariant {
  readonly what: string;
  /** Percentage as exact decimal text. */
  readonly percent: string;
  readonly reproduces: boolean;
}

export interface SheetResult {
  readonly name: string;
  readonly scope: ResultScope;
  readonly published: string;
  /** Percentage as decimal text, to twelve digits behind the point. */
  readonly computed: string;
  /** The same at the rounding of the published figure. */
  readonly rounded: string;
  readonly verdict: CheckedResult["verdict"];
  readonly variants: readonly SheetVariant[];
  readonly place: Place;
}

/** A composite-SLA worksheet, recomputed. */
export interface CompositeSheet {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CompositeSheet";
  readonly source: string;
  /** False where something could not be read, so that nothing was computed. */
  readonly evaluable: boolean;
  readonly regions: number;
  readonly items: readonly {
    readonly name: string;
    readonly percent: string;
    /** `serial`, `shared`, `parallel GROUP`. */
    readonly structure: string;
    readonly count: number;
  }[];
  /** Percentages: shared items together, one region, the whole. */
  readonly parts?: { readonly shared: string; readonly region: string; readonly total: string };
  /** Down in an SLA month of 30 days (43,200 minutes), by the recomputed whole. */
  readonly downtimeMinutesPerMonth?: number;
  readonly results: readonly SheetResult[];
  readonly remarks: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const minutesPerSlaMonth = 43_200;
/** Digits behind the point of a percentage. */
const percentDigits = 12;

/** Reads a worksheet, recomputes it in decimals, and proves or refutes what it publishes. */
export function compositeSheet(source: string, text: string): CompositeSheet {
  const { worksheet, diagnostics } = readWorksheet(source, text);
  const head = { apiVersion: "scantling/v1alpha1", kind: "CompositeSheet", source } as const;
  if (worksheet === undefined) {
    return { ...head, evaluable: false, regions: 1, items: [], results: [], remarks: [], diagnostics };
  }
  const { parts, results, remarks } = checkWorksheet(worksheet);
  return {
    ...head,
    evaluable: true,
    regions: worksheet.regions,
    items: itemsOf(worksheet),
    parts: { shared: percentOf(parts.shared), region: percentOf(parts.region), total: percentOf(parts.total) },
    downtimeMinutesPerMonth: parts.total.neg().plus(1).times(minutesPerSlaMonth).toNumber(),
    results: results.map(resultOf),
    remarks,
    diagnostics,
  };
}

function itemsOf({ items }: Worksheet): CompositeSheet["items"] {
  return items.map(({ name, availability, structure, count }) => ({
    name,
    percent: percentOf(availability),
    structure: structure.kind === "parallel" ? `parallel ${structure.group}` : structure.kind,
    count,
  }));
}

function resultOf({ published, computed, verdict, variants }: CheckedResult): SheetResult {
  return {
    name: published.name,
    scope: published.scope,
    published: published.text,
    computed: percentOf(computed),
    rounded: computed
      .toDecimalPlaces(published.digits)
      .times(100)
      .toFixed(Math.max(0, published.digits - 2)),
    verdict,
    variants: variants.map(({ what, availability, reproduces }) => ({
      what,
      percent: percentOf(availability),
      reproduces,
    })),
    place: published.place,
  };
}

function percentOf(availability: Decimal): string {
  return availability.times(100).toDecimalPlaces(percentDigits).toFixed();
}
