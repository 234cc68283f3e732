import type { SavingKind } from "../../../estate/assumptions/saving-rules.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { Place } from "../../../estate/sources/place.ts";
import type { SavedEstate } from "./saved-estate.ts";
import type { Realisation } from "./savings-report.ts";

/** What measures change. */
export interface SavingState {
  readonly estate: Estate;
  /** Clusters that a measure stops outside the hours of their environments. */
  readonly stopped: ReadonlySet<string>;
}

/** A measure before it is priced; it can be taken on any estate that other measures leave. */
export interface SavingCandidate {
  readonly id: string;
  readonly kind: SavingKind;
  readonly because: string;
  readonly caveat?: string | undefined;
  readonly place?: Place | undefined;
  /** As an order, with the figures that came of it. */
  readonly what: (after: SavedEstate) => string;
  readonly realise: (after: SavedEstate) => Realisation;
  /** Undefined where there is nothing left to change. */
  readonly take: (state: SavingState) => SavingState | undefined;
}

/** The candidate changes the estate alone. */
export function onEstate(change: (estate: Estate) => Estate | undefined): SavingCandidate["take"] {
  return (state) => {
    const estate = change(state.estate);
    return estate === undefined ? undefined : { ...state, estate };
  };
}

export function document(change: string): Realisation {
  return { kind: "document", change };
}
