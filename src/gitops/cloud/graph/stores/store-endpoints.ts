import type { Placed } from "../graph-draft.ts";
import { addPrivateEndpoint } from "../network-resources.ts";
import type { StoreTask } from "./store-task.ts";

/** A private endpoint in the network of every cluster that the store's application runs on. */
export function addStoreEndpoints(
  { context, store, part, clusters }: StoreTask,
  target: {
    readonly resource: Placed;
    readonly group: string;
    readonly zone: string;
    readonly words?: readonly string[];
  },
): void {
  const networks = new Map(clusters.map(({ network }) => [network.plan.name, network]));
  for (const network of networks.values()) {
    addPrivateEndpoint(context, network, part, { ...target, words: [store.name, ...(target.words ?? [])] });
  }
}

/** How far back operators can go: what the store has to recover from their errors, within what the service keeps. */
export function backupDays({ store }: StoreTask, shortest: number, longest: number): number {
  const seconds = store.recovery["operatorError"]?.rpoSeconds;
  const years = (store.spec["retention"] as { readonly years?: number } | undefined)?.years ?? 0;
  const wanted = seconds === undefined && years === 0 ? shortest : longest;
  return Math.min(longest, Math.max(shortest, wanted));
}
