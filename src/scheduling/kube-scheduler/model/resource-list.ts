import { readQuantity } from "../../../estate/kubernetes/compute-resources.ts";
import { isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import { bytes, cpuMillicores } from "../../../estate/quantities/quantity.ts";
import type { ReadingProblem } from "./reading-problem.ts";

/** Amounts by resource name: `cpu` in millicores, everything else in whole units (bytes, devices, pods). */
export interface ResourceAmounts {
  readonly [resource: string]: number;
}

/** Amounts while they are being computed. */
export type MutableAmounts = { [resource: string]: number };

/** Beyond this, sums and hundredfolds of amounts are no longer exact. */
const largestExact = 2 ** 53 / 128;

/**
 * Reads a Kubernetes resource list. An amount that is no quantity, is negative, or is beyond what can be counted exactly
 * is a problem: what depends on it cannot be evaluated.
 */
export function readResourceList(
  value: unknown,
  path: readonly (string | number)[],
  problems: ReadingProblem[],
): ResourceAmounts {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) {
    problems.push({ path, text: "is not a map of quantities" });
    return {};
  }
  const amounts: MutableAmounts = {};
  for (const [name, written] of Object.entries(value)) {
    const quantity = readQuantity(written);
    const at = [...path, name];
    if (quantity === undefined) {
      problems.push({ path: at, text: `is ${quoted(written)}, which is no quantity` });
      continue;
    }
    const amount = name === "cpu" ? cpuMillicores(quantity) : bytes(quantity);
    if (amount < 0) problems.push({ path: at, text: `is ${quoted(written)}: an amount cannot be negative` });
    else if (amount > largestExact)
      problems.push({ path: at, text: `is ${quoted(written)}, more than any machine has` });
    else amounts[name] = amount;
  }
  return amounts;
}

/** Adds amounts into `sum`. */
export function addAmounts(sum: MutableAmounts, amounts: ResourceAmounts): void {
  for (const name of Object.keys(amounts)) sum[name] = (sum[name] ?? 0) + (amounts[name] ?? 0);
}

/** Raises `largest` to the amounts where they are more. */
export function raiseAmounts(largest: MutableAmounts, amounts: ResourceAmounts): void {
  for (const name of Object.keys(amounts)) largest[name] = Math.max(largest[name] ?? 0, amounts[name] ?? 0);
}

function quoted(value: unknown): string {
  const text = typeof value === "string" ? `"${value}"` : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
