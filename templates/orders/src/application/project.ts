import { setTimeout as sleep } from "node:timers/promises";
import type { Projections } from "../ports/projections.ts";

const batchSize = 500;

/** Keeps the read models up to date until the signal says stop. */
export async function runProjector(
  projections: Projections,
  idleMilliseconds: number,
  onError: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const applied = await projections.catchUp(batchSize).catch((error: unknown) => {
      onError(error);
      return 0;
    });
    if (applied < batchSize) await sleep(idleMilliseconds, undefined, { signal }).catch(() => {});
  }
}
