import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/autoscaling.json" with { type: "json" };

export const autoscalingSources: SourceTable = table.sources;

/** A default or a delay of an autoscaler, a node or a serverless platform. */
export type AutoscalingDefault =
  | "hpa.syncPeriod"
  | "hpa.tolerance"
  | "metrics.resolution"
  | "keda.pollingInterval"
  | "keda.cooldownPeriod"
  | "keda.initialCooldownPeriod"
  | "keda.maxReplicaCount"
  | "autoscaler.scanInterval"
  | "autoscaler.scaleDownDelayAfterAdd"
  | "autoscaler.scaleDownDelayAfterDelete"
  | "autoscaler.scaleDownUnneededTime"
  | "autoscaler.scaleDownUtilizationThreshold"
  | "autoscaler.maxEmptyBulkDelete"
  | "autoscaler.unremovableRecheck"
  | "provisioning.batchIdle"
  | "provisioning.batchMost"
  | "provisioning.disruptionPoll"
  | "provisioning.validation"
  | "provisioning.disruptionBudget"
  | "node.bootMedian"
  | "node.bootP95"
  | "image.pullRate"
  | "image.pullOverhead"
  | "containerApps.httpDecision"
  | "containerApps.cooldownPeriod"
  | "containerApps.mostReplicas"
  | "containerApps.vcpuStep"
  | "containerApps.gibPerVcpu"
  | "containerApps.mostVcpu"
  | "containerApps.startMedian"
  | "containerApps.startP95"
  | "functions.httpInstanceRate"
  | "functions.mostInstances"
  | "functions.smallInstance"
  | "functions.mediumInstance"
  | "functions.largeInstance"
  | "functions.startMedian"
  | "functions.startP95";

type Row = readonly [name: string, value: number, unit: string, source: string, verified: 0 | 1];

const facts: ReadonlyMap<string, Fact<number>> = new Map(
  (table.rows as unknown as readonly Row[]).map(([name, value, unit, source, verified]) => [
    name,
    { name, value, unit, ...citation(autoscalingSources, source), verified: verified === 1 },
  ]),
);

/** The dated value of a default. */
export function autoscalingDefault(name: AutoscalingDefault): Fact<number> {
  const fact = facts.get(name);
  if (fact === undefined) throw new Error(`the catalog has no autoscaling default ${name}`);
  return fact;
}
