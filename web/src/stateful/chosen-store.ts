import type { StoreTimelines } from "../../../src/operations/stateful/recovery-timelines-report.ts";
import type { AdvisedStore } from "../../../src/operations/stateful/store-advice-report.ts";
import type { ViewState } from "../view-state/view-state.ts";
import type { StatefulAnswers } from "./stateful-request.ts";
import { worstStanding } from "./stores-on-map.ts";

/** A store that the view can look into: a DataStore by its name, or a workload that keeps data by its id. */
export interface ListedStore {
  /** As the address writes it. */
  readonly key: string;
  readonly label: string;
  readonly timelines: StoreTimelines | undefined;
  readonly advice: AdvisedStore | undefined;
  /** Errors of documents that keep it from being judged; empty where there is nothing to judge or it is judged. */
  readonly unjudged: readonly string[];
}

/** DataStores first, then workloads that no DataStore names; what misses an objective stands before what does not. */
export function listStores({
  advice,
  timelines,
}: Pick<StatefulAnswers, "advice" | "timelines">): readonly ListedStore[] {
  const advised = new Map(advice.stores.map((store) => [store.store, store]));
  const unjudged = new Map(advice.notEvaluable.map(({ store, because }) => [store, because]));
  const listed = timelines.stores.map((store): ListedStore => {
    const name = store.subject.startsWith("DataStore/") ? store.subject.slice("DataStore/".length) : undefined;
    return {
      key: name ?? store.subject,
      label: name ?? store.subject.split("/").slice(1).join("/"),
      timelines: store,
      advice: name === undefined ? undefined : advised.get(name),
      unjudged: unjudged.get(name ?? "") ?? [],
    };
  });
  return listed.toSorted((left, right) => rankOf(left) - rankOf(right) || (left.label < right.label ? -1 : 1));
}

function rankOf({ advice, timelines }: ListedStore): number {
  return (advice === undefined ? 2 : 0) + (worstStanding(timelines?.timelines ?? []) === "no" ? 0 : 1);
}

/** The store that the address names, else the first. */
export function chosenStore(
  stores: readonly ListedStore[],
  { store }: Pick<ViewState, "store">,
): ListedStore | undefined {
  return stores.find(({ key }) => key === store) ?? stores[0];
}
