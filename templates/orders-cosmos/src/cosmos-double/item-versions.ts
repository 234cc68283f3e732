import type { Item, Stored } from "../adapters/cosmos/item-container.ts";

/** One write of one item, as it stands in the log of the region that took it. */
export interface ItemVersion {
  readonly origin: number;
  readonly lsn: number;
  /** LSN per origin that the writing region had applied: every version in there came before this one. */
  readonly seen: View;
  /** Absent for a deletion. */
  readonly document: Stored<Item> | undefined;
  readonly etag: string;
  readonly bytes: number;
  /** Second of the write by the writing region's clock; time to live counts from here. */
  readonly ts: number;
}

/** A replica's state: the number of log entries of each origin that it has applied, without gaps. */
export type View = readonly number[];

/**
 * What happens to concurrent writes of one item in several write regions.
 *
 * Conflict types and resolution policies (2020-04-20): the highest value at the conflict resolution path wins, by
 * default the timestamp `_ts`; the system breaks ties; a deletion wins over any insert or replace; all regions
 * converge to a single winner.
 */
export interface LastWriterWins {
  readonly path: string;
}

/** The version that a replica at this view shows. A pure function of both, so replicas at equal views agree. */
export function visibleVersion(
  versions: readonly ItemVersion[],
  view: View,
  policy: LastWriterWins,
): ItemVersion | undefined {
  if (view.length === 1) return versions.findLast((version) => version.lsn <= (view[0] ?? 0));
  const applied = versions.filter((version) => version.lsn <= (view[version.origin] ?? 0));
  const latest = applied.filter((version) => !applied.some((other) => precedes(version, other)));
  return latest.reduce<ItemVersion | undefined>((winner, version) => winnerOf(winner, version, policy), undefined);
}

/** The versions that some replica may still have to show, when every replica has at least this view. */
export function versionsNeeded(versions: readonly ItemVersion[], oldest: View): readonly ItemVersion[] {
  const appliedEverywhere = versions.filter((version) => version.lsn <= (oldest[version.origin] ?? 0));
  return versions.filter((version) => !appliedEverywhere.some((other) => precedes(version, other)));
}

function precedes(earlier: ItemVersion, later: ItemVersion): boolean {
  if (earlier.origin === later.origin) return earlier.lsn < later.lsn;
  return earlier.lsn <= (later.seen[earlier.origin] ?? 0);
}

function winnerOf(left: ItemVersion | undefined, right: ItemVersion, policy: LastWriterWins): ItemVersion {
  if (left === undefined) return right;
  if (left.document === undefined || right.document === undefined) return left.document === undefined ? left : right;
  const difference = conflictValue(left.document, policy) - conflictValue(right.document, policy);
  if (difference !== 0) return difference > 0 ? left : right;
  return left.origin > right.origin ? left : right;
}

/** An item without a number at the path loses against every item that has one. */
function conflictValue(document: Stored<Item>, policy: LastWriterWins): number {
  const value = new Map<string, unknown>(Object.entries(document)).get(policy.path.slice(1));
  return typeof value === "number" ? value : Number.MIN_SAFE_INTEGER;
}
