import type { ClusterNode } from "../model/cluster-node.ts";
import { ImageTable } from "./image-table.ts";
import { NodeResources } from "./node-resources.ts";
import { Topology } from "./topology.ts";

/** Called for every node once, and again for nodes that come later. */
type NodeMeasure = (node: ClusterNode, slot: number) => number;

/** One number for each node, kept up to date as nodes come. Read `values` anew after nodes were added: it may have grown. */
export interface NodeColumn {
  readonly measure: NodeMeasure;
  values: Int32Array;
}

/**
 * The nodes of a cluster in numbered slots, with everything about them that is read in bulk in typed arrays by slot.
 * A slot is used again after its node went; `sequence` keeps the order in which nodes came.
 */
export class NodeTable {
  /** Slots in use or once used; loops run below it. */
  slots = 0;
  count = 0;
  readonly resources = new NodeResources();
  readonly images = new ImageTable();
  /** 1 where a node is. */
  occupied = new Uint8Array(16);
  sequence = new Float64Array(16);
  private readonly nodes: (ClusterNode | undefined)[] = [];
  private readonly slotByName = new Map<string, number>();
  private readonly freeSlots: number[] = [];
  private readonly columns = new Map<string, NodeColumn>();
  private readonly topologies = new Map<string, Topology>();
  private nextSequence = 0;

  get capacity(): number {
    return this.occupied.length;
  }

  slotOf(name: string): number | undefined {
    return this.slotByName.get(name);
  }

  nodeAt(slot: number): ClusterNode | undefined {
    return this.nodes[slot];
  }

  nameAt(slot: number): string {
    return this.nodes[slot]?.name ?? "";
  }

  /** Slots in the order in which the nodes came. */
  slotsInOrder(): number[] {
    const slots: number[] = [];
    for (let slot = 0; slot < this.slots; slot += 1) if (this.occupied[slot] === 1) slots.push(slot);
    return slots.sort((left, right) => this.orderOf(left) - this.orderOf(right));
  }

  orderOf(slot: number): number {
    return this.sequence[slot] ?? 0;
  }

  /** Puts a node into a slot; with `sequence` at the place in the order that it had before. */
  add(node: ClusterNode, sequence?: number): number {
    const slot = this.freeSlots.pop() ?? this.slots;
    if (slot === this.slots) this.slots += 1;
    if (slot >= this.capacity) this.grow();
    this.nodes[slot] = node;
    this.slotByName.set(node.name, slot);
    this.occupied[slot] = 1;
    this.sequence[slot] = sequence ?? this.nextSequence++;
    this.count += 1;
    this.resources.setNode(slot, node.allocatable);
    this.images.addNode(slot, node.images, this.count);
    for (const topology of this.topologies.values()) topology.place(slot, node.labels);
    for (const column of this.columns.values()) column.values[slot] = column.measure(node, slot);
    return slot;
  }

  /** Takes a node out, after its pods. */
  remove(slot: number): void {
    const node = this.nodes[slot];
    if (node === undefined) return;
    this.nodes[slot] = undefined;
    this.slotByName.delete(node.name);
    this.occupied[slot] = 0;
    this.count -= 1;
    this.resources.clearNode(slot);
    this.images.removeNode(slot, node.images, this.count);
    for (const topology of this.topologies.values()) topology.clear(slot);
    this.freeSlots.push(slot);
  }

  /** The column of a measure; `key` names the measure by content, so that alike questions share one. */
  column(key: string, measure: NodeMeasure): NodeColumn {
    const known = this.columns.get(key);
    if (known !== undefined) return known;
    const column: NodeColumn = { measure, values: new Int32Array(this.capacity) };
    for (let slot = 0; slot < this.slots; slot += 1) {
      const node = this.nodes[slot];
      if (node !== undefined) column.values[slot] = measure(node, slot);
    }
    this.columns.set(key, column);
    return column;
  }

  topology(key: string): Topology {
    const known = this.topologies.get(key);
    if (known !== undefined) return known;
    const topology = new Topology(key, this.capacity);
    for (let slot = 0; slot < this.slots; slot += 1) {
      const node = this.nodes[slot];
      if (node !== undefined) topology.place(slot, node.labels);
    }
    this.topologies.set(key, topology);
    return topology;
  }

  private grow(): void {
    const capacity = this.capacity * 2;
    this.occupied = grownBytes(this.occupied, capacity);
    const sequence = new Float64Array(capacity);
    sequence.set(this.sequence);
    this.sequence = sequence;
    this.resources.grow(capacity);
    for (const topology of this.topologies.values()) topology.grow(capacity);
    for (const column of this.columns.values()) column.values = grownIntegers(column.values, capacity);
  }
}

function grownBytes(values: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(capacity);
  grown.set(values);
  return grown;
}

function grownIntegers(values: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity);
  grown.set(values);
  return grown;
}
