import type { ConfluenceVerdict } from "./confluence.ts";
import type { StoreOption } from "./options/store-option.ts";
import type { OperationType, StoreNeed } from "./store-need.ts";

/**
 * What one operation gives up: on a partition availability or consistency, else latency or consistency (Abadi 2012).
 * It belongs to the operation on the store as configured, never to the product.
 */
export interface OperationTradeOff {
  readonly entity: string;
  readonly operation: OperationType;
  readonly onPartition: "availability" | "consistency";
  readonly otherwise: "latency" | "consistency";
  readonly because: string;
}

/** PACELC of every operation on an option. */
export function operationTradeOffs(
  need: StoreNeed,
  option: StoreOption,
  confluence: readonly ConfluenceVerdict[],
): readonly OperationTradeOff[] {
  return need.entities.flatMap(({ name, operations }) =>
    [...new Set(operations.map(({ type }) => type))].map((operation): OperationTradeOff => {
      const place = { entity: name, operation };
      if (operation === "read") return { ...place, ...readTradeOff(option) };
      const agrees = confluence.some(
        (each) => each.entity === name && each.operation === operation && each.need === "coordination",
      );
      return { ...place, ...writeTradeOff(option, agrees) };
    }),
  );
}

type Position = Omit<OperationTradeOff, "entity" | "operation">;

function readTradeOff({ level, regions, service }: StoreOption): Position {
  if (service === "cosmosDb" && (level === "strong" || level === "boundedStaleness")) {
    return {
      onPartition: "consistency",
      otherwise: "consistency",
      because: `${level} reads ask two of four replicas and cost twice`,
    };
  }
  if (service === "cosmosDb" || level !== "strong") {
    return {
      onPartition: "availability",
      otherwise: "latency",
      because: "one replica answers, however far behind it is",
    };
  }
  const because = regions.length > 1 ? "fresh reads go to the primary; the copy elsewhere lags" : "the primary answers";
  return { onPartition: "consistency", otherwise: "consistency", because };
}

function writeTradeOff({ writeRegions, writeRoundTrips, regions }: StoreOption, agrees: boolean): Position {
  if (writeRoundTrips > 0) {
    return { onPartition: "consistency", otherwise: "consistency", because: "every write waits for the other regions" };
  }
  if (writeRegions.length > 1) {
    return {
      onPartition: "availability",
      otherwise: "latency",
      because: "each region takes writes; the last writer wins",
    };
  }
  const where = regions.length > 1 ? "copies elsewhere follow later" : "one region holds it";
  return {
    onPartition: "consistency",
    otherwise: regions.length > 1 && !agrees ? "latency" : "consistency",
    because: agrees
      ? `one writer orders them, since an invariant needs it; ${where}`
      : `one region takes writes; ${where}`,
  };
}
