import type { Fault } from "../scenario/scenario.ts";
import { sendApply } from "./replicating.ts";
import { eventKind, type StoreState } from "./store-state.ts";

/** Puts the beginning and end of each fault on the clock. */
export function scheduleFaults(state: StoreState): void {
  for (const [index, fault] of state.plan.faults.entries()) {
    state.schedule(Math.round(fault.startSeconds * 1e6), eventKind.faultStart, index, 0, 0, 0);
    state.schedule(Math.round(fault.endSeconds * 1e6), eventKind.faultEnd, index, 0, 0, 0);
  }
}

const graySlowness = 20;

export function startFault(state: StoreState, index: number): void {
  const fault = state.plan.faults[index];
  if (fault === undefined) return;
  state.note({ kind: "fault", request: index, write: 1, node: -1, region: fault.region, operation: -1 });
  const detected = state.now + Math.round(state.scenario.timers.detectionSeconds * 1e6);
  switch (fault.kind) {
    case "gray":
      state.regionSlow[fault.region] = graySlowness;
      return;
    case "partition":
      for (const [from, to] of cutLinks(state, fault)) cut(state, from, to, 1);
      break;
    case "region":
      state.regionDownSince[fault.region] = state.now;
      state.regionLostAt[fault.region] = state.now;
      break;
    case "node":
    case "zone":
      break;
  }
  for (const node of struckNodes(state, fault)) state.nodeDown[node] = 1;
  state.schedule(detected, eventKind.failover, index, 0, 0, 0);
}

export function endFault(state: StoreState, index: number): void {
  const fault = state.plan.faults[index];
  if (fault === undefined) return;
  state.note({ kind: "fault", request: index, write: 0, node: -1, region: fault.region, operation: -1 });
  if (fault.kind === "gray") state.regionSlow[fault.region] = 1;
  if (fault.kind === "region") state.regionDownSince[fault.region] = -1;
  if (fault.kind === "partition") for (const [from, to] of cutLinks(state, fault)) cut(state, from, to, -1);
  for (const node of struckNodes(state, fault)) rejoin(state, node);
  for (const region of [fault.region, fault.otherRegion]) if (region !== undefined) takeBack(state, region);
  resync(state);
}

/** A region comes back into the quorum set with everything that was committed without it. */
function takeBack(state: StoreState, region: number): void {
  if (state.dropped[region] === 0) return;
  state.dropped[region] = 0;
  for (const node of state.topology.nodesOf[region] ?? []) rejoin(state, node);
}

function struckNodes(state: StoreState, { kind, region }: Fault): readonly number[] {
  const { nodesOf, zoneOf } = state.topology;
  const nodes = nodesOf[region] ?? [];
  if (kind === "region") return nodes;
  if (kind === "node") return nodes.slice(0, 1);
  return kind === "zone" ? nodes.filter((node) => zoneOf[node] === 0) : [];
}

function cutLinks(state: StoreState, { region, otherRegion }: Fault): readonly (readonly [number, number])[] {
  const others = state.scenario.regions.map((_, index) => index).filter((index) => index !== region);
  return others.filter((other) => otherRegion === undefined || other === otherRegion).map((other) => [region, other]);
}

function cut(state: StoreState, from: number, to: number, change: number): void {
  for (const cell of [from * state.regionCount + to, to * state.regionCount + from]) {
    state.blocked[cell] = (state.blocked[cell] as number) + change;
  }
  for (let region = 0; region < state.regionCount; region++) {
    const isCut = state.isBlocked(leaderRegion(state), region);
    if (!isCut) state.cutSince[region] = -1;
    else if (state.cutSince[region] === -1) state.cutSince[region] = state.now;
  }
}

function leaderRegion(state: StoreState): number {
  return state.topology.regionOf[state.leaderOf[0] as number] as number;
}

/** The loss has been noticed: a new leader where one is gone, a smaller quorum set where a region is. */
export function failOver(state: StoreState, index: number): void {
  const fault = state.plan.faults[index];
  if (fault === undefined || state.now >= Math.round(fault.endSeconds * 1e6)) return;
  const { store } = state.scenario;
  if (store.kind === "quorum") return;
  const lost = [...new Set(state.leaderOf)].filter((node) => state.nodeDown[node] === 1);
  for (const leader of lost) promote(state, leader);
  if (store.kind === "cosmos" && store.level === "strong") dropRegion(state, fault);
}

/** The replica that has come furthest takes over, one of the same region before others. */
function promote(state: StoreState, lost: number): void {
  const { regionOf } = state.topology;
  const home = regionOf[lost];
  const live = regionOf.flatMap((_, node) => (state.nodeDown[node] === 0 ? [node] : []));
  const near = live.filter((node) => regionOf[node] === home);
  const candidates = near.length > 0 ? near : live;
  const [best] = candidates.toSorted((left, right) => progress(state, right) - progress(state, left) || left - right);
  if (best === undefined) return;
  state.epoch++;
  for (let region = 0; region < state.regionCount; region++) {
    if (state.leaderOf[region] === lost) state.leaderOf[region] = best;
  }
  const region = regionOf[best] as number;
  state.note({ kind: eventKind.failover, request: -1, write: -1, node: best, region, operation: -1 });
  resync(state);
}

function progress(state: StoreState, node: number): number {
  let sum = 0;
  for (let key = 0; key < state.scenario.workload.keys; key++) {
    sum += state.writes.version[state.held[state.slot(node, key, 0)] as number] as number;
  }
  return sum;
}

/** Three or four regions may go on without one, five without two. */
function dropRegion(state: StoreState, fault: Fault): void {
  const most = state.regionCount >= 5 ? 2 : state.regionCount >= 3 ? 1 : 0;
  const already = state.dropped.reduce((sum, each) => sum + each, 0);
  const home = leaderRegion(state);
  const region = fault.region === home ? fault.otherRegion : fault.region;
  const isAway = region !== undefined && (state.isBlocked(home, region) || state.regionDownSince[region] !== -1);
  if (already >= most || region === undefined || region === home || !isAway) return;
  state.dropped[region] = 1;
  resync(state);
}

/** A replica comes back with what the leader has: what the leader never got is lost. */
function rejoin(state: StoreState, node: number): void {
  state.nodeDown[node] = 0;
  if (state.scenario.store.kind === "quorum") return;
  const leader = state.leaderOf[state.topology.regionOf[node] as number] as number;
  if (leader === node) return;
  for (let key = 0; key < state.scenario.workload.keys; key++) {
    for (let item = 0; item < state.items; item++) {
      state.held[state.slot(node, key, item)] = state.held[state.slot(leader, key, item)] as number;
    }
  }
}

/** Sends everybody what each leader has, and writes that still wait for confirmations, once links are there again. */
function resync(state: StoreState): void {
  const { scenario, topology, writes } = state;
  const from = scenario.store.kind === "quorum" ? topology.regionOf.keys() : new Set(state.leaderOf);
  for (const source of from) {
    if (state.nodeDown[source] === 1) continue;
    const region = topology.regionOf[source] as number;
    for (let key = 0; key < scenario.workload.keys; key++) {
      const head = state.held[state.slot(source, key, 0)] as number;
      const open = (state.ledger[key] ?? []).filter(
        (write) => write !== head && writes.status[write] === 0 && writes.home[write] === region,
      );
      for (const write of [...open, head]) {
        if (write === 0) continue;
        for (let node = 0; node < state.nodeCount; node++) {
          if (node !== source) sendApply(state, write, node, region, -1);
        }
      }
    }
  }
}
