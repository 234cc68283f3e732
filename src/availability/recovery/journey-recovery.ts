import { exactFigure, type Figure, likelyValue, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Application, Journey } from "../../estate/model/application.ts";
import type { DataStore } from "../../estate/model/service.ts";
import type { CutSet } from "../event-report.ts";
import type { BasicEvent, EventCategory } from "../from-estate/event-book.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import type { JourneyScope } from "../from-estate/serving-failure.ts";
import type { DataLoss } from "./data-loss.ts";
import { dataLoss } from "./data-loss.ts";
import type { FailureScope, ScopeRecovery } from "./recovery-report.ts";

const scopes: readonly { readonly scope: FailureScope; readonly category: EventCategory; readonly one: string }[] = [
  { scope: "pod", category: "pod", one: "one pod" },
  { scope: "node", category: "node", one: "one node" },
  { scope: "zone", category: "zone", one: "one zone" },
  { scope: "region", category: "region", one: "one region" },
];

/** A cut set of one failure with its events, failures before conditions. */
interface SingleFailure {
  readonly events: readonly BasicEvent[];
  readonly cutSet: CutSet;
}

/** Everything that the recovery of one journey is read from. */
export interface RecoveryInput {
  readonly model: FaultModel;
  readonly journey: Journey;
  readonly scope: JourneyScope;
  /** Undefined where cut sets could not be listed in full. */
  readonly singles: readonly SingleFailure[] | undefined;
  readonly id: string;
}

/** Recovery time and loss of data by what fails, the worst over the single failures of each scope. */
export function journeyRecovery(input: RecoveryInput): readonly ScopeRecovery[] {
  const application = input.model.applications.get(input.journey.application);
  return scopes.map(({ scope, category, one }) => {
    const rto = recoveryTime(input, category, one);
    const rpo = recoveryPoint(input, application, scope, one);
    const asked = application?.recovery[scope];
    return {
      scope,
      rtoSeconds: rto.figure,
      ...(rto.setBy === undefined ? {} : { rtoSetBy: rto.setBy }),
      rpoSeconds: rpo.figure,
      ...(rpo.setBy === undefined ? {} : { rpoSetBy: rpo.setBy }),
      ...(asked?.rtoSeconds === undefined
        ? {}
        : { rtoObjectiveSeconds: asked.rtoSeconds, rtoMet: isMet(rto.figure, asked.rtoSeconds) }),
      ...(asked?.rpoSeconds === undefined
        ? {}
        : { rpoObjectiveSeconds: asked.rpoSeconds, rpoMet: isMet(rpo.figure, asked.rpoSeconds) }),
    };
  });
}

interface Worst {
  readonly figure: Figure;
  readonly setBy?: string;
}

function recoveryTime(input: RecoveryInput, category: EventCategory, one: string): Worst {
  const { scope, singles, id } = input;
  const figureId = `${id}/recovery/${category}/rto`;
  const label = `time out of service after the loss of ${one}`;
  const missing = singles === undefined ? ["all single points of failure"] : [...scope.missing].sort();
  const worst = (singles ?? [])
    .filter(({ events }) => events[0]?.category === category)
    .map((single) => ({ ...single, hours: outageHours(single.events) }))
    .toSorted((left, right) => right.hours - left.hours || (left.cutSet.words < right.cutSet.words ? -1 : 1))[0];
  const reasons: readonly Reason[] =
    worst === undefined
      ? [{ kind: "formula", text: `no loss of ${one} by itself stops the journey` }]
      : [
          {
            kind: "formula",
            text: "the longest over the single failures of this scope: until what ran is back, or until the repair (mean)",
          },
          ...worst.events.flatMap((event) => event.reasons),
        ];
  const seconds = worst === undefined ? 0 : roundedSeconds(worst.hours);
  const setBy = worst === undefined ? {} : { setBy: worst.cutSet.words };
  if (missing.length === 0) return { figure: exactFigure(figureId, label, "seconds", seconds, reasons), ...setBy };
  return { figure: notEvaluableFigure(figureId, label, "seconds", missing, reasons), ...setBy };
}

/** How long the journey stops: until what failed runs elsewhere, until another region takes over, or until the repair. */
function outageHours(events: readonly BasicEvent[]): number {
  const elsewhere = events.flatMap(({ lastsHours }) => lastsHours ?? []);
  const switched = events.flatMap(({ counted }) => counted?.windowHours ?? []);
  return Math.min(events[0]?.repairHours ?? 0, ...elsewhere, ...switched);
}

function recoveryPoint(
  { model, journey, scope, id }: RecoveryInput,
  application: Application | undefined,
  failed: FailureScope,
  one: string,
): Worst {
  const figureId = `${id}/recovery/${failed}/rpo`;
  const label = `span of writes that may be lost with ${one}`;
  const failsOver = application !== undefined && application.regions.mode !== "single";
  const losses = [...scope.stores.values()]
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map((store) => ({ store, loss: dataLoss(model, store, holderOf(scope, store), failed, failsOver) }));
  const unknown = losses.flatMap(({ loss }) => (loss.kind === "unknown" ? [loss.missing] : []));
  const missing = [...scope.missing, ...unknown].sort();
  const known = losses.flatMap(({ store, loss }) => (loss.kind === "seconds" ? [{ store, loss }] : []));
  const worst = known.toSorted((left, right) => right.loss.seconds - left.loss.seconds)[0];
  const reasons: readonly Reason[] =
    worst === undefined && missing.length === 0
      ? [{ kind: "formula", text: `${journey.name} needs no store that the estate declares` }]
      : [
          { kind: "formula", text: "the longest over the stores that the journey needs" },
          ...known.map(({ store, loss }): Reason => ({ kind: "figure", figure: lossFigure(figureId, store, loss) })),
        ];
  const setBy = worst === undefined || worst.loss.seconds <= 0 ? {} : { setBy: `DataStore/${worst.store.name}` };
  if (missing.length > 0) return { figure: notEvaluableFigure(figureId, label, "seconds", missing, reasons), ...setBy };
  return { figure: exactFigure(figureId, label, "seconds", worst?.loss.seconds ?? 0, reasons), ...setBy };
}

/** The replicas that hold a store, by the reference `namespace/Kind/name`. */
function holderOf({ groups }: JourneyScope, { workload }: DataStore): ReplicaGroup | undefined {
  if (workload === undefined) return undefined;
  return [...groups.values()].find(({ id }) => id.endsWith(`/${workload}`));
}

function lossFigure(id: string, store: DataStore, loss: Extract<DataLoss, { kind: "seconds" }>): Figure {
  const label = `span of writes that DataStore/${store.name} may lose`;
  return exactFigure(`${id}/${store.name}`, label, "seconds", loss.seconds, loss.reasons);
}

function isMet(figure: Figure, objectiveSeconds: number): boolean | "notEvaluable" {
  const seconds = likelyValue(figure);
  return seconds === undefined ? "notEvaluable" : seconds <= objectiveSeconds;
}

/** To the millisecond: hours are sums of fractions. */
function roundedSeconds(hours: number): number {
  return Math.round(hours * 3_600_000) / 1000;
}
