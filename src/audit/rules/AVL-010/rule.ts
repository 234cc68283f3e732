import { asInteger, asObject, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const handlers = ["httpGet", "tcpSocket", "exec", "grpc"];

const slowStartSeconds = {
  name: "slowStartSeconds",
  description: "Wait before the first liveness check, in seconds, from which a start counts as slow.",
  default: 30,
};

/** AVL-010: a slow start is bounded by a startup probe, not by putting off the liveness probe. */
export const startupProbe: Rule = {
  id: "AVL-010",
  name: "startup-probe",
  title: "A container that starts slowly has a startup probe, so that liveness can be quick once it runs.",
  severity: { high: "low", medium: "low", low: undefined },
  inputs: ["manifests"],
  parameters: [slowStartSeconds],
  judges: "pods",
  *evaluate({ estate, parameters }) {
    const threshold = Number(parameters[slowStartSeconds.name] ?? slowStartSeconds.default);
    for (const workload of estate.workloads) {
      if (workload.opaque || workload.run === "task") continue;
      for (const container of workload.containers) {
        if (container.role !== "main" && container.role !== "sidecar") continue;
        const { livenessProbe } = container.value;
        if (isJsonObject(livenessProbe)) yield judge(workload, container, livenessProbe, threshold);
      }
    }
  },
};

function judge(workload: Workload, container: Container, liveness: JsonObject, threshold: number): RuleOutcome {
  const field = [...container.path, "livenessProbe", "initialDelaySeconds"];
  const name = `Container ${container.name} of ${workload.label}`;
  if (holdsVariable(liveness.initialDelaySeconds) || holdsVariable(container.value.startupProbe)) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      container,
      field,
      missing: ["unresolved-variable"],
      message: `${name} takes the delay of its liveness probe, or its startup probe, from a variable.`,
    });
  }
  const delay = asInteger(liveness.initialDelaySeconds) ?? 0;
  if (isJsonObject(container.value.startupProbe) || delay <= threshold) return passed(workload, container);
  const { period, failures } = timing(liveness);
  const budget = Math.ceil((delay + period * failures) / period);
  return workloadOutcome(workload, {
    verdict: "fail",
    container,
    field,
    message: `${name} waits ${delay} s before its first liveness check and has no startup probe: one that hangs early on runs on for ${delay + period * failures} s, and a start that takes longer than that never succeeds.`,
    fix: workloadFix(
      `Give it a startup probe of the same ${delay + period * failures} s (${budget} x ${period} s), and let liveness begin when that has passed.`,
      workload,
      [
        {
          path: [...container.path, "startupProbe"],
          value: { ...handlerOf(liveness), periodSeconds: period, failureThreshold: budget },
        },
        { path: field, value: undefined },
      ],
    ),
  });
}

function timing({ periodSeconds, failureThreshold }: JsonObject): {
  readonly period: number;
  readonly failures: number;
} {
  return {
    period: Math.max(1, asInteger(periodSeconds) ?? 10),
    failures: Math.max(1, asInteger(failureThreshold) ?? 3),
  };
}

function handlerOf(probe: JsonObject): JsonObject {
  const entries = handlers.flatMap((name) => (probe[name] === undefined ? [] : [[name, asObject(probe[name])]]));
  return Object.fromEntries(entries);
}
