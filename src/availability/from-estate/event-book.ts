import type { Reason } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";
import { FaultTree, type NodeId } from "../fault-tree/fault-tree.ts";

/** What a basic event is about. `window` events are conditions under which a failure counts, not failures themselves. */
export type EventCategory =
  | "region"
  | "zone"
  | "node"
  | "pod"
  | "commonCause"
  | "controlPlane"
  | "operator"
  | "capacity"
  | "deploy"
  | "disk"
  | "loadBalancer"
  | "service"
  | "dataStore"
  | "external"
  | "switch"
  | "window";

/** Outages count beyond a buffer, until another region takes over, or both. */
interface CountedPart {
  readonly bufferHours: number;
  /** Infinite where no region takes over. */
  readonly windowHours: number;
}

/** A basic event of the fault tree. */
export interface BasicEvent {
  /** Stable: `zone/westeurope/1`, `pod/prod/main/shop/Deployment/web/1`. */
  readonly id: string;
  /** What fails, such as `first node of pool main/user`. */
  readonly label: string;
  readonly category: EventCategory;
  /** Failures that the event stands for; 1 where undefined. */
  readonly order?: number;
  /** Share of time; for a condition, its probability while the failure lasts. */
  readonly unavailability: number;
  /** The same when no cause is common to replicas; equal where undefined. */
  readonly withoutCommonCause?: number;
  /** Mean length of an outage; undefined for what fails on demand. */
  readonly repairHours: number | undefined;
  /** Outages per hour of time. */
  readonly frequencyPerHour: number;
  /** Share of the requests that meet the failure, by which `unavailability` is weighted; all of them where undefined. */
  readonly requestShare?: number;
  /** For a condition: which part of an outage counts, where it is not the recovery of a group's pods. */
  readonly counted?: CountedPart;
  /** For a recovery: how long what failed is missed. */
  readonly lastsHours?: number;
  /** A clause for sentences that join several events, such as `zone 1 of westeurope is lost`. */
  readonly clause: string;
  readonly reasons: readonly Reason[];
  readonly place?: Place;
  /** Id of the replica group whose event it is; undefined for what is shared. */
  readonly group?: string;
}

/** The fault tree of an estate with what its basic events mean; an event exists once, however often it is asked for. */
export class EventBook {
  readonly tree = new FaultTree();
  readonly #events: BasicEvent[] = [];
  readonly #nodes = new Map<string, NodeId>();

  /** The node of the event with this id; `describe` is only called for a new one. */
  node(id: string, describe: () => Omit<BasicEvent, "id">): NodeId {
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    const node = this.tree.event();
    this.#nodes.set(id, node);
    this.#events.push({ id, ...describe() });
    return node;
  }

  /** By index of the fault tree's event. */
  event(index: number): BasicEvent | undefined {
    return this.#events[index];
  }

  /** Index of the event with this id; undefined where no tree has asked for it. */
  indexOf(id: string): number | undefined {
    const node = this.#nodes.get(id);
    return node === undefined ? undefined : this.tree.eventIndex(node);
  }

  eventOf(node: NodeId): BasicEvent | undefined {
    return this.#events[this.tree.eventIndex(node)];
  }

  /** By index of event. */
  unavailabilities(): Float64Array {
    return Float64Array.from(this.#events, ({ unavailability }) => unavailability);
  }

  /** By index of event, with no cause common to replicas. */
  unavailabilitiesWithoutCommonCause(): Float64Array {
    return Float64Array.from(this.#events, (event) => event.withoutCommonCause ?? event.unavailability);
  }

  /** Outages per hour, by index of event. */
  frequencies(): Float64Array {
    return Float64Array.from(this.#events, ({ frequencyPerHour }) => frequencyPerHour);
  }
}

/** Frequency of a repairable event that is down for a share `q` of time: q / MTTR; 0 for events on demand. */
export function frequencyOf(unavailability: number, repairHours: number | undefined): number {
  return repairHours === undefined || repairHours <= 0 ? 0 : unavailability / repairHours;
}
