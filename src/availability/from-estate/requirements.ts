import { slaServiceOf } from "../../catalog/service-names.ts";
import { asyncBuffer, tokenLifetime } from "../../estate/assumptions/failure-rules.ts";
import type { Dependency } from "../../estate/dependencies/dependency.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { CloudService, DataStore } from "../../estate/model/service.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { FailureNumber } from "./failure-model.ts";
import type { FaultModel } from "./fault-model.ts";
import { servingMembers } from "./idle-workloads.ts";

/** Something outside the workloads that is needed. */
export type OutsideNeed =
  | { readonly kind: "cloudService"; readonly service: CloudService }
  | { readonly kind: "dataStore"; readonly store: DataStore }
  /** A call to another cluster, which is found by name. */
  | { readonly kind: "nameService" }
  | {
      readonly kind: "host";
      readonly host: string;
      readonly unavailability: number | undefined;
      readonly place: Place | undefined;
    };

/** All that some workloads need to serve: what they depend on, directly or through others. Hours of buffer beside each. */
export interface Requirements {
  readonly workloads: ReadonlyMap<string, number>;
  readonly outside: ReadonlyMap<string, { readonly need: OutsideNeed; readonly bufferHours: number }>;
  /** Stores that are needed, managed or held by a workload, by name. */
  readonly stores: ReadonlyMap<string, DataStore>;
  /** What says how long a buffer lasts, by its hours. */
  readonly bufferReasons: ReadonlyMap<number, Reason>;
  /** Workloads behind one Service, any of which serves. By Service id. */
  readonly alternatives: ReadonlyMap<string, { readonly members: readonly string[]; readonly bufferHours: number }>;
  /** What cannot be followed, in words. */
  readonly missing: readonly string[];
}

/**
 * Follows hard and asynchronous dependencies from the starting workloads; soft ones are left out, tasks too, since
 * nothing waits for them. What is reached by several ways counts with the shortest buffer; the longest buffer on a way
 * is the buffer of that way. Cycles end where they close.
 */
export function findRequirements(model: FaultModel, starts: readonly string[], bufferHours: number): Requirements {
  const search: Search = {
    model,
    workloads: new Map(),
    outside: new Map(),
    stores: new Map(),
    bufferReasons: new Map(),
    alternatives: new Map(),
    missing: new Set(),
    open: [],
  };
  for (const start of starts) reachWorkload(search, start, bufferHours);
  for (let next = search.open.pop(); next !== undefined; next = search.open.pop()) {
    const buffer = search.workloads.get(next) ?? 0;
    for (const dependency of model.dependencies.get(next) ?? []) {
      if (dependency.type === "soft") continue;
      const own = bufferOf(model, dependency);
      if (!search.bufferReasons.has(own.value)) search.bufferReasons.set(own.value, own.reason);
      follow(search, dependency, Math.max(buffer, own.value));
    }
  }
  return { ...search, missing: [...search.missing].sort() };
}

interface Search {
  readonly model: FaultModel;
  readonly workloads: Map<string, number>;
  readonly outside: Map<string, { need: OutsideNeed; bufferHours: number }>;
  readonly stores: Map<string, DataStore>;
  readonly bufferReasons: Map<number, Reason>;
  readonly alternatives: Map<string, { members: readonly string[]; bufferHours: number }>;
  readonly missing: Set<string>;
  readonly open: string[];
}

/** Hours that an outage may last before the caller notices. Who has a token does without the identity service. */
function bufferOf(model: FaultModel, { to, type, bufferMinutes, evidence }: Dependency): FailureNumber {
  const service = to.kind === "cloudService" ? model.cloudServices.get(to.name) : undefined;
  const signsIn = service !== undefined && slaServiceOf(service.service) === "entra-id";
  if (type !== "async" && !signsIn) return { value: 0, reason: { kind: "formula", text: "nothing stands between" } };
  if (bufferMinutes === undefined) return model.failures.number(type === "async" ? asyncBuffer : tokenLifetime);
  const place = evidence[0]?.place;
  const at = place === undefined ? {} : { place };
  const reason: Reason = { kind: "declared", name: "bufferMinutes", value: bufferMinutes, unit: "min", ...at };
  return { value: bufferMinutes / 60, reason };
}

