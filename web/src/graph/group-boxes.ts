import type { Box } from "./box.ts";
import { plural } from "./plural.ts";
import { workloadIdParts } from "./workload-id.ts";

/** Above so many boxes the map groups by itself; fewer on a narrow screen. */
export const groupingLimit = { wide: 150, narrow: 60 } as const;

export interface GroupedBoxes {
  readonly boxes: readonly Box[];
  readonly grouped: boolean;
  /** Workload boxes that the groups stand for. */
  readonly replaced: number;
}

/** Puts the workloads of one namespace on one pool into one box, when there are too many boxes or when asked to. */
export function groupBoxes(
  boxes: readonly Box[],
  mode: "auto" | "none" | "namespace",
  limit: number = groupingLimit.wide,
): GroupedBoxes {
  const wanted = mode === "namespace" || (mode === "auto" && boxes.length > limit);
  if (!wanted) return { boxes, grouped: false, replaced: 0 };
  const members = new Map<string, Box[]>();
  for (const box of boxes) {
    const key = groupKey(box);
    if (key === undefined) continue;
    const group = members.get(key);
    if (group === undefined) members.set(key, [box]);
    else group.push(box);
  }
  const seen = new Set<string>();
  const result: Box[] = [];
  let replaced = 0;
  for (const box of boxes) {
    const key = groupKey(box);
    const group = key === undefined ? undefined : members.get(key);
    if (key === undefined || group === undefined || group.length < 2) {
      result.push(box);
      continue;
    }
    replaced += 1;
    if (seen.has(key)) continue;
    seen.add(key);
    result.push(groupBox(key, group));
  }
  return { boxes: result, grouped: replaced > 0, replaced };
}

/** Environment and namespace inside one parent; undefined for what is never grouped. */
function groupKey(box: Box): string | undefined {
  if (box.kind !== "workload" || box.parent === undefined) return undefined;
  const parts = workloadIdParts(box.workloads[0] ?? "");
  if (parts === undefined) return undefined;
  return `group/${box.parent}|${parts.environment}/${parts.namespace}`;
}

function groupBox(id: string, members: readonly Box[]): Box {
  const first = members[0];
  return {
    id,
    kind: "group",
    selection: id,
    parent: first?.parent,
    label: workloadIdParts(first?.workloads[0] ?? "")?.namespace ?? "",
    detail: plural(members.length, "workload"),
    workloads: [...new Set(members.flatMap((member) => member.workloads))],
    tenants: [...new Set(members.flatMap((member) => member.tenants))].sort(),
    pods: members.reduce((sum, member) => sum + member.pods, 0),
  };
}
