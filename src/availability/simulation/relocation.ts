import type { ReplicaGroup } from "../from-estate/replica-group.ts";

/** A node or zone under a group: `index` counts the group's nodes or zones in the order of its shape, from 0. */
export interface LostElement {
  readonly kind: "node" | "zone";
  readonly index: number;
}

/** What becomes of the pods of a group when it loses a node or zone. */
export interface Relocation {
  /** Until the pods are told to go elsewhere: silence noticed, toleration run out, disk let go. Needs the control plane. */
  readonly releasedSeconds: number;
  /** From there until they serve again, where there is room. */
  readonly startSeconds: number;
  /** `free`: nodes that are left take them; `newNode`: one must be added first; `none`: they wait for what was lost. */
  readonly room: "free" | "newNode" | "none";
}

/** Says where pods go. The answer depends on nothing but its arguments. */
export interface Relocations {
  /**
   * @param lost everything of the group that is down, what was lost last being the last
   * @param expectedHours what the fault tree allows for it
   */
  readonly relocate: (
    group: ReplicaGroup | undefined,
    lost: readonly LostElement[],
    expectedHours: number,
  ) => Relocation;
}

/** Pods come back when the fault tree says so, and there is always room. */
export const asTheTreeHasIt: Relocations = {
  relocate: (_group, _lost, expectedHours) => ({
    releasedSeconds: expectedHours * 3600,
    startSeconds: 0,
    room: "free",
  }),
};

/** The element that the id of a recovery names: `window/prod/main/shop/Deployment/web/node/1`. */
export function elementOfRecovery(id: string): LostElement | undefined {
  const found = /\/(node|zone)\/(\d+)$/.exec(id);
  if (found === null) return undefined;
  return { kind: found[1] === "zone" ? "zone" : "node", index: Number(found[2]) - 1 };
}
