import { asInteger, asList, asObject, asStringMap, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import { gracePeriodOf, type PreStop, preStopOf } from "../../../estate/kubernetes/termination.ts";
import type { Container, ServiceEndpoint, Workload } from "../../../estate/kubernetes/workload.ts";
import { minorVersion } from "../../estate-lookup/cluster-facts.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** Kubernetes sleeps in a preStop hook by itself from this minor version on (beta and on; stable from 1.34). */
const sleepSinceMinor = 30;

const propagationSeconds = {
  name: "endpointPropagationSeconds",
  description: "Time until every node has stopped sending traffic to a pod that stops, in seconds.",
  default: 5,
};
const marginSeconds = {
  name: "shutdownMarginSeconds",
  description: "Time that a process needs to end once its last request is answered, in seconds.",
  default: 2,
};

const probeIntervalAnnotation = "service.beta.kubernetes.io/azure-load-balancer-health-probe-interval";
const probeCountAnnotation = "service.beta.kubernetes.io/azure-load-balancer-health-probe-num-of-probe";

/** Where traffic goes on to a pod that stops, and for how long. */
interface Exposure {
  readonly service: ServiceEndpoint;
  readonly seconds: number;
}

interface Stop {
  readonly workload: Workload;
  readonly graceSeconds: number;
  /** Of the containers that serve, the shortest known wait; undefined where a hook takes an unknown time. */
  readonly wait: { readonly container: Container; readonly seconds: number | undefined } | undefined;
}

/** AVL-013: a pod that stops waits until no traffic comes any more, and has the time to answer what came. */
export const gracefulStop: Rule = {
  id: "AVL-013",
  name: "graceful-stop",
  title: "A pod that stops waits until traffic has gone elsewhere and has the time to finish its requests.",
  severity: { high: "medium", medium: "medium", low: undefined },
  inputs: ["manifests", "objectives"],
  parameters: [propagationSeconds, marginSeconds],
  judges: "pods",
  *evaluate(context) {
    const { servicesOf } = lookupOf(context.estate);
    const longest = new Map(
      context.estate.applications.map(({ name, longestRequestSeconds }) => [name, longestRequestSeconds]),
    );
    for (const workload of context.estate.workloads) {
      if (workload.opaque || workload.run === "task") continue;
      const services = (servicesOf.get(workload.id) ?? []).filter(({ headless }) => !headless);
      const hooks = workload.containers.some((container) => preStopOf(container).kind !== "none");
      if (services.length > 0 || hooks) {
        yield* judge(context, workload, services, longest.get(workload.application ?? ""));
      }
    }
  },
};

function* judge(
  context: AuditContext,
  workload: Workload,
  services: readonly ServiceEndpoint[],
  requestSeconds: number | undefined,
): Iterable<RuleOutcome> {
  const grace = gracePeriodOf(workload);
  if (grace.seconds === undefined) {
    yield workloadOutcome(workload, {
      verdict: "notEvaluable",
      field: grace.path,
      missing: ["unresolved-variable"],
      message: `The grace period of ${workload.label} is no whole number of seconds.`,
    });
    return;
  }
  const exceeded = hookBeyondGrace(workload, grace.seconds);
  if (exceeded !== undefined) {
    yield exceeded;
    return;
  }
  const stop: Stop = { workload, graceSeconds: grace.seconds, wait: shortestWait(workload) };
  const exposure = longestExposure(services, Number(context.parameters[propagationSeconds.name]));
  if (exposure === undefined) {
    yield passed(workload);
    return;
  }
  const margin = Number(context.parameters[marginSeconds.name]);
  const outcomes = [unfinishedRequests(stop, requestSeconds, margin), earlyStop(context, stop, exposure)].filter(
    (outcome) => outcome !== undefined,
  );
  if (outcomes.every(({ verdict }) => verdict === "notEvaluable")) yield passed(workload);
  yield* outcomes;
}

/** The clock of the grace period starts with the hook, so nothing is left for the process itself. */
function hookBeyondGrace(workload: Workload, graceSeconds: number): RuleOutcome | undefined {
  for (const container of workload.containers) {
    const hook = preStopOf(container);
    if (hook.kind !== "sleep" || hook.seconds < graceSeconds) continue;
    const { path } = gracePeriodOf(workload);
    const needed = hook.seconds + 30;
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      container,
      field: [...container.path, "lifecycle", "preStop"],
      message: `Container ${container.name} of ${workload.label} sleeps ${hook.seconds} s before it stops, but its pod is killed after ${graceSeconds} s: the process never hears that it should stop.`,
      fix: workloadFix(`Leave 30 s after the hook: ${needed} s in all.`, workload, [{ path, value: needed }]),
    });
  }
  return undefined;
}

