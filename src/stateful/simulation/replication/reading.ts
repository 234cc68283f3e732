import { isLost } from "./message-loss.ts";
import { requestStatus } from "./records.ts";
import { eventKind, type StoreState } from "./store-state.ts";

/** Sends a read to the replicas that the level or the quorum asks. */
export function sendRead(state: StoreState, request: number): void {
  const { store } = state.scenario;
  const { requests } = state;
  const operation = requests.operation[request] as number;
  const from = requests.region[request] as number;
  switch (store.kind) {
    case "cosmos": {
      const region = readableRegion(state, from);
      const nodes = liveNodes(state, region);
      const asked = asksTwo(state) ? 2 : 1;
      if (nodes.length < asked) return;
      const first = Math.floor(state.draw(operation) * nodes.length);
      askReplica(state, request, from, nodes[first] as number);
      if (asked === 1) return;
      const second = (first + 1 + Math.floor(state.draw(operation) * (nodes.length - 1))) % nodes.length;
      askReplica(state, request, from, nodes[second] as number);
      return;
    }
    case "quorum":
      for (let node = 0; node < state.nodeCount; node++) askReplica(state, request, from, node);
      return;
    case "primaryReplica":
      askReplica(
        state,
        request,
        from,
        store.readFrom === "primary" ? (state.leaderOf[0] as number) : nearest(state, from),
      );
  }
}

/** Strong and bounded staleness read a minority quorum of two. */
function asksTwo({ scenario: { store } }: StoreState): boolean {
  return store.kind === "cosmos" && (store.level === "strong" || store.level === "boundedStaleness");
}

function askReplica(state: StoreState, request: number, from: number, node: number): void {
  const to = state.topology.regionOf[node] as number;
  const operation = state.requests.operation[request] as number;
  if (state.isBlocked(from, to) || isLost(state, operation)) return;
  state.schedule(state.now + state.delay(from, to, operation), eventKind.readAtReplica, request, node, 0, 0);
}

function liveNodes(state: StoreState, region: number): readonly number[] {
  return (state.topology.nodesOf[region] ?? []).filter((node) => state.nodeDown[node] === 0);
}

/** The client's own region, or the next one that answers reads. */
function readableRegion(state: StoreState, own: number): number {
  const needed = asksTwo(state) ? 2 : 1;
  for (let step = 0; step < state.regionCount; step++) {
    const region = (own + step) % state.regionCount;
    const isThere = state.regionDownSince[region] === -1 && state.dropped[region] === 0;
    if (isThere && !state.isBlocked(own, region) && liveNodes(state, region).length >= needed) return region;
  }
  return own;
}

function nearest(state: StoreState, own: number): number {
  for (let step = 0; step < state.regionCount; step++) {
    const region = (own + step) % state.regionCount;
    const [node] = state.isBlocked(own, region) ? [] : liveNodes(state, region);
    if (node !== undefined) return node;
  }
  return state.leaderOf[0] as number;
}

/** A read has come to a replica, which answers, or passes it on when it lacks what the session has seen. */
export function readAtReplica(state: StoreState, request: number, node: number): void {
  const { requests, topology, writes, scenario } = state;
  const region = topology.regionOf[node] as number;
  if (state.nodeDown[node] === 1 || requests.status[request] !== requestStatus.pending) return;
  if (!mayServe(state, region)) return;
  const key = requests.key[request] as number;
  const first = state.held[state.slot(node, key, 0)] as number;
  const second = state.items === 1 ? first : (state.held[state.slot(node, key, 1)] as number);
  const { store } = scenario;
  const isSession = store.kind === "cosmos" && store.level === "session";
  const version = Math.min(writes.version[first] as number, writes.version[second] as number);
  if (isSession && version < (requests.token[request] as number)) {
    passOn(state, request, node);
    return;
  }
  const client = requests.region[request] as number;
  const operation = requests.operation[request] as number;
  if (state.isBlocked(region, client) || isLost(state, operation)) return;
  state.schedule(state.now + state.delay(region, client, operation), eventKind.readReply, request, node, first, second);
}

