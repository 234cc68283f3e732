import { CosmosError, type JsonValue, type PatchOperation } from "../adapters/cosmos/item-container.ts";

const maxOperations = 10;

/**
 * Partial document update in Azure Cosmos DB (2023-04-03): at most ten operations, all or none; `add` inserts into an
 * array, `set` overwrites there, `replace` and `remove` need an existing element, `incr` creates a missing number.
 */
export function patched(document: object, operations: readonly PatchOperation[]): object {
  if (operations.length === 0 || operations.length > maxOperations) {
    throw new CosmosError(400, `a patch has 1 to ${maxOperations} operations, not ${operations.length}`);
  }
  const copy: object = structuredClone(document);
  for (const operation of operations) apply(copy, operation);
  return copy;
}

function apply(document: object, operation: PatchOperation): void {
  const path = operation.path.split("/").slice(1).map(unescaped);
  const last = path.pop();
  if (last === undefined || ["id", "_etag", "_ts"].includes(operation.path.slice(1))) {
    throw new CosmosError(400, `a patch cannot change ${operation.path}`);
  }
  const parent = path.reduce<unknown>(child, document);
  if (Array.isArray(parent)) applyToArray(parent, last, operation);
  else if (typeof parent === "object" && parent !== null) applyToObject(parent, last, operation);
  else throw missing(operation.path);
}

function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

function child(value: unknown, segment: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, segment)
    ? Reflect.get(value, segment)
    : undefined;
}

function applyToObject(parent: object, name: string, operation: PatchOperation): void {
  const exists = Object.hasOwn(parent, name);
  if (!exists && (operation.op === "replace" || operation.op === "remove")) throw missing(operation.path);
  if (operation.op === "remove") Reflect.deleteProperty(parent, name);
  else define(parent, name, newValue(child(parent, name), operation));
}

/** Also for names such as `__proto__`, which are data here. */
function define(parent: object, name: string, value: JsonValue): void {
  Object.defineProperty(parent, name, { value, writable: true, enumerable: true, configurable: true });
}

function applyToArray(parent: unknown[], segment: string, operation: PatchOperation): void {
  const index = segment === "-" ? parent.length : Number(segment);
  const end = operation.op === "add" || operation.op === "set" ? parent.length : parent.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > end) throw missing(operation.path);
  if (operation.op === "remove") parent.splice(index, 1);
  else parent.splice(index, operation.op === "add" ? 0 : 1, newValue(parent[index], operation));
}

function newValue(current: unknown, operation: Exclude<PatchOperation, { op: "remove" }>): JsonValue {
  if (operation.op !== "incr") return operation.value;
  if (current !== undefined && typeof current !== "number") {
    throw new CosmosError(400, `${operation.path} is no number to increment`);
  }
  return (current ?? 0) + operation.value;
}

function missing(path: string): CosmosError {
  return new CosmosError(400, `the patch finds nothing at ${path}`);
}
