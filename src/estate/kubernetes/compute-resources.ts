import { bytes, cpuMillicores, parseQuantity, type Quantity } from "../quantities/quantity.ts";
import { asObject } from "./json-value.ts";
import type { ComputeResources } from "./workload.ts";

const resourceFields = ["cpuMillicores", "memoryBytes", "ephemeralStorageBytes"] as const;

/** Reads a Kubernetes resource list; what is not stated, or is no quantity, stays undefined. */
export function readComputeResources(list: unknown): ComputeResources {
  const { cpu, memory, "ephemeral-storage": ephemeralStorage } = asObject(list);
  return fromFields({
    cpuMillicores: quantityAs(cpu, cpuMillicores),
    memoryBytes: quantityAs(memory, bytes),
    ephemeralStorageBytes: quantityAs(ephemeralStorage, bytes),
  });
}

function quantityAs(value: unknown, unit: (quantity: Quantity) => number): number | undefined {
  const quantity = readQuantity(value);
  return quantity === undefined ? undefined : unit(quantity);
}

/** Manifests repeat few quantities many times: each text is parsed once, as long as there are not too many. */
const parsed = new Map<string | number, Quantity | undefined>();
const mostParsed = 10_000;

/** Reads a Kubernetes quantity; undefined for anything that is none. */
export function readQuantity(value: unknown): Quantity | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  if (parsed.has(value)) return parsed.get(value);
  const quantity = parseQuantity(value);
  if (parsed.size < mostParsed) parsed.set(value, quantity);
  return quantity;
}

/** Per resource the sum of what is stated; undefined only where no operand states it. */
export function sumResources(...operands: readonly ComputeResources[]): ComputeResources {
  return combine(operands, (left, right) => left + right);
}

/** Per resource the largest that is stated. */
export function maxResources(...operands: readonly ComputeResources[]): ComputeResources {
  return combine(operands, Math.max);
}

/** Per resource the first operand that states it. */
export function firstStated(...operands: readonly ComputeResources[]): ComputeResources {
  return combine(operands, (left) => left);
}

function combine(
  operands: readonly ComputeResources[],
  operation: (left: number, right: number) => number,
): ComputeResources {
  const result: { -readonly [Field in keyof ComputeResources]: number } = {};
  for (const field of resourceFields) {
    for (const operand of operands) {
      const value = operand[field];
      if (value === undefined) continue;
      const sofar = result[field];
      result[field] = sofar === undefined ? value : operation(sofar, value);
    }
  }
  return result;
}

function fromFields(fields: { readonly [Field in keyof ComputeResources]: number | undefined }): ComputeResources {
  const result: { -readonly [Field in keyof ComputeResources]: number } = {};
  for (const field of resourceFields) {
    const value = fields[field];
    if (value !== undefined) result[field] = value;
  }
  return result;
}
