import {
  type BatchOperation,
  type BatchResponse,
  CosmosError,
  type ResponseHeaders,
} from "../adapters/cosmos/item-container.ts";
import { maxBatchBytes, maxBatchOperations } from "./limits.ts";

export function checkBatch(operations: readonly BatchOperation[]): void {
  if (operations.length === 0) throw new CosmosError(400, "a batch needs an operation");
  if (operations.length > maxBatchOperations) {
    throw new CosmosError(400, `a batch has at most ${maxBatchOperations} operations, not ${operations.length}`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(operations));
  if (bytes > maxBatchBytes) throw new CosmosError(413, `the batch has ${bytes} bytes; ${maxBatchBytes} are allowed`);
}

/** Transactional batch operations (2025-07-16): the failed operation has its own status, all others 424. */
export function refusedBatch(
  length: number,
  culprit: { index: number; statusCode: number },
  headers: ResponseHeaders,
): BatchResponse {
  const results = Array.from({ length }, (_, index) => ({
    statusCode: index === culprit.index ? culprit.statusCode : 424,
  }));
  return { committed: false, results, ...headers };
}