/** A strong read needs contact with the leader not longer ago than half the time after which a region is dropped. */
function mayServe(state: StoreState, region: number): boolean {
  const { store, timers } = state.scenario;
  if (store.kind !== "cosmos" || store.level !== "strong") return true;
  if (state.dropped[region] === 1) return false;
  const since = state.cutSince[region] as number;
  return since === -1 || state.now - since < (timers.detectionSeconds * 1e6) / 2;
}

/** The other replicas of the region first, then the leader. */
function passOn(state: StoreState, request: number, node: number): void {
  const { requests, topology } = state;
  const region = topology.regionOf[node] as number;
  const operation = requests.operation[request] as number;
  const nodes = liveNodes(state, region);
  const hops = (requests.hops[request] as number) + 1;
  requests.hops[request] = Math.min(255, hops);
  const leader = state.leaderOf[requests.region[request] as number] as number;
  if (hops > mostHops) return;
  const next =
    hops < nodes.length
      ? (nodes[(nodes.indexOf(node) + 1) % nodes.length] as number)
      : nextRegionsNode(state, leader, hops);
  const to = topology.regionOf[next] as number;
  if (state.isBlocked(region, to)) return;
  state.schedule(state.now + state.delay(region, to, operation), eventKind.readAtReplica, request, next, 0, 0);
}

const mostHops = 24;

/** With one write region its leader; otherwise the leaders in turn. */
function nextRegionsNode(state: StoreState, leader: number, hops: number): number {
  return state.leaderOf[hops % state.regionCount] ?? leader;
}

/** An answer has come to the client; true when the read is complete. */
export function takeReadReply(
  state: StoreState,
  request: number,
  node: number,
  first: number,
  second: number,
): boolean {
  const { requests, writes } = state;
  if (requests.status[request] !== requestStatus.pending) return false;
  const replies = (requests.replies[request] as number) + 1;
  requests.replies[request] = replies;
  requests.write[request] = newer(writes.version, requests.write[request] as number, first);
  requests.secondWrite[request] = newer(writes.version, requests.secondWrite[request] as number, second);
  state.note({
    kind: eventKind.readReply,
    request,
    write: first,
    node,
    region: requests.region[request] as number,
    operation: requests.operation[request] as number,
  });
  if (replies < repliesNeeded(state)) return false;
  return !awaitsCommit(state, request);
}

function newer(versions: Float64Array, left: number, right: number): number {
  if (left === -1) return right;
  return (versions[left] as number) >= (versions[right] as number) ? left : right;
}

function repliesNeeded(state: StoreState): number {
  const { store } = state.scenario;
  if (store.kind === "quorum") return store.read;
  return asksTwo(state) ? 2 : 1;
}

/** A strong read of what is not yet committed everywhere waits until it is. */
function awaitsCommit(state: StoreState, request: number): boolean {
  const { requests, writes, scenario } = state;
  if (scenario.store.kind !== "cosmos" || scenario.store.level !== "strong") return false;
  const key = requests.key[request] as number;
  const cell = key * state.regionCount + (requests.region[request] as number);
  const version = writes.version[requests.write[request] as number] as number;
  if (version <= (state.committedSeen[cell] as number)) return false;
  const waiting = state.waiting.get(cell);
  if (waiting === undefined) state.waiting.set(cell, [request]);
  else waiting.push(request);
  return true;
}

/** A region learns that a write is committed everywhere; returns the reads that waited for it. */
export function learnCommit(state: StoreState, write: number, region: number): readonly number[] {
  const { writes, requests } = state;
  const cell = (writes.key[write] as number) * state.regionCount + region;
  const version = writes.version[write] as number;
  if (version <= (state.committedSeen[cell] as number)) return [];
  state.committedSeen[cell] = version;
  const waiting = state.waiting.get(cell) ?? [];
  const isReady = (request: number) => (writes.version[requests.write[request] as number] as number) <= version;
  const ready = waiting.filter(isReady);
  if (ready.length > 0)
    state.waiting.set(
      cell,
      waiting.filter((request) => !isReady(request)),
    );
  return ready.filter((request) => requests.status[request] === requestStatus.pending);
}
