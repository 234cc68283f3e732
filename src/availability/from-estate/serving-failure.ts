import type { Reason } from "../../estate/figures/figure.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { nameServiceFailure } from "../failover/name-service.ts";
import { FALSE, type NodeId } from "../fault-tree/fault-tree.ts";
import { durationInWords } from "../words/duration-in-words.ts";
import { behindBuffer, type Exposure } from "./exposure.ts";
import type { FaultModel, PlacementCase } from "./fault-model.ts";
import { groupFailure } from "./group-failure.ts";
import type { ReplicaGroup } from "./replica-group.ts";
import { findRequirements, type OutsideNeed, type Requirements } from "./requirements.ts";
import {
  cloudServiceFailure,
  dataStoreFailure,
  externalHostFailure,
  regionsOfService,
  regionsOfStore,
} from "./service-events.ts";
import { type GroupReading, readWorkloadGroup } from "./workload-group.ts";

/** What was met while a journey's tree was built. */
export interface JourneyScope {
  readonly groups: Map<string, ReplicaGroup>;
  /** Ids of workloads without which the journey fails at once. */
  readonly workloads: Set<string>;
  readonly missing: Set<string>;
  /** Services and stores that are in one region only, by region. */
  readonly regional: Map<string, Set<string>>;
  /** Stores that are needed, by name. */
  readonly stores: Map<string, DataStore>;
}

export function emptyScope(): JourneyScope {
  return { groups: new Map(), workloads: new Set(), missing: new Set(), regional: new Map(), stores: new Map() };
}

/** Builds gates of workloads with all that they need, for one way of placing replicas; equal ones are built once. */
export class ServingFailures {
  readonly #model: FaultModel;
  readonly #placement: PlacementCase;
  readonly #readings: Map<string, GroupReading>;
  readonly #groupNodes = new Map<string, NodeId>();

  /** @param readings replica groups by workload id, shared between placements */
  constructor(model: FaultModel, placement: PlacementCase, readings: Map<string, GroupReading>) {
    this.#model = model;
    this.#placement = placement;
    this.#readings = readings;
  }

  /** Fails when any of the workloads fails, or anything that they depend on. */
  failureOf(starts: readonly string[], exposure: Exposure, scope: JourneyScope): NodeId {
    return this.#failure(starts, exposure, 0, new Set(), scope);
  }

  /** A replica group that no workload stands for. */
  failureOfGroup(group: ReplicaGroup, exposure: Exposure, scope: JourneyScope): NodeId {
    scope.groups.set(group.id, group);
    const key = `${group.id} ${exposure.key}`;
    const known = this.#groupNodes.get(key);
    if (known !== undefined) return known;
    const node = groupFailure(this.#model, group, this.#placement, exposure);
    this.#groupNodes.set(key, node);
    return node;
  }

  #failure(
    starts: readonly string[],
    exposure: Exposure,
    bufferHours: number,
    open: ReadonlySet<string>,
    scope: JourneyScope,
  ): NodeId {
    const needs = findRequirements(this.#model, starts, bufferHours);
    for (const missing of needs.missing) scope.missing.add(missing);
    for (const [name, store] of needs.stores) scope.stores.set(name, store);
    const causes: NodeId[] = [];
    for (const [id, buffer] of needs.workloads) {
      if (buffer === 0) scope.workloads.add(id);
      causes.push(this.#workloadFailure(id, withBuffer(exposure, buffer, needs), scope));
    }
    for (const { need, bufferHours: buffer } of needs.outside.values()) {
      noteRegion(scope, need);
      causes.push(outsideFailure(this.#model, need, withBuffer(exposure, buffer, needs)));
    }
    for (const [id, { members, bufferHours: buffer }] of needs.alternatives) {
      // Where one member is needed anyway, its failure is among the causes. A group inside itself adds no cause.
      if (open.has(id) || members.some((member) => needs.workloads.has(member))) continue;
      const inside = new Set([...open, id]);
      const failures = members.map((member) => this.#failure([member], exposure, buffer, inside, scope));
      causes.push(this.#model.book.tree.and(failures));
    }
    return this.#model.book.tree.or(causes);
  }

  #workloadFailure(id: string, exposure: Exposure, scope: JourneyScope): NodeId {
    const workload = this.#model.workloads.get(id);
    if (workload === undefined) return FALSE;
    for (const message of this.#model.errors.get(id) ?? []) scope.missing.add(message);
    const reading = this.#readings.get(id) ?? readWorkloadGroup(this.#model, workload);
    this.#readings.set(id, reading);
    if ("missing" in reading) {
      scope.missing.add(reading.missing);
      return FALSE;
    }
    return this.failureOfGroup(reading.group, exposure, scope);
  }
}

function noteRegion({ regional }: JourneyScope, need: OutsideNeed): void {
  if (need.kind === "host" || need.kind === "nameService") return;
  const regions = need.kind === "cloudService" ? regionsOfService(need.service) : regionsOfStore(need.store);
  const [region] = regions;
  if (region === undefined || regions.length > 1) return;
  const label = need.kind === "cloudService" ? `CloudService/${need.service.name}` : `DataStore/${need.store.name}`;
  regional.set(region, new Set([...(regional.get(region) ?? []), label]));
}

function outsideFailure(model: FaultModel, need: OutsideNeed, exposure: Exposure): NodeId {
  switch (need.kind) {
    case "cloudService":
      return cloudServiceFailure(model, need.service, exposure);
    case "dataStore":
      return dataStoreFailure(model, need.store, exposure);
    case "host":
      return externalHostFailure(model, need.host, need.unavailability, need.place, exposure);
    case "nameService":
      return nameServiceFailure(model, exposure);
  }
}

function withBuffer(exposure: Exposure, bufferHours: number, { bufferReasons }: Requirements): Exposure {
  if (bufferHours <= 0) return exposure;
  const known = bufferReasons.get(bufferHours);
  const reasons = known === undefined ? exposure.reasons : [...exposure.reasons, known];
  const reason: Reason = {
    kind: "formula",
    text: `an outage shorter than the buffer of ${durationInWords(bufferHours)} delays and does not fail`,
  };
  return behindBuffer({ ...exposure, reasons }, bufferHours, reason);
}
