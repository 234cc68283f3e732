import type { Place } from "../estate/sources/place.ts";

/** A minimal set of events that together take something down. */
export interface CutSet {
  /** Basic event ids, see `BasicEvent.id` of the report. */
  readonly events: readonly string[];
  /** Product of the events' unavailabilities. */
  readonly unavailability: number;
  /** The same in words, with places. */
  readonly words: string;
}

/** A basic event of the fault tree, with its importance for one top event. */
export interface EventImportance {
  readonly event: string;
  readonly label: string;
  /** `region`, `zone`, `node`, `pod`, `controlPlane`, `service`, `deploy`, `external`, … */
  readonly category: string;
  readonly unavailability: number;
  /** dP/dq. */
  readonly birnbaum: number;
  /** Share of the unavailability that goes if the event never happens. */
  readonly share: number;
  readonly place?: Place;
}
