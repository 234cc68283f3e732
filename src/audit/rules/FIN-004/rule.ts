import type { DependencyTarget } from "../../../estate/dependencies/dependency.ts";
import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** FIN-004: who works off a queue is scaled by the queue. */
export const scaledByItsQueue: Rule = {
  id: "FIN-004",
  name: "scaled-by-its-queue",
  title: "A workload that works off a queue is scaled by the length of the queue, not by its processor.",
  severity: { high: "info", medium: "info", low: undefined },
  inputs: ["manifests", "objectives"],
  judges: "objects",
  *evaluate({ estate }) {
    const queues = queuesByWorkload(estate);
    for (const workload of estate.workloads) {
      if (isScaledByProcessor(estate, workload) && !isServed(estate, workload)) yield judge(estate, workload, queues);
    }
  },
};

/** A horizontal autoscaler that knows nothing but processor and memory. */
function isScaledByProcessor(estate: Estate, { environment, cluster, namespace, replicas }: Workload): boolean {
  const { autoscaler } = replicas;
  if (autoscaler?.kind !== "HorizontalPodAutoscaler") return false;
  const scope = { environment, cluster, namespace };
  const found = lookupOf(estate).objects.find(scope, "HorizontalPodAutoscaler.autoscaling", autoscaler.name);
  const spec = asObject(found?.object.value.spec);
  const metrics = asList(spec.metrics).map(asObject);
  return metrics.every(({ type }) => type === "Resource" || type === "ContainerResource");
}

/** Behind a Service it is requests that drive the load, whatever queue it writes to. */
function isServed(estate: Estate, { id }: Workload): boolean {
  return (lookupOf(estate).servicesOf.get(id) ?? []).length > 0;
}

const queueServices = new Set(["serviceBus", "eventHubs", "storageQueue", "kafka", "rabbitmq"]);
const queueHost =
  /\.servicebus\.windows\.net$|\.queue\.core\.windows\.net$|(?:^|[.-])(?:kafka|rabbitmq|nats|activemq)(?:[.-]|$)/;

/** The queues that workloads depend on; undefined entries are dependencies of another kind. */
function queuesByWorkload(estate: Estate): ReadonlyMap<string, readonly (string | undefined)[]> {
  const groups = Map.groupBy(estate.dependencies, ({ from }) => from);
  return new Map([...groups].map(([from, edges]) => [from, edges.map(({ to }) => queueOf(estate, to))]));
}

function queueOf(estate: Estate, target: DependencyTarget): string | undefined {
  switch (target.kind) {
    case "cloudService": {
      const service = estate.cloudServices.find(({ name }) => name === target.name)?.service;
      return service !== undefined && queueServices.has(service) ? target.name : undefined;
    }
    case "dataStore": {
      const service = estate.dataStores.find(({ name }) => name === target.name)?.service;
      return service !== undefined && queueServices.has(service) ? target.name : undefined;
    }
    case "host":
      return queueHost.test(target.host) ? target.host : undefined;
    case "workload":
    case "service":
    case "dangling": {
      const name = target.kind === "dangling" ? target.host : (asText(target.id.split("/").at(-1)) ?? "");
      return queueHost.test(name) ? name : undefined;
    }
  }
}

function judge(
  estate: Estate,
  workload: Workload,
  queues: ReadonlyMap<string, readonly (string | undefined)[]>,
): RuleOutcome {
  const known = queues.get(workload.id) ?? [];
  const place = workload.replicas.autoscaler?.place ?? workload.place;
  const queue = known.find((each) => each !== undefined);
  if (queue === undefined) {
    const missing = known.length > 0 ? [] : missingForAbsence(estate);
    if (missing.length === 0) return passed(workload);
    const message = `Nothing says what ${workload.label} depends on, so nothing says whether a queue drives its load.`;
    return workloadOutcome(workload, { verdict: "notEvaluable", missing, place, message });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    place,
    message: `${workload.label} serves nobody, works off ${queue}, and is scaled by processor: it cannot go to 0 when the queue is empty and grows only after it is already behind.`,
    fix: { description: "Scale it with a KEDA ScaledObject on the queue, with minReplicaCount 0." },
  });
}
