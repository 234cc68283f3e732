import type { ReportedTimeline, StoreTimelines } from "../../../src/operations/stateful/recovery-timelines-report.ts";
import type { AdvisedStore } from "../../../src/operations/stateful/store-advice-report.ts";
import type { ObjectiveStanding } from "../../../src/stateful/timelines/objectives.ts";
import type { StatefulAnswers } from "./stateful-request.ts";

/** What the map says of stores: advice by name, timelines by subject. */
export interface StoresOnMap {
  readonly advice: ReadonlyMap<string, AdvisedStore>;
  readonly timelines: ReadonlyMap<string, StoreTimelines>;
  /** Environment whose stores in clusters are timed. */
  readonly environment: string;
}

export function storesOnMap(
  advice: StatefulAnswers["advice"],
  { stores, environment }: StatefulAnswers["timelines"],
): StoresOnMap {
  return {
    advice: new Map(advice.stores.map((store) => [store.store, store])),
    timelines: new Map(stores.map((store) => [store.subject, store])),
    environment,
  };
}

/** How a store stands to all that is declared of its recovery; undefined where nothing is. */
export function worstStanding(timelines: readonly ReportedTimeline[]): ObjectiveStanding | undefined {
  const standings = timelines.flatMap(({ rtoMet, rpoMet }) => [rtoMet, rpoMet].filter((each) => each !== undefined));
  const order: readonly ObjectiveStanding[] = ["no", "notEvaluable", "likely", "yes"];
  return order.find((each) => standings.includes(each));
}

/** Failures of which an objective is missed. */
export function missedScopes(timelines: readonly ReportedTimeline[]): readonly ReportedTimeline[] {
  return timelines.filter(({ rtoMet, rpoMet }) => rtoMet === "no" || rpoMet === "no");
}
