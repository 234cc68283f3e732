import type { UsageProblems } from "./usage-problems.ts";
import type { UsageTargets } from "./usage-targets.ts";

/** A workload on a pool. */
interface Place {
  readonly pool: number;
  readonly target: number;
  /** Of the workload's pods. */
  readonly share: number;
}

/** Mean charges by place; CPU in millicores, memory in bytes. */
export interface Charges {
  readonly places: readonly Place[];
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
}

/** Sums of charges, step by step, in flat arrays. */
export interface ChargeTable {
  readonly addPod: (target: number, cpu: number, memory: number) => void;
  readonly addWorkload: (target: number, cpu: number, memory: number) => void;
  /** The most that a sample can have used: what a node has for a pod, what all nodes have for a workload. */
  readonly mostCpu: (target: number, whole: boolean) => number;
  readonly mostMemory: (target: number, whole: boolean) => number;
  readonly closeStep: () => void;
  readonly mean: (steps: number) => Charges;
}

/** One resource of every workload and pool. */
interface Ledger {
  readonly request: Float64Array;
  readonly podsRequest: Float64Array;
  readonly excess: Float64Array;
  /** What a place was charged above its requests, over all steps; negative where it was scaled down. */
  readonly above: Float64Array;
  readonly free: Float64Array;
  readonly workloadsRequest: Float64Array;
}

export function chargeTable(targets: UsageTargets, problems: UsageProblems): ChargeTable {
  const { pools, workloads } = targets;
  const pods = workloads.map((target) => target.pools.reduce((sum, each) => sum + each.pods, 0));
  const places = workloads.flatMap((target, index) =>
    target.pools.map((each): Place => ({ pool: each.pool, target: index, share: each.pods / (pods[index] ?? 1) })),
  );
  const placesOfTarget = groupIndexes(places, ({ target }) => target, workloads.length);
  const placesOfPool = groupIndexes(places, ({ pool }) => pool, pools.length);
  const cpu = createLedger(targets, pods, places, "cpuMillicores");
  const memory = createLedger(targets, pods, places, "memoryBytes");
  const sampled = new Uint32Array(workloads.length);
  const touched: number[] = [];
  const isTouched = new Uint8Array(workloads.length);
  const most = (resource: "cpuMillicores" | "memoryBytes", target: number, whole: boolean) =>
    Math.max(
      0,
      ...(workloads[target]?.pools ?? []).map(({ pool }) => pools[pool]?.[whole ? "total" : "node"][resource] ?? 0),
    );
  const limits = [false, true].map((whole) => ({
    cpu: workloads.map((_, target) => most("cpuMillicores", target, whole)),
    memory: workloads.map((_, target) => most("memoryBytes", target, whole)),
  }));

  function touch(target: number): void {
    if (isTouched[target] === 1) return;
    isTouched[target] = 1;
    touched.push(target);
  }

  function closeLedger(ledger: Ledger): void {
    const onPool = new Float64Array(pools.length);
    const extraOf = (target: number) => {
      const more = Math.max(0, (sampled[target] ?? 0) - (pods[target] ?? 0));
      return (ledger.excess[target] ?? 0) + more * (ledger.request[target] ?? 0);
    };
    for (const target of touched) {
      const extra = extraOf(target);
      for (const place of placesOfTarget[target] ?? []) {
        const { pool, share } = places[place] as Place;
        onPool[pool] = (onPool[pool] ?? 0) + extra * share;
        ledger.above[place] = (ledger.above[place] ?? 0) + extra * share;
      }
    }
    for (const [pool, extra] of onPool.entries()) {
      const asked = (ledger.workloadsRequest[pool] ?? 0) + extra;
      const free = ledger.free[pool] ?? 0;
      if (extra === 0 || asked <= free) continue;
      const cut = 1 - free / asked;
      problems.scaledDown(pools[pool]?.key ?? "", ledger === cpu ? "CPU" : "memory");
      for (const place of placesOfPool[pool] ?? []) {
        const { target, share } = places[place] as Place;
        const charged = ((ledger.podsRequest[target] ?? 0) + (isTouched[target] === 1 ? extraOf(target) : 0)) * share;
        ledger.above[place] = (ledger.above[place] ?? 0) - charged * cut;
      }
    }
  }

  return {
    addPod: (target, cpuUsed, memoryUsed) => {
      touch(target);
      sampled[target] = (sampled[target] ?? 0) + 1;
      cpu.excess[target] = (cpu.excess[target] ?? 0) + Math.max(0, cpuUsed - (cpu.request[target] ?? 0));
      memory.excess[target] = (memory.excess[target] ?? 0) + Math.max(0, memoryUsed - (memory.request[target] ?? 0));
    },
    addWorkload: (target, cpuUsed, memoryUsed) => {
      touch(target);
      cpu.excess[target] = (cpu.excess[target] ?? 0) + Math.max(0, cpuUsed - (cpu.podsRequest[target] ?? 0));
      memory.excess[target] =
        (memory.excess[target] ?? 0) + Math.max(0, memoryUsed - (memory.podsRequest[target] ?? 0));
    },
    mostCpu: (target, whole) => limits[whole ? 1 : 0]?.cpu[target] ?? 0,
    mostMemory: (target, whole) => limits[whole ? 1 : 0]?.memory[target] ?? 0,
    closeStep: () => {
      closeLedger(cpu);
      closeLedger(memory);
      for (const target of touched) {
        isTouched[target] = 0;
        sampled[target] = 0;
        cpu.excess[target] = 0;
        memory.excess[target] = 0;
      }
      touched.length = 0;
    },
    mean: (steps) => ({ places, cpu: meanOf(cpu, places, steps), memory: meanOf(memory, places, steps) }),
  };
}

function createLedger(
  { pools, workloads }: UsageTargets,
  pods: readonly number[],
  places: readonly Place[],
  resource: "cpuMillicores" | "memoryBytes",
): Ledger {
  const request = Float64Array.from(workloads, (target) => target.request[resource]);
  const podsRequest = request.map((each, index) => each * (pods[index] ?? 0));
  const workloadsRequest = new Float64Array(pools.length);
  for (const { pool, target, share } of places) {
    workloadsRequest[pool] = (workloadsRequest[pool] ?? 0) + (podsRequest[target] ?? 0) * share;
  }
  return {
    request,
    podsRequest,
    excess: new Float64Array(workloads.length),
    above: new Float64Array(places.length),
    free: Float64Array.from(pools, ({ total, fixed }) => total[resource] - fixed[resource]),
    workloadsRequest,
  };
}

function meanOf({ podsRequest, above }: Ledger, places: readonly Place[], steps: number): Float64Array {
  return Float64Array.from(places, ({ target, share }, place) =>
    Math.max(0, (podsRequest[target] ?? 0) * share + (above[place] ?? 0) / steps),
  );
}

function groupIndexes<Item>(
  items: readonly Item[],
  groupOf: (item: Item) => number,
  groups: number,
): readonly (readonly number[])[] {
  const grouped: number[][] = Array.from({ length: groups }, () => []);
  for (const [index, item] of items.entries()) grouped[groupOf(item)]?.push(index);
  return grouped;
}
