import { asInteger, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";

/** What Kubernetes fills into a probe. */
const defaults = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

/** Seconds of failing until the kubelet acts: period x failure threshold. */
export function secondsToFail({ periodSeconds, failureThreshold }: JsonObject): number {
  return (
    (asInteger(periodSeconds) ?? defaults.periodSeconds) * (asInteger(failureThreshold) ?? defaults.failureThreshold)
  );
}

/** True when two probes ask the same in the same way, after defaults. */
export function sameProbe(left: JsonObject, right: JsonObject): boolean {
  return canonical({ ...defaults, ...left }) === canonical({ ...defaults, ...right });
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) =>
    isJsonObject(nested)
      ? Object.fromEntries(Object.entries(nested).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : nested,
  );
}
