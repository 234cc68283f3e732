import { asInteger, asObject } from "./json-value.ts";
import type { JsonObject } from "./kubernetes-object.ts";
import type { Workload } from "./workload.ts";

/** Kubernetes' default time between two checks of a probe. */
const standardPeriodSeconds = 10;

/**
 * Least seconds until a new pod is ready that its probes make certain: of the slowest container the delays of its startup
 * and readiness probes, and the further checks that readiness wants. Pulling and starting come on top.
 */
export function secondsToReady({ containers }: Workload): number {
  const serving = containers.filter(({ role }) => role === "main" || role === "sidecar");
  return Math.max(
    0,
    ...serving.map(({ value }) => probeSeconds(value.startupProbe) + probeSeconds(value.readinessProbe)),
  );
}

function probeSeconds(value: unknown): number {
  const probe: JsonObject = asObject(value);
  const delay = asInteger(probe.initialDelaySeconds) ?? 0;
  const period = asInteger(probe.periodSeconds) ?? standardPeriodSeconds;
  const successes = asInteger(probe.successThreshold) ?? 1;
  return Math.max(0, delay) + Math.max(0, successes - 1) * Math.max(1, period);
}
