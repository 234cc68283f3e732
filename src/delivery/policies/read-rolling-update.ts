import { rolloutWithoutAnalysis } from "../../estate/diagnostics/delivery-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { describe, type PolicyReading } from "./policy-reading.ts";
import type { RollingPolicy } from "./rollout-policy.ts";

const mostReplicas = 10_000;
const defaultStartSeconds = 30;

/**
 * A Deployment's own update: `maxSurge + maxUnavailable` pods at a time, each batch held until it is ready and has been so for
 * `minReadySeconds`. Readiness is all that is looked at.
 */
export function readRollingUpdate(reading: PolicyReading): RollingPolicy | undefined {
  const replicas = reading.number(["spec", "replicas"], { least: 0, most: mostReplicas, whole: true }) ?? 1;
  const isRecreate = reading.value(["spec", "strategy", "type"]) === "Recreate";
  const rolling: FieldPath = ["spec", "strategy", "rollingUpdate"];
  const surge = countOf(reading, [...rolling, "maxSurge"], replicas, Math.ceil);
  const unavailable = countOf(reading, [...rolling, "maxUnavailable"], replicas, Math.floor);
  const ready = reading.number(["spec", "minReadySeconds"], { least: 0, most: 86_400, whole: true }) ?? 0;
  const start = reading.condition(
    "startSeconds",
    "how long new pods take until they are ready",
    defaultStartSeconds,
    `${defaultStartSeconds} s`,
  );
  if (!reading.isUsable) return undefined;
  reading.diagnostics.push(
    diagnose(
      rolloutWithoutAnalysis,
      { subject: reading.subject },
      { place: reading.object.locate(["spec", "strategy"]) },
    ),
  );
  const size = isRecreate ? replicas : Math.max(1, surge + unavailable);
  const batches = [{ weight: 0, holdSeconds: start + ready }];
  for (let updated = size; !isRecreate && updated < replicas; updated += size) {
    batches.push({ weight: (100 * updated) / replicas, holdSeconds: start + ready });
  }
  return {
    tool: "kubernetes",
    strategy: isRecreate ? "recreate" : "rolling",
    subject: reading.subject,
    place: reading.object.locate([]),
    metrics: [],
    batches,
  };
}

/** A count, or a percentage of the replicas rounded as Kubernetes does: surge up, unavailable down. Default 25 %. */
function countOf(reading: PolicyReading, path: FieldPath, replicas: number, round: (value: number) => number): number {
  const written = reading.value(path) ?? "25%";
  const percentage = typeof written === "string" ? /^(\d{1,3})%$/.exec(written)?.[1] : undefined;
  if (percentage !== undefined && Number(percentage) <= 100) return round((replicas * Number(percentage)) / 100);
  if (typeof written === "number" && Number.isSafeInteger(written) && written >= 0) return written;
  reading.refuse(path, `${describe(written)} is neither a count nor a percentage up to 100%`, "Write it as 1 or 25%.");
  return 0;
}
