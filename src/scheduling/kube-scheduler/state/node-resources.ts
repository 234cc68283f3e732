import type { HostPort } from "../model/host-port.ts";
import { portsConflict } from "../model/host-port.ts";
import type { PodRequests } from "../model/pod-requests.ts";
import type { ResourceAmounts } from "../model/resource-list.ts";

/** Amounts of one resource by slot. */
export interface ResourceColumn {
  readonly name: string;
  allocatable: Float64Array;
  requested: Float64Array;
}

const builtIn = ["cpu", "memory", "ephemeral-storage"];
/** Columns up to this one are those of the built-in resources. */
export const lastBuiltInIndex = builtIn.length - 1;

/** What nodes offer and what the pods on them have asked for; a log of changed slots lets caches catch up. */
export class NodeResources {
  readonly columns: ResourceColumn[] = [];
  nonZeroCpu = new Float64Array(16);
  nonZeroMemory = new Float64Array(16);
  podCount = new Int32Array(16);
  allowedPods = new Float64Array(16);
  /** Slots in the order in which they changed. */
  readonly changes: number[] = [];
  /** Position of `changes[0]` since the beginning. */
  changesBefore = 0;
  /** The furthest position that any cache has read. */
  lastReadPosition = 0;
  private readonly indexByName = new Map<string, number>();
  private readonly ports = new Map<number, HostPort[]>();
  private capacity = 16;

  constructor() {
    for (const name of builtIn) this.index(name);
  }

  /** The place of a resource among the columns, made when it is first asked for. */
  index(name: string): number {
    const known = this.indexByName.get(name);
    if (known !== undefined) return known;
    const index = this.columns.length;
    this.indexByName.set(name, index);
    this.columns.push({
      name,
      allocatable: new Float64Array(this.capacity),
      requested: new Float64Array(this.capacity),
    });
    return index;
  }

  setNode(slot: number, allocatable: ResourceAmounts): void {
    this.clearNode(slot);
    for (const [name, amount] of Object.entries(allocatable)) {
      if (name === "pods") this.allowedPods[slot] = amount;
      else this.columnNamed(name).allocatable[slot] = amount;
    }
  }

  clearNode(slot: number): void {
    for (const column of this.columns) {
      column.allocatable[slot] = 0;
      column.requested[slot] = 0;
    }
    this.nonZeroCpu[slot] = 0;
    this.nonZeroMemory[slot] = 0;
    this.podCount[slot] = 0;
    this.allowedPods[slot] = 0;
    this.ports.delete(slot);
    this.noteChange(slot);
  }

  /** Counts a pod in (`sign` 1) or out (-1). */
  count(slot: number, requests: PodRequests, ports: readonly HostPort[], sign: 1 | -1): void {
    for (const name in requests.real) {
      const { requested } = this.columnNamed(name);
      requested[slot] = (requested[slot] ?? 0) + sign * (requests.real[name] ?? 0);
    }
    this.nonZeroCpu[slot] = (this.nonZeroCpu[slot] ?? 0) + sign * requests.nonZero.cpuMillicores;
    this.nonZeroMemory[slot] = (this.nonZeroMemory[slot] ?? 0) + sign * requests.nonZero.memoryBytes;
    this.podCount[slot] = (this.podCount[slot] ?? 0) + sign;
    if (ports.length > 0) this.countPorts(slot, ports, sign);
    this.noteChange(slot);
  }

  portConflict(slot: number, wanted: readonly HostPort[]): boolean {
    const used = this.ports.get(slot);
    return used?.some((port) => wanted.some((each) => portsConflict(each, port))) === true;
  }

  grow(capacity: number): void {
    this.capacity = capacity;
    for (const column of this.columns) {
      column.allocatable = grown(column.allocatable, capacity);
      column.requested = grown(column.requested, capacity);
    }
    this.nonZeroCpu = grown(this.nonZeroCpu, capacity);
    this.nonZeroMemory = grown(this.nonZeroMemory, capacity);
    this.allowedPods = grown(this.allowedPods, capacity);
    const podCount = new Int32Array(capacity);
    podCount.set(this.podCount);
    this.podCount = podCount;
  }

  private columnNamed(name: string): ResourceColumn {
    const column = this.columns[this.index(name)];
    if (column === undefined) throw new RangeError(`no column for ${name}`);
    return column;
  }

  private countPorts(slot: number, ports: readonly HostPort[], sign: 1 | -1): void {
    const used = this.ports.get(slot) ?? [];
    for (const port of ports) {
      if (sign === 1) used.push(port);
      else {
        const at = used.findIndex(
          (each) => each.port === port.port && each.protocol === port.protocol && each.address === port.address,
        );
        if (at >= 0) used.splice(at, 1);
      }
    }
    this.ports.set(slot, used);
  }

  /** Caches that fell behind what is kept start anew, so the log never outgrows the nodes. */
  private noteChange(slot: number): void {
    if (this.changes.at(-1) === slot && this.lastReadPosition < this.changesBefore + this.changes.length) return;
    if (this.changes.length >= 2 * this.capacity) {
      this.changesBefore += this.changes.length;
      this.changes.length = 0;
    }
    this.changes.push(slot);
  }
}

function grown(values: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(values);
  return larger;
}
