import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  blueGreenUnjudged,
  factNotKnown,
  rolloutControllerMissing,
  rolloutNotWritten,
} from "../../estate/diagnostics/gitops-diagnostics.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
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
  /** Rollout controllers that clusters lack, by application. */
  readonly missingControllers: Map<string, MissingController>;
  /** What is told of the rollout of a workload; each is told once. */
  readonly rolloutRemarks: Map<string, Diagnostic>;
}

interface MissingController {
  readonly application: Application;
  readonly controller: string;
  readonly clusters: Set<string>;
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

/** Notes that a cluster has not what is to roll an application out. */
export function missController({ log, place }: PlaceTask, application: Application, controller: string): void {
  const clusters = new Set<string>();
  const missing = entryOf(log.missingControllers, application.name, () => ({ application, controller, clusters }));
  missing.clusters.add(place.cluster.name);
}

/** Notes why the rollout of a workload is not written; each reason is told once. */
export function refuseRollout({ log }: PlaceTask, { namespace, kind, name, place }: Workload, reason: string): void {
  const what = `${namespace}/${kind}/${name}`;
  log.rolloutRemarks.set(`${what} ${reason}`, diagnose(rolloutNotWritten, { what, reason }, { place }));
}

/** Notes that Flagger finds no request to judge a new version by before the switch. */
export function missRequests({ log }: PlaceTask, { namespace, kind, name, place }: Workload): void {
  const what = `${namespace}/${kind}/${name}`;
  log.rolloutRemarks.set(`${what} requests`, diagnose(blueGreenUnjudged, { what }, { place }));
}

/** What was noted over all places. */
export function gatheredDiagnostics(log: DeliveryLog): readonly Diagnostic[] {
  return [
    ...[...log.missingFacts.values()].map(({ what, leftOut, place, clusters }) =>
      diagnose(factNotKnown, { what, leftOut, clusters: [...clusters].sort() }, { place }),
    ),
    ...[...log.missingControllers.values()].map(({ application, controller, clusters }) =>
      diagnose(
        rolloutControllerMissing,
        { application: application.name, controller, clusters: [...clusters].sort() },
        { place: application.place },
      ),
    ),
    ...log.rolloutRemarks.values(),
  ];
}

export function assumed({ assumptions }: DeliveryLog, assumption: Assumption): void {
  assumptions.set(`${assumption.id} ${assumption.subject}`, assumption);
}
