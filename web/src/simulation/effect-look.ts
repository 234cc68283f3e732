import type { WorkloadEffect } from "../../../src/scheduling/replay/failure/failure-outcome.ts";
import type { SymbolName } from "../lenses/look.ts";

type Effect = WorkloadEffect["effect"];

/** How what happens to a workload looks, on the map and in tables. */
export const effectLooks: {
  readonly [effect in Effect]: {
    readonly tone: string;
    readonly symbol: SymbolName;
    readonly badgeTone: "bad" | "warn" | "plain";
    readonly words: string;
  };
} = {
  down: { tone: "gap-2", symbol: "cross", badgeTone: "bad", words: "none left" },
  interrupted: { tone: "gap-1", symbol: "alert", badgeTone: "warn", words: "none for a while" },
  belowNeed: { tone: "down-2", symbol: "diamond", badgeTone: "warn", words: "fewer than needed" },
  moved: { tone: "gap-0", symbol: "link", badgeTone: "plain", words: "moves, stays up" },
};

/** Worst first. */
export const effectOrder: readonly Effect[] = ["down", "interrupted", "belowNeed", "moved"];

/** Pods that run again elsewhere, and those that fit nowhere. */
export function podFates({ podsBefore, upAtOnce, upAfter }: WorkloadEffect): {
  readonly moved: number;
  readonly pending: number;
} {
  return { moved: Math.max(0, upAfter - upAtOnce), pending: Math.max(0, podsBefore - upAfter) };
}

/** `1 pending, 2 moved`. */
export function fateWords(effect: WorkloadEffect): string {
  const { moved, pending } = podFates(effect);
  const parts = [pending === 0 ? "" : `${pending} pending`, moved === 0 ? "" : `${moved} moved`];
  return parts.filter((part) => part !== "").join(", ") || "none moved";
}
