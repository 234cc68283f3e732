import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { Arrow } from "./arrow.ts";
import type { Box } from "./box.ts";
import { type PodShares, podShares } from "./pod-shares.ts";

/** An arrow: `from` leans on `to`. Several dependencies between the same boxes are one, of the strictest type. */
interface DependencyEdge extends Arrow {
  readonly type: "hard" | "soft" | "async";
}

/** Dependencies as arrows between boxes that are on the map; what stays inside one box has none. */
export function dependencyEdges(assessment: Assessment, boxes: readonly Box[]): readonly DependencyEdge[] {
  const boxOf = boxByReference(boxes, podShares(assessment));
  const edges = new Map<string, DependencyEdge>();
  for (const dependency of assessment.estate.dependencies) {
    const from = boxOf.get(dependency.from);
    const to = boxOf.get(dependency.to);
    if (from === undefined || to === undefined || from === to) continue;
    const id = `${from} → ${to}`;
    const before = edges.get(id);
    const type = strictest(before?.type, typeOf(dependency.type));
    edges.set(id, { id, from, to, type, count: (before?.count ?? 0) + 1 });
  }
  return [...edges.values()];
}

/** Workload ids and outside references to the box that stands for them: of several, the one with most of its pods. */
export function boxByReference(boxes: readonly Box[], shares: PodShares): ReadonlyMap<string, string> {
  const best = new Map<string, { readonly box: string; readonly share: number }>();
  for (const box of boxes) {
    if (box.kind === "target") best.set(box.id.slice("target/".length), { box: box.id, share: 1 });
    if (box.kind !== "workload" && box.kind !== "group") continue;
    for (const workload of box.workloads) {
      const share = shares.get(workload)?.get(box.parent ?? "") ?? 0;
      const before = best.get(workload);
      if (before === undefined || share > before.share) best.set(workload, { box: box.id, share });
    }
  }
  return new Map([...best].map(([reference, { box }]) => [reference, box]));
}

const strictness = ["hard", "soft", "async"] as const;

function typeOf(text: string): DependencyEdge["type"] {
  return strictness.find((type) => type === text) ?? "hard";
}

function strictest(a: DependencyEdge["type"] | undefined, b: DependencyEdge["type"]): DependencyEdge["type"] {
  return strictness.find((type) => type === a || type === b) ?? b;
}
