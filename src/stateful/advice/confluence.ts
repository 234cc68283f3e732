import type { EntityNeed, InvariantType, OperationType } from "./store-need.ts";

/**
 * What an operation needs so that an invariant holds when writers act apart and are merged later. `none`: any two valid
 * states merge into a valid one; `atomicity`: so they do, when a transaction is written whole; `coordination`: no merge
 * keeps the invariant, so writers must agree first.
 */
export type CoordinationNeed = "none" | "atomicity" | "coordination";

/** What coordination may be: agreed by shares handed out before, by one writer a key, or by serialising. */
type CoordinationMeans = "escrow" | "uniqueIndex" | "singleWriterPerKey" | "serializable";

export interface ConfluenceVerdict {
  readonly entity: string;
  readonly invariant: InvariantType;
  readonly operation: OperationType;
  readonly perSecond: number;
  readonly need: CoordinationNeed;
  readonly means?: CoordinationMeans;
  readonly because: string;
}

type Row = readonly [need: CoordinationNeed, because: string, means?: CoordinationMeans];
const free = (because: string): Row => ["none", because];
const readsOnly = free("reads change nothing");

/**
 * Invariant confluence (Bailis et al., Coordination Avoidance in Database Systems, VLDB 2015). Sets merge by union,
 * counters by adding up what each writer changed, single values by the last writer; the merge test beside this file
 * confirms each row.
 */
const table: { readonly [Invariant in InvariantType]: { readonly [Operation in OperationType]: Row } } = {
  none: {
    insert: free("nothing has to hold"),
    increment: free("counters merge by adding up"),
    decrement: free("counters merge by adding up"),
    assign: free("nothing has to hold; the last writer wins"),
    delete: free("nothing has to hold"),
    read: readsOnly,
  },
  unique: {
    insert: [
      "coordination",
      "two writers may choose the same value; generated identifiers would be free",
      "uniqueIndex",
    ],
    increment: free("the key does not change"),
    decrement: free("the key does not change"),
    assign: ["coordination", "two writers may assign the same value", "uniqueIndex"],
    delete: free("taking away makes nothing equal"),
    read: readsOnly,
  },
  foreignKey: {
    insert: free("the union keeps what each row points to, as long as nobody deletes it"),
    increment: free("the reference does not change"),
    decrement: free("the reference does not change"),
    assign: free("the row points to something that exists on one side, and so in the union"),
    delete: [
      "coordination",
      "another writer may point to what is deleted; a cascading delete would be free",
      "serializable",
    ],
    read: readsOnly,
  },
  atLeast: {
    insert: free("a new value is checked by itself"),
    increment: free("adding never leaves the bound"),
    decrement: ["coordination", "two decrements that are each allowed may together pass the bound", "escrow"],
    assign: free("each value is checked by itself, and the last writer's is one of them"),
    delete: free("what is gone breaks no bound"),
    read: readsOnly,
  },
  atMost: {
    insert: free("a new value is checked by itself"),
    increment: ["coordination", "two increments that are each allowed may together pass the bound", "escrow"],
    decrement: free("taking away never leaves the bound"),
    assign: free("each value is checked by itself, and the last writer's is one of them"),
    delete: free("what is gone breaks no bound"),
    read: readsOnly,
  },
  sum: {
    insert: ["atomicity", "balanced entries stay balanced in the union, when they are written together"],
    increment: ["atomicity", "a transfer changes two counters at once; both have to arrive"],
    decrement: ["atomicity", "a transfer changes two counters at once; both have to arrive"],
    assign: ["coordination", "the last writer of one value knows nothing of the others", "serializable"],
    delete: ["coordination", "what is deleted here may be balanced by something there", "serializable"],
    read: readsOnly,
  },
};

/** The row of the table for one invariant and one operation. */
export function confluenceOf(invariant: InvariantType, operation: OperationType): CoordinationNeed {
  return table[invariant][operation][0];
}

/** Every invariant of the entities against every operation on them, in the order of the document. */
export function confluenceVerdicts(entities: readonly EntityNeed[]): readonly ConfluenceVerdict[] {
  return entities.flatMap(({ name, invariants, operations }) =>
    (invariants.length === 0 ? [{ type: "none" as const }] : invariants).flatMap(({ type: invariant }) =>
      operations
        .filter(({ type }) => type !== "read")
        .map(({ type: operation, perSecond }): ConfluenceVerdict => {
          const [need, because, means] = table[invariant][operation];
          return {
            entity: name,
            invariant,
            operation,
            perSecond,
            need,
            because,
            ...(means === undefined ? {} : { means }),
          };
        }),
    ),
  );
}
