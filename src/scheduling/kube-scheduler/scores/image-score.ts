import type { PodTemplate } from "../model/pod-template.ts";
import { maximumNodeScore } from "../plugins.ts";
import type { NodeTable } from "../state/node-table.ts";
import { constantScore, type ScoreColumn } from "./score-column.ts";

const bytesPerMiB = 1024 ** 2;
const leastSize = 23 * bytesPerMiB;
const mostSizePerContainer = 1000 * bytesPerMiB;

/** ImageLocality: prefers nodes that hold the pod's images, the more so the more nodes hold them. */
export class ImageScore {
  private readonly template: PodTemplate;
  private readonly nodes: NodeTable;
  private version = -1;
  private column: ScoreColumn = constantScore(0);

  constructor(template: PodTemplate, nodes: NodeTable) {
    this.template = template;
    this.nodes = nodes;
  }

  score(): ScoreColumn {
    const { images } = this.nodes;
    if (images.isEmpty || this.template.images.length === 0) return constantScore(0);
    if (this.version !== images.version) {
      this.column = this.measure();
      this.version = images.version;
    }
    return this.column;
  }

  private measure(): ScoreColumn {
    const { capacity, images } = this.nodes;
    const sums = new Float64Array(capacity);
    for (const image of this.template.images) images.addScaledSizes(image, sums);
    const mostSize = mostSizePerContainer * this.template.imageContainers;
    const scores = new Int32Array(capacity);
    for (const [slot, sum] of sums.entries()) {
      const size = Math.min(mostSize, Math.max(leastSize, sum));
      scores[slot] = Math.floor((maximumNodeScore * (size - leastSize)) / (mostSize - leastSize));
    }
    return { kind: "bySlot", scores };
  }
}
