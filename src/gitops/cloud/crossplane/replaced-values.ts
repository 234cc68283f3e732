import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";

/** In the place of a value that kustomize puts there: the expression of azurerm that says the same. */
export interface ReplacedValue {
  readonly $expression: string;
}

export function isReplaced(value: unknown): value is ReplacedValue {
  return typeof value === "object" && value !== null && "$expression" in value;
}

/** `forProvider` with an expression at a path of the object, such as `spec.forProvider.route.0.nextHopInIpAddress`. */
export function withReplacement(forProvider: JsonObject, path: string, $expression: string): JsonObject {
  const [spec, field, ...steps] = path.split(/(?<!\\)\./).map((step) => step.replaceAll(String.raw`\.`, "."));
  if (spec !== "spec" || field !== "forProvider") return forProvider;
  return asObject(withValue(forProvider, steps, { $expression }));
}

function withValue(value: unknown, [step, ...rest]: readonly string[], replaced: ReplacedValue): unknown {
  if (step === undefined) return replaced;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === Number(step) ? withValue(item, rest, replaced) : item));
  }
  const map = asObject(value);
  return { ...map, [step]: withValue(map[step], rest, replaced) };
}
