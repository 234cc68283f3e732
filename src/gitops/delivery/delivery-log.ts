import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { factNotKnown } from "../../estate/diagnostics/gitops-diagnostics.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { DeliveryInputs } from "./delivery-inputs.ts";
import type { EstateIndex } from "./estate-index.ts";
import type { DeliveryPlace } from "./place.ts";
import type { UnitDrafts } from "./unit-drafts.ts";

/** What is assumed and what is wrong, while units are gathered. */
export interface DeliveryLog {
  /** By rule and subject: each is told once. */
  readonly assumptions: Map<string, Assumption>;
  readonly diagnostics: Diagnostic[];
  /** What is known only once the infrastructure stands, by what it is. */
  readonly missingFacts: Map<string, MissingFact>;
}

interface MissingFact {
  readonly what: string;
  readonly leftOut: string;
  readonly place: Place | undefined;
  readonly clusters: Set<string>;
}

/** One place while its objects are gathered. */
export interface PlaceTask {
  readonly index: EstateIndex;
  readonly place: DeliveryPlace;
  readonly drafts: UnitDrafts;
  readonly inputs: DeliveryInputs;
  readonly log: DeliveryLog;
}

/** Notes a fact that a cluster does not have yet; each is told once, with all its clusters. */
export function missFact(
  { log, place }: PlaceTask,
  what: string,
  leftOut: string,
  declaredAt: Place | undefined,
): void {
  const fact = entryOf(log.missingFacts, what, () => ({
    what,
    leftOut,
    place: declaredAt,
    clusters: new Set<string>(),
  }));
  fact.clusters.add(place.cluster.name);
}

export function missingFactDiagnostics({ missingFacts }: DeliveryLog): readonly Diagnostic[] {
  return [...missingFacts.values()].map(({ what, leftOut, place, clusters }) =>
    diagnose(factNotKnown, { what, leftOut, clusters: [...clusters].sort() }, { place }),
  );
}

export function assumed({ assumptions }: DeliveryLog, assumption: Assumption): void {
  assumptions.set(`${assumption.id} ${assumption.subject}`, assumption);
}
