import type { ConfluenceVerdict } from "./confluence.ts";
import type { StoreOption } from "./options/store-option.ts";
import { ratesOf, type StoreNeed } from "./store-need.ts";

/** A pattern that fits, why, and what it costs. */
export interface PatternAdvice {
  readonly pattern: string;
  readonly because: string;
  readonly price: string;
}

const skewedReads = 10;

/** Patterns that the need asks for on the chosen option, each with its price. */
export function patternsFor(
  need: StoreNeed,
  option: StoreOption | undefined,
  confluence: readonly ConfluenceVerdict[],
): readonly PatternAdvice[] {
  return [
    ...transactionPatterns(need),
    ...coordinationPatterns(need, option, confluence),
    ...readPatterns(need, option),
    ...retentionPatterns(need),
  ];
}

function transactionPatterns({ transactionSpan, shape }: StoreNeed): readonly PatternAdvice[] {
  if (transactionSpan !== "crossService") return [];
  return [
    {
      pattern: "saga with compensation",
      because: "a transaction reaches over services, and no store commits there",
      price: "each step needs an undo, and others see states in between",
    },
    {
      pattern: shape === "keyValue" ? "change feed" : "transactional outbox",
      because: "state and message have to be written together",
      price: "at least once: consumers must tell a message that they have seen",
    },
  ];
}

function coordinationPatterns(
  { writers }: StoreNeed,
  option: StoreOption | undefined,
  confluence: readonly ConfluenceVerdict[],
): readonly PatternAdvice[] {
  const hard = confluence.filter(({ need }) => need === "coordination");
  const bounded = hard.find(({ means }) => means === "escrow");
  const chosen = hard.find(({ means }) => means === "uniqueIndex");
  return [
    ...(bounded === undefined
      ? []
      : [
          {
            pattern: writers.length > 1 ? "escrow" : "optimistic concurrency, escrow when it gets hot",
            because: `${bounded.operation} of ${bounded.entity} must not pass its bound`,
            price: "stranded stock: a share is empty while others are not",
          },
        ]),
    ...(chosen === undefined || option?.guard !== "condition"
      ? []
      : [
          {
            pattern: "generated identifiers, or create-if-absent on one partition key",
            because: `${chosen.entity} must be unique and the store has no index over partitions`,
            price: "names that people choose need a partition of their own to be reserved in",
          },
        ]),
  ];
}

function readPatterns(need: StoreNeed, option: StoreOption | undefined): readonly PatternAdvice[] {
  const { reads, writes } = ratesOf(need);
  if (reads < skewedReads * writes || writes === 0 || option === undefined || need.shape === "cache") return [];
  const times = Math.round(reads / writes);
  return [
    {
      pattern: "CQRS",
      because: `${times} reads come on one write, so reads can be served from a projection`,
      price: "readers see it later; a projection must be rebuildable and its lag watched",
    },
  ];
}

/** Append-only forms and what they are paid with. */
function retentionPatterns({ isImmutable, retentionYears, shape, entities }: StoreNeed): readonly PatternAdvice[] {
  if (!isImmutable) {
    const isLog =
      shape === "stream" &&
      entities.every(({ operations }) => operations.every(({ type }) => type === "insert" || type === "read"));
    return isLog
      ? [
          {
            pattern: "append-only log",
            because: "it is only ever added to",
            price: "it ends with its retention: capture it to storage, compact by key, erase by dropping keys",
          },
        ]
      : [];
  }
  const years = retentionYears === undefined ? "as long as asked" : `${retentionYears} years`;
  const byShape: { readonly [shape: string]: PatternAdvice } = {
    relational: {
      pattern: "event sourcing on ledger tables",
      because: `nothing may be changed for ${years}, and proof is wanted`,
      price: "the digest has to be kept elsewhere; the past is corrected by further entries, never in place",
    },
    blob: {
      pattern: "immutable blobs under a time-based policy",
      because: `nothing may be changed for ${years}`,
      price: "a locked policy cannot be shortened, by nobody: try it unlocked first",
    },
  };
  return [
    byShape[shape] ?? {
      pattern: "event log, exported to immutable blobs",
      because: `nothing may be changed for ${years}, and the store itself cannot promise that`,
      price: "a second copy with its own retention; compaction only of what is exported",
    },
    {
      pattern: "erasure by destroying a key per person",
      because: "what cannot be changed cannot be deleted, and people may ask for it",
      price: "a key store with its own backups; a lost key is lost data",
    },
    {
      pattern: "no blockchain",
      because: "one party may be trusted with the ledger: its owner",
      price: "worth its latency and cost only where no party may be trusted",
    },
  ];
}