function unfinishedRequests(
  { workload, graceSeconds, wait }: Stop,
  requestSeconds: number | undefined,
  margin: number,
): RuleOutcome | undefined {
  const { path } = gracePeriodOf(workload);
  const waited = wait?.seconds ?? 0;
  if (requestSeconds === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "2",
      field: path,
      missing: ["needs-A"],
      message: `Whether ${graceSeconds} s are enough for ${workload.label} to finish its requests depends on the longest of them, which no Application states (longestRequest).`,
    });
  }
  const needed = waited + requestSeconds + margin;
  if (graceSeconds >= needed) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field: path,
    message: `${workload.label} has ${graceSeconds} s to stop, but needs ${needed} s: ${waited} s before it hears of it, ${requestSeconds} s for the longest request and ${margin} s to end.`,
    fix: workloadFix(`Give it ${Math.ceil(needed)} s.`, workload, [{ path, value: Math.ceil(needed) }]),
  });
}

function earlyStop({ estate }: AuditContext, { workload, wait }: Stop, exposure: Exposure): RuleOutcome | undefined {
  if (wait === undefined) return undefined;
  const { container, seconds } = wait;
  const field = [...container.path, "lifecycle", "preStop"];
  const { service, seconds: needed } = exposure;
  if (seconds === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "3",
      container,
      field,
      missing: ["needs-X"],
      message: `Whether container ${container.name} of ${workload.label} waits the ${needed} s until Service ${service.name} has stopped sending depends on how long its preStop hook takes.`,
    });
  }
  if (seconds >= needed) return undefined;
  const minor = minorVersion(estate, workload.cluster);
  const description = `Wait ${needed} s before the process is told to stop.`;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    container,
    field,
    message: `Container ${container.name} of ${workload.label} ${seconds === 0 ? "is told to stop at once" : `waits ${seconds} s`} while Service ${service.name} sends traffic for up to ${needed} s more: each rollout and drain refuses requests.`,
    fix:
      minor === undefined || minor < sleepSinceMinor || seconds > 0
        ? { description }
        : workloadFix(description, workload, [{ path: field, value: { sleep: { seconds: needed } } }]),
  });
}

/** Of the containers that serve a port, the one that waits least before it stops. */
function shortestWait({ containers }: Workload): Stop["wait"] {
  const running = containers.filter(({ role }) => role === "main" || role === "sidecar");
  const declaring = running.filter(({ value }) => asList(value.ports).some(isJsonObject));
  const waits = (declaring.length > 0 ? declaring : running.filter(({ role }) => role === "main")).map((container) => ({
    container,
    seconds: secondsOf(preStopOf(container)),
  }));
  return waits.toSorted((left, right) => (left.seconds ?? Infinity) - (right.seconds ?? Infinity))[0];
}

function secondsOf(hook: PreStop): number | undefined {
  switch (hook.kind) {
    case "none":
      return 0;
    case "sleep":
      return hook.seconds;
    case "unknown":
      return undefined;
  }
}

function longestExposure(services: readonly ServiceEndpoint[], propagation: number): Exposure | undefined {
  return services
    .map((service): Exposure => ({ service, seconds: propagation + probeSeconds(service) }))
    .toSorted((left, right) => right.seconds - left.seconds)[0];
}

/**
 * With `externalTrafficPolicy: Local` the Azure load balancer itself must see by its probe (5 s, twice, unless annotations
 * say otherwise) that a node has no pod left; else every node passes traffic on.
 */
function probeSeconds({ type, object }: ServiceEndpoint): number {
  if (type !== "LoadBalancer" || asObject(object.value.spec).externalTrafficPolicy !== "Local") return 0;
  const annotations = asStringMap(asObject(object.value.metadata).annotations);
  return numberIn(annotations[probeIntervalAnnotation], 5) * numberIn(annotations[probeCountAnnotation], 2);
}

function numberIn(text: string | undefined, byDefault: number): number {
  const value = text === undefined || !/^\d{1,4}$/.test(text) ? undefined : asInteger(Number(text));
  return value ?? byDefault;
}
