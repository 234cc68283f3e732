import type { ConfluenceVerdict } from "./confluence.ts";
import type { StoreNeed } from "./store-need.ts";

/** How code should hold an entity: by what its invariants need and how busy its hottest key is. */
export interface CoordinationStyle {
  readonly entity: string;
  readonly style: "functionalCore" | "expectedVersion" | "lock" | "actor" | "escrow";
  /** Share of time that the hottest key is held by a writer; above 1 writers queue without end. */
  readonly hotKeyUtilisation: number;
  readonly because: string;
}

/** Where nothing is declared: the Pareto rule of thumb. */
export const assumedHotKeyShare = 0.2;
const assumedHoldMilliseconds = 20;
const fewRetries = 0.1;
const endlessQueue = 0.7;

/**
 * Utilisation of the hottest key = writes a second × its share × time that a write holds it. Retries of a
 * version check grow with it like those of any queue; from some 70 % on only one writer, or shares, keeps up.
 */
export function coordinationStyles(
  need: StoreNeed,
  confluence: readonly ConfluenceVerdict[],
): readonly CoordinationStyle[] {
  return need.entities.map(({ name, hotKeyShare }): CoordinationStyle => {
    const hard = confluence.filter((each) => each.entity === name && each.need === "coordination");
    const rate = hard.reduce((sum, { perSecond }) => sum + perSecond, 0);
    const held = (need.writeP99Milliseconds ?? assumedHoldMilliseconds) / 1000;
    const utilisation = Number((rate * (hotKeyShare ?? assumedHotKeyShare) * held).toPrecision(3));
    const base = { entity: name, hotKeyUtilisation: utilisation };
    const percent = `${Number((utilisation * 100).toPrecision(2))} %`;
    if (hard.length === 0)
      return {
        ...base,
        style: "functionalCore",
        because: "no operation needs writers to agree: pure functions over immutable values, merged by the store",
      };
    if (hard.every(({ means }) => means === "uniqueIndex")) {
      return {
        ...base,
        style: "expectedVersion",
        because: "a unique index or a create-if-absent decides; the loser re-decides",
      };
    }
    if (utilisation < fewRetries)
      return {
        ...base,
        style: "expectedVersion",
        because: `its hottest key is busy ${percent} of the time: conflicts are rare, reload and re-decide`,
      };
    if (utilisation < endlessQueue)
      return {
        ...base,
        style: "lock",
        because: `its hottest key is busy ${percent} of the time: retries would pile up, a row lock queues them`,
      };
    const canSplit = hard.some(({ means }) => means === "escrow");
    return canSplit
      ? {
          ...base,
          style: "escrow",
          because: `its hottest key is busy ${percent} of the time: hand out shares to several writers, and pay with stranded stock`,
        }
      : {
          ...base,
          style: "actor",
          because: `its hottest key is busy ${percent} of the time: one writer a key (an actor) orders them without retries`,
        };
  });
}
