import { CosmosError, type Item, type Stored } from "../adapters/cosmos/item-container.ts";
import type { ItemKey } from "./origin-log.ts";
import { compareAt, type ParsedQuery } from "./query.ts";

export interface FoundItem {
  readonly key: ItemKey;
  readonly document: Stored<Item>;
  readonly bytes: number;
}

/** A page after the item that the continuation names; writes between pages neither repeat nor skip other items. */
export function pageOf(
  found: readonly FoundItem[],
  query: ParsedQuery,
  limits: { maxItems: number; continuationToken: string | undefined },
): { readonly items: readonly FoundItem[]; readonly continuationToken: string | undefined } {
  const compare = comparator(query);
  const sorted = found.toSorted(compare);
  const after = limits.continuationToken === undefined ? undefined : parseContinuation(limits.continuationToken);
  const rest = after ? sorted.filter((item) => compare(item, after) > 0) : sorted;
  const items = rest.slice(0, limits.maxItems);
  const last = items.at(-1);
  const continuationToken =
    last && rest.length > items.length ? JSON.stringify({ key: last.key, document: ordering(last, query) }) : undefined;
  return { items, continuationToken };
}

type Position = Pick<FoundItem, "key"> & { readonly document: object };

function comparator(query: ParsedQuery): (left: Position, right: Position) => number {
  const { order } = query;
  return (left, right) => {
    const byPath = order ? compareAt(order.path, left.document, right.document) * (order.descending ? -1 : 1) : 0;
    return (
      byPath || compareTexts(left.key.id, right.key.id) || compareTexts(left.key.partitionKey, right.key.partitionKey)
    );
  };
}

/** The part of a document that the order looks at. */
function ordering(item: FoundItem, query: ParsedQuery): object {
  const [name] = query.order?.path ?? [];
  return Object.fromEntries(Object.entries(item.document).filter(([key]) => key === name));
}

function parseContinuation(text: string): Position {
  try {
    return JSON.parse(text);
  } catch {
    throw new CosmosError(400, "the continuation token of the query is malformed");
  }
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
