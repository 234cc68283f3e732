import { drawOf } from "../kernel/draws.ts";
import type { Fault, Mishaps, Scenario } from "./scenario.ts";

/** One operation that a client is going to do. */
export interface PlannedOperation {
  /** Fixed for good: it names the stream of random numbers that the operation draws from. */
  readonly id: number;
  readonly client: number;
  /** Not before this microsecond, nor before the client's previous one has ended. */
  readonly notBefore: number;
  readonly kind: "read" | "change";
  readonly key: number;
  /** Region that the client comes in through. */
  readonly region: number;
  /** Item of a cart, amount of a transfer. */
  readonly detail: number;
}

/** What a run plays: shrinking removes from it, the rest stays as it was. */
export interface RunPlan {
  readonly seed: number;
  readonly operations: readonly PlannedOperation[];
  readonly faults: readonly Fault[];
  readonly mishaps: Mishaps;
}

/** Operations of all clients, as the seed has them. */
export function planRun(scenario: Scenario, seed: number): RunPlan {
  const { workload } = scenario;
  const operations: PlannedOperation[] = [];
  for (let client = 0; client < workload.clients; client++) planClient(scenario, seed, client, operations);
  return { seed, operations, faults: scenario.faults, mishaps: scenario.mishaps };
}

function planClient(
  { workload, movement, regions }: Scenario,
  seed: number,
  client: number,
  operations: PlannedOperation[],
): void {
  let region = client % regions.length;
  let notBefore = 0;
  for (let step = 0; step < workload.operationsPerClient; step++) {
    const id = client * workload.operationsPerClient + step;
    const draw = (position: number) => drawOf(seed, id, planDraws + position);
    notBefore += Math.max(1, Math.round(-Math.log(draw(0)) * workload.thinkSeconds * 1e6));
    const moves = regions.length > 1 && draw(1) < movement.moveShare;
    if (moves) region = (region + 1 + Math.floor(draw(2) * (regions.length - 1))) % regions.length;
    operations.push({
      id,
      client,
      notBefore,
      kind: draw(3) < workload.readShare ? "read" : "change",
      key: Math.floor(draw(4) * workload.keys),
      region,
      detail: Math.floor(draw(5) * cartItems),
    });
  }
}

/** Draws of planning are apart from those of the run itself. */
const planDraws = 1 << 20;
/** Items that fit into one cart. */
const cartItems = 30;
