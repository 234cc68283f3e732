import { asInteger, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** How a workload replaces its pods, with the bounds as pods. */
export type Rollout =
  /** Old pods go before new ones come. */
  | { readonly kind: "recreate"; readonly path: FieldPath }
  /** `surge` pods come beside the replicas, `unavailable` may be missing. */
  | {
      readonly kind: "rolling";
      readonly surge: number;
      readonly unavailable: number;
      readonly surgePath: FieldPath;
      readonly unavailablePath: FieldPath;
    }
  /** Bounds that cannot be read. */
  | { readonly kind: "unreadable"; readonly path: FieldPath };

const standardBound = "25%";

/**
 * The rollout of a Deployment or Argo Rollout of `replicas` pods, as their controllers count: both bounds default to 25 %,
 * surge rounds up, unavailable rounds down, and where both come to 0 one pod may be missing. A blue/green Rollout brings up
 * a whole second set. Undefined for kinds that do not roll by bounds.
 */
export function rolloutOf({ kind, object }: Workload, replicas: number): Rollout | undefined {
  const strategy = asObject(asObject(object.value["spec"])["strategy"]);
  if (kind === "Deployment") {
    if (asText(strategy["type"]) === "Recreate") return { kind: "recreate", path: ["spec", "strategy", "type"] };
    return rollingBounds(strategy["rollingUpdate"], ["spec", "strategy", "rollingUpdate"], replicas);
  }
  if (kind !== "Rollout") return undefined;
  if (isJsonObject(strategy["blueGreen"])) {
    const path = ["spec", "strategy", "blueGreen"];
    return { kind: "rolling", surge: replicas, unavailable: 0, surgePath: path, unavailablePath: path };
  }
  return rollingBounds(strategy["canary"], ["spec", "strategy", "canary"], replicas);
}

function rollingBounds(value: unknown, path: FieldPath, replicas: number): Rollout {
  const { maxSurge, maxUnavailable } = asObject(value);
  const surgePath = [...path, "maxSurge"];
  const unavailablePath = [...path, "maxUnavailable"];
  const surge = scaled(maxSurge ?? standardBound, replicas, Math.ceil);
  const unavailable = scaled(maxUnavailable ?? standardBound, replicas, Math.floor);
  if (surge === undefined) return { kind: "unreadable", path: surgePath };
  if (unavailable === undefined) return { kind: "unreadable", path: unavailablePath };
  const both = surge === 0 && unavailable === 0 ? 1 : unavailable;
  return { kind: "rolling", surge, unavailable: both, surgePath, unavailablePath };
}

function scaled(value: unknown, replicas: number, round: (share: number) => number): number | undefined {
  const count = asInteger(value);
  if (count !== undefined) return count >= 0 ? count : undefined;
  const percentage = typeof value === "string" ? /^(\d{1,4})%$/.exec(value)?.[1] : undefined;
  return percentage === undefined ? undefined : round((Number(percentage) * replicas) / 100);
}
