import { asList, asObject, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";

/** Resources whose requests a VerticalPodAutoscaler changes by itself: none with mode `Off`, both unless it says which. */
export function resourcesOfVerticalAutoscaler({ spec }: JsonObject): readonly string[] {
  if (asText(valueAt(spec, ["updatePolicy", "updateMode"])) === "Off") return [];
  const policies = asList(valueAt(spec, ["resourcePolicy", "containerPolicies"])).map(asObject);
  if (policies.length === 0) return ["cpu", "memory"];
  return [
    ...new Set(
      policies
        .filter(({ mode }) => mode !== "Off")
        .flatMap(({ controlledResources }) =>
          controlledResources === undefined ? ["cpu", "memory"] : asList(controlledResources).filter(isText),
        ),
    ),
  ];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
