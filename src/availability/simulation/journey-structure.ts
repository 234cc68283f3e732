import type { FaultTree, NodeId } from "../fault-tree/fault-tree.ts";
import type { BasicEvent, EventBook } from "../from-estate/event-book.ts";

/** A failure that counts only in a part of its time: until pods are back, beyond a buffer, until the region is switched. */
export interface GuardedFailure {
  /** The gate that joins the failure with its conditions. */
  readonly gate: NodeId;
  /** Index of the failure. */
  readonly failure: number;
  /** The condition that says how long what failed is missed; undefined where nothing comes back elsewhere. */
  readonly recovery: BasicEvent | undefined;
  readonly bufferHours: number;
  /** Counts only until another region serves. */
  readonly untilSwitch: boolean;
}

/** A switch to another region: what calls for it, how long it takes, and whether it works when it is called for. */
interface RegionSwitch {
  /** Index of the event "the switch fails". */
  readonly event: number;
  /** Holds while the active region is down. */
  readonly demand: NodeId;
  readonly hours: number;
}

/** What the simulation follows of one journey's fault tree. */
export interface JourneyStructure {
  readonly top: NodeId;
  readonly guards: readonly GuardedFailure[];
  readonly regionSwitch: RegionSwitch | undefined;
  /** Indices of the events that come and go by themselves. */
  readonly failures: readonly number[];
  /** Conditions and control planes: the clock decides them, no chance does. By index of event. */
  readonly conditions: ReadonlySet<number>;
  readonly controlPlanes: readonly number[];
}

/** Finds in a journey's tree what happens over time: a tree has only the share of time of it. */
export function readJourneyStructure(book: EventBook, top: NodeId): JourneyStructure {
  const { tree } = book;
  const cone = coneOf(tree, top);
  const guards = cone.flatMap((node) => guardAt(book, node) ?? []);
  const events = cone.flatMap((node) => (tree.eventIndex(node) < 0 ? [] : [tree.eventIndex(node)]));
  const ofCategory = (category: BasicEvent["category"]) =>
    events.filter((index) => book.event(index)?.category === category);
  const windows = ofCategory("window");
  const controlPlanes = ofCategory("controlPlane");
  const [onDemand] = ofCategory("switch");
  return {
    top,
    guards,
    regionSwitch: onDemand === undefined ? undefined : regionSwitchOf(book, cone, onDemand, windows),
    failures: events.filter((index) => book.event(index)?.repairHours !== undefined),
    conditions: new Set([...windows, ...controlPlanes]),
    controlPlanes,
  };
}

function coneOf(tree: FaultTree, top: NodeId): readonly NodeId[] {
  const found = new Set<NodeId>();
  const open = [top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    open.push(...(tree.gate(node)?.arguments ?? []));
  }
  return [...found].sort((left, right) => left - right);
}

function guardAt(book: EventBook, node: NodeId): GuardedFailure | undefined {
  const gate = book.tree.gate(node);
  if (gate?.type !== "and") return undefined;
  const conditions = gate.arguments.flatMap((argument) => {
    const event = book.tree.eventIndex(argument) < 0 ? undefined : book.eventOf(argument);
    return event?.category === "window" ? [event] : [];
  });
  const [failure, ...others] = gate.arguments.filter((argument) => book.eventOf(argument)?.category !== "window");
  if (conditions.length === 0 || failure === undefined || others.length > 0) return undefined;
  const index = book.tree.eventIndex(failure);
  if (index < 0) return undefined;
  const counted = conditions.flatMap((condition) => condition.counted ?? []);
  return {
    gate: node,
    failure: index,
    recovery: conditions.find(({ lastsHours }) => lastsHours !== undefined),
    bufferHours: Math.max(0, ...counted.map(({ bufferHours }) => bufferHours)),
    untilSwitch: counted.some(({ windowHours }) => Number.isFinite(windowHours)),
  };
}

/** The switch is called for where its failure matters: by what is AND-ed with it. */
function regionSwitchOf(
  book: EventBook,
  cone: readonly NodeId[],
  event: number,
  windows: readonly number[],
): RegionSwitch | undefined {
  const { tree } = book;
  const parents = new Map<NodeId, NodeId[]>();
  for (const node of cone) {
    for (const argument of tree.gate(node)?.arguments ?? [])
      parents.set(argument, [...(parents.get(argument) ?? []), node]);
  }
  const hours = windows.flatMap((index) => book.event(index)?.counted?.windowHours ?? []).filter(Number.isFinite);
  const open = [tree.eventNode(event)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const parent of parents.get(node) ?? []) {
      const gate = tree.gate(parent);
      const child = node;
      if (gate?.type === "and") {
        const demand = tree.and(gate.arguments.filter((argument) => argument !== child));
        return { event, demand, hours: Math.max(0, ...hours) };
      }
      open.push(parent);
    }
  }
  return undefined;
}
