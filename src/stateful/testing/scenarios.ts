import type { Scenario, StoreModel, WorkloadPlan } from "../simulation/scenario/scenario.ts";

/** Two regions 22 ms apart, a counter with six clients; what a test cares about is given. */
export function scenarioWith(
  store: StoreModel,
  {
    workload,
    regions = ["westeurope", "northeurope"],
    ...rest
  }: Partial<Omit<Scenario, "workload">> & { readonly workload?: Partial<WorkloadPlan> } = {},
): Scenario {
  return {
    store,
    regions,
    links: regions.flatMap((from) =>
      regions.map((to) => ({
        kind: "exponential" as const,
        floor: from === to ? 0.3 : 11,
        mean: from === to ? 0.3 : 2,
      })),
    ),
    clockSkewSeconds: regions.map(() => 0),
    movement: { moveShare: 0, keepsToken: true },
    mishaps: { loss: 0, duplicate: 0, reorder: 0, crash: 0 },
    faults: [],
    timers: { requestSeconds: 1, detectionSeconds: 0.5, replicationLagSeconds: 0.02 },
    ...rest,
    workload: {
      kind: "counter",
      keys: 2,
      clients: 6,
      operationsPerClient: 20,
      readShare: 0.5,
      thinkSeconds: 0.05,
      initialValue: 0,
      expectedVersion: false,
      idempotent: false,
      durable: false,
      ...workload,
    },
  };
}

export function cosmos(level: Extract<StoreModel, { kind: "cosmos" }>["level"], multiWrite = false): StoreModel {
  return { kind: "cosmos", level, multiWrite, bound: { versions: 5, seconds: 5 } };
}
