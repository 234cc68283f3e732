import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { simulatedTraffic } from "../../../estate/assumptions/consistency-rules.ts";
import { simulationNameUnknown } from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import { type Workload, type WorkloadPlan, workloads } from "../../../stateful/simulation/scenario/scenario.ts";
import { type ConsistencyQuestion, subjectOf } from "./consistency-question.ts";

/** What clients do: as asked, or as the entities of the DataStore suggest. */
export function workloadOf({ workload, store }: ConsistencyQuestion, diagnostics: Diagnostic[]): Workload | undefined {
  const found = workload === undefined ? guessedWorkload(store) : workloads.find((each) => each === workload);
  if (found === undefined)
    diagnostics.push(
      diagnose(simulationNameUnknown, { what: "workload", written: workload ?? "", candidates: workloads }),
    );
  return found;
}

/** What an entity is kept to says what is done to it. */
function guessedWorkload(store: DataStore | undefined): Workload {
  if (store === undefined) return "counter";
  const entities = (store.spec["entities"] ?? []) as readonly {
    readonly invariants?: readonly { readonly type: string }[];
    readonly operations?: readonly { readonly type: string }[];
  }[];
  const has = (type: string) =>
    entities.some(({ invariants = [], operations = [] }) =>
      [...invariants, ...operations].some((each) => each.type === type),
    );
  if (has("atLeast")) return "stock";
  if (has("sum")) return "transfer";
  if (has("insert")) return "append";
  return has("assign") ? "cart" : "counter";
}

/** Articles in stock, balance of an account, seats of a saga. */
const initialValues: { readonly [Kind in Workload]?: number } = { stock: 20, transfer: 100, saga: 1000 };

/** How many clients do it, on how many items, how often. */
export function trafficOf(question: ConsistencyQuestion, kind: Workload): WorkloadPlan {
  return {
    kind,
    keys: question.keys ?? 4,
    clients: question.clients ?? 8,
    operationsPerClient: question.operations ?? 25,
    readShare: question.readShare ?? 0.5,
    thinkSeconds: question.thinkSeconds ?? 0.05,
    initialValue: question.initialValue ?? initialValues[kind] ?? 0,
    expectedVersion: question.expectedVersion ?? false,
    idempotent: question.idempotent ?? false,
    durable: question.durable ?? false,
  };
}

/** Says which of the figures of the traffic nobody gave. */
export function assumedTraffic(question: ConsistencyQuestion, plan: WorkloadPlan): readonly Assumption[] {
  const { clients, keys, operations, thinkSeconds, readShare } = question;
  const parts = [
    ...(clients === undefined ? [`${plan.clients} clients`] : []),
    ...(keys === undefined ? [`${plan.keys} items`] : []),
    ...(operations === undefined ? [`${plan.operationsPerClient} operations of each client`] : []),
    ...(thinkSeconds === undefined ? [`${plan.thinkSeconds * 1000} ms apart`] : []),
    ...(readShare === undefined ? [`${plan.readShare * 100} % reads`] : []),
  ];
  return parts.length === 0 ? [] : [assume(simulatedTraffic, subjectOf(question), { traffic: parts.join(", ") })];
}
