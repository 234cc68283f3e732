import type { Decimal } from "decimal.js";
import type { Place } from "../../estate/sources/place.ts";

/**
 * Where an item stands. `serial`: needed in every region; `parallel`: any one of its group is enough, in every region;
 * `shared`: once for all regions.
 */
export type WorksheetStructure =
  | { readonly kind: "serial" }
  | { readonly kind: "parallel"; readonly group: string }
  | { readonly kind: "shared" };

export interface WorksheetItem {
  readonly name: string;
  /** Share of time that it is up. */
  readonly availability: Decimal;
  readonly structure: WorksheetStructure;
  /** Like items, of which one is enough where there are several. */
  readonly count: number;
  readonly place: Place;
}

/** What a published figure is of. */
export type ResultScope = "total" | "region";

/** A figure that the worksheet publishes. */
export interface PublishedResult {
  readonly name: string;
  readonly scope: ResultScope;
  readonly availability: Decimal;
  /** As written. */
  readonly text: string;
  /** Digits after the point, of the share of time: 99.95 % has 4. */
  readonly digits: number;
  readonly place: Place;
}

export interface Worksheet {
  readonly items: readonly WorksheetItem[];
  readonly results: readonly PublishedResult[];
  readonly regions: number;
}
