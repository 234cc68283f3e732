/** Images on nodes: each is pulled once for a node, one after the other. */
export class ImagePulls {
  private readonly readyAt = new Map<string, Map<string, number>>();
  private readonly freeAt = new Map<string, number>();

  /** Seconds from now until the image is on the node. */
  pull(node: string, image: string, pullSeconds: number, nowSeconds: number): number {
    const images = this.readyAt.get(node) ?? new Map<string, number>();
    this.readyAt.set(node, images);
    const known = images.get(image);
    if (known !== undefined) return Math.max(0, known - nowSeconds);
    const ready = Math.max(nowSeconds, this.freeAt.get(node) ?? 0) + pullSeconds;
    images.set(image, ready);
    this.freeAt.set(node, ready);
    return ready - nowSeconds;
  }

  /** A node that goes takes its images with it. */
  forget(node: string): void {
    this.readyAt.delete(node);
    this.freeAt.delete(node);
  }
}