function follow(search: Search, dependency: Dependency, bufferHours: number): void {
  const { model, missing } = search;
  const { to, from } = dependency;
  const caller = model.workloads.get(from)?.label ?? from;
  switch (to.kind) {
    case "workload":
      if (isElsewhere(model, from, to.id)) reachOutside(search, "name service", { kind: "nameService" }, bufferHours);
      reachWorkload(search, to.id, bufferHours);
      return;
    case "service":
      reachService(search, to.id, caller, bufferHours);
      return;
    case "dataStore": {
      const store = model.dataStores.get(to.name);
      if (store === undefined) missing.add(`DataStore/${to.name}, which ${caller} needs`);
      else reachStore(search, store, from, bufferHours);
      return;
    }
    case "cloudService": {
      const service = model.cloudServices.get(to.name);
      if (service === undefined) missing.add(`CloudService/${to.name}, which ${caller} needs`);
      else reachOutside(search, `CloudService/${to.name}`, { kind: "cloudService", service }, bufferHours);
      return;
    }
    case "host":
      reachHost(search, to.host, dependency.unavailability, dependency.evidence[0]?.place, bufferHours);
      return;
    case "dangling":
      missing.add(`what answers to ${to.host}, which ${caller} needs`);
  }
}

function isElsewhere({ workloads }: FaultModel, from: string, to: string): boolean {
  const [caller, called] = [workloads.get(from), workloads.get(to)];
  return caller !== undefined && called !== undefined && caller.cluster !== called.cluster;
}

function reachWorkload({ model, workloads, missing, open }: Search, id: string, bufferHours: number): void {
  const workload = model.workloads.get(id);
  if (workload === undefined) {
    missing.add(`workload ${id}`);
    return;
  }
  if (workload.run === "task") return;
  const known = workloads.get(id);
  if (known !== undefined && known <= bufferHours) return;
  workloads.set(id, bufferHours);
  open.push(id);
}

function reachService(search: Search, id: string, caller: string, bufferHours: number): void {
  const service = search.model.services.get(id);
  if (service === undefined) {
    search.missing.add(`Service ${id}, which ${caller} needs`);
    return;
  }
  if (service.externalName !== undefined) {
    reachHost(search, service.externalName, undefined, service.place, bufferHours);
    return;
  }
  const members = servingMembers(search.model, service.workloads);
  const [first, ...others] = members;
  if (first === undefined) {
    search.missing.add(`a workload behind Service/${service.name}, which ${caller} needs`);
  } else if (others.length === 0) {
    reachWorkload(search, first, bufferHours);
  } else {
    reachAlternatives(search, id, members, bufferHours);
  }
}

function reachAlternatives({ alternatives }: Search, id: string, members: readonly string[], bufferHours: number) {
  const known = alternatives.get(id);
  if (known === undefined || known.bufferHours > bufferHours) alternatives.set(id, { members, bufferHours });
}

function reachStore(search: Search, store: DataStore, from: string, bufferHours: number): void {
  search.stores.set(store.name, store);
  if (store.workload === undefined && store.service !== "statefulSet") {
    reachOutside(search, `DataStore/${store.name}`, { kind: "dataStore", store }, bufferHours);
    return;
  }
  const holder = store.workload === undefined ? undefined : holderOf(search.model, store.workload, from);
  if (holder === undefined) search.missing.add(`the workload that holds DataStore/${store.name}`);
  else reachWorkload(search, holder.id, bufferHours);
}

/** The workload `namespace/Kind/name` on the caller's cluster, else on another one of its environment. */
function holderOf({ estate, workloads }: FaultModel, reference: string, from: string): Workload | undefined {
  const caller = workloads.get(from);
  const near = workloads.get(`${caller?.environment}/${caller?.cluster}/${reference}`);
  if (near !== undefined) return near;
  return estate.workloads.find(
    ({ environment, namespace, kind, name }) =>
      environment === caller?.environment && `${namespace}/${kind}/${name}` === reference,
  );
}

/** One event however often the host is named; of several declared availabilities the worst holds. */
function reachHost(
  search: Search,
  written: string,
  unavailability: number | undefined,
  place: Place | undefined,
  bufferHours: number,
): void {
  const host = written.toLowerCase();
  const known = search.outside.get(`host:${host}`)?.need;
  const before = known?.kind === "host" ? known : undefined;
  const worst =
    unavailability === undefined ? before?.unavailability : Math.max(unavailability, before?.unavailability ?? 0);
  const need: OutsideNeed = { kind: "host", host, unavailability: worst, place: before?.place ?? place };
  reachOutside(search, `host:${host}`, need, bufferHours);
}

function reachOutside({ outside }: Search, key: string, need: OutsideNeed, bufferHours: number): void {
  const known = outside.get(key);
  outside.set(key, { need, bufferHours: Math.min(bufferHours, known?.bufferHours ?? bufferHours) });
}
