import type { NodeImage } from "../model/cluster-node.ts";

interface ImageState {
  sizeBytes: number;
  readonly slots: Set<number>;
}

/** Which nodes hold which images: ImageLocality weighs an image by the share of nodes that have it. */
export class ImageTable {
  /** Rises whenever a score could change. */
  version = 0;
  private readonly images = new Map<string, ImageState>();
  private nodeCount = 0;

  get isEmpty(): boolean {
    return this.images.size === 0;
  }

  addNode(slot: number, images: readonly NodeImage[], nodeCount: number): void {
    this.countNodes(nodeCount, images.length > 0);
    for (const { names, sizeBytes } of images) {
      for (const name of names) {
        const state = this.images.get(name);
        if (state === undefined) this.images.set(name, { sizeBytes, slots: new Set([slot]) });
        else state.slots.add(slot);
      }
    }
  }

  removeNode(slot: number, images: readonly NodeImage[], nodeCount: number): void {
    for (const { names } of images) {
      for (const name of names) {
        const state = this.images.get(name);
        state?.slots.delete(slot);
        if (state?.slots.size === 0) this.images.delete(name);
      }
    }
    this.countNodes(nodeCount, images.length > 0);
  }

  /** Adds to `sums`, by slot, `trunc(size * (nodes with it / all nodes))` of an image. */
  addScaledSizes(name: string, sums: Float64Array): void {
    const state = this.images.get(name);
    if (state === undefined) return;
    const scaled = Math.trunc(state.sizeBytes * (state.slots.size / this.nodeCount));
    for (const slot of state.slots) sums[slot] = (sums[slot] ?? 0) + scaled;
  }

  private countNodes(nodeCount: number, hasImages: boolean): void {
    this.nodeCount = nodeCount;
    if (hasImages || !this.isEmpty) this.version += 1;
  }
}
