import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { DeliveryInputs } from "./delivery-inputs.ts";
import type { EstateIndex } from "./estate-index.ts";
import type { DeliveryPlace } from "./place.ts";
import type { UnitDrafts } from "./unit-drafts.ts";

/** What is assumed and what is wrong, while units are gathered. */
export interface DeliveryLog {
  /** By rule and subject: each is told once. */
  readonly assumptions: Map<string, Assumption>;
  readonly diagnostics: Diagnostic[];
}

/** One place while its objects are gathered. */
export interface PlaceTask {
  readonly index: EstateIndex;
  readonly place: DeliveryPlace;
  readonly drafts: UnitDrafts;
  readonly inputs: DeliveryInputs;
  readonly log: DeliveryLog;
}

export function assumed({ assumptions }: DeliveryLog, assumption: Assumption): void {
  assumptions.set(`${assumption.id} ${assumption.subject}`, assumption);
}
