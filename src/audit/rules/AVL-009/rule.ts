import { asInteger, asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Container, ServiceEndpoint, Workload } from "../../../estate/kubernetes/workload.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { dependencyInProbe, namesOfDependencies } from "../../probes/dependency-in-probe.ts";
import { sameProbe, secondsToFail } from "../../probes/probe-timing.ts";
import { isServing } from "../../probes/serving-containers.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { probesAdmission } from "./admission.ts";

const probeFields = ["readinessProbe", "livenessProbe", "startupProbe"] as const;

/** What judging a container needs to know of it. */
interface Subject {
  readonly workload: Workload;
  readonly container: Container;
  /** `Container app of web`. */
  readonly name: string;
  readonly serves: boolean;
  readonly readiness: JsonObject | undefined;
  readonly liveness: JsonObject | undefined;
  /** Names by which the workload knows what it depends on. */
  readonly dependencies: ReadonlySet<string>;
}

/** AVL-009: containers behind a Service say when they are ready, and a stuck one is restarted. */
export const probes: Rule = {
  id: "AVL-009",
  name: "probes",
  title: "Containers behind a Service have a readiness probe whose port exists, and liveness differs from readiness.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests"],
  admission: probesAdmission,
  peers: [
    { tool: "kube-linter", check: "no-readiness-probe", part: "1" },
    { tool: "kube-linter", check: "no-liveness-probe", part: "2" },
    { tool: "kube-linter", check: "readiness-port", part: "4" },
    { tool: "kube-linter", check: "liveness-port", part: "4" },
    { tool: "kube-score", check: "pod-probes" },
    { tool: "kube-score", check: "pod-probes-identical", part: "3" },
    { tool: "polaris", check: "readinessProbeMissing", part: "1" },
    { tool: "polaris", check: "livenessProbeMissing", part: "2" },
    { tool: "checkov", check: "CKV_K8S_9", part: "1" },
    { tool: "checkov", check: "CKV_K8S_8", part: "2" },
    { tool: "kubescape", check: "C-0018", part: "1" },
    { tool: "kubescape", check: "C-0056", part: "2" },
  ],
  judges: "pods",
  *evaluate({ estate }) {
    const { servicesOf } = lookupOf(estate);
    const dependencies = namesOfDependencies(estate);
    for (const workload of estate.workloads) {
      if (workload.opaque || workload.run === "task") continue;
      const unread = workload.unreadable.find(({ path }) => path.at(-1) === "containers");
      if (unread !== undefined) yield notReadable(workload, unread);
      const services = servicesOf.get(workload.id) ?? [];
      for (const container of workload.containers) {
        if (container.role === "main") yield* judge(workload, container, services, dependencies.get(workload.id));
      }
    }
  },
};

function* judge(
  workload: Workload,
  container: Container,
  services: readonly ServiceEndpoint[],
  dependencies: ReadonlySet<string> = new Set(),
): Iterable<RuleOutcome> {
  const unreadable = probeFields.find((field) => isUnreadable(container.value[field]));
  const name = `Container ${container.name} of ${workload.label}`;
  if (unreadable !== undefined) {
    const isVariable = holdsVariable(container.value[unreadable]);
    yield workloadOutcome(workload, {
      verdict: "notEvaluable",
      container,
      field: [...container.path, unreadable],
      missing: [isVariable ? "unresolved-variable" : "unparsable-dependency"],
      message: `The ${unreadable} of ${name} ${isVariable ? "holds a variable that nothing resolved" : "is no mapping"}.`,
    });
    return;
  }
  const subject: Subject = {
    workload,
    container,
    name,
    serves: services.length > 0 && isServing(workload, container, services),
    readiness: probe(container, "readinessProbe"),
    liveness: probe(container, "livenessProbe"),
    dependencies,
  };
  const outcomes = [
    withoutReadiness(subject),
    services.length > 0 ? withoutLiveness(subject) : undefined,
    unknownPort(subject),
    tooEager(subject),
    dependsOnOthers(subject),
  ].filter((outcome) => outcome !== undefined);
  if (outcomes.length === 0) yield passed(workload, container);
  else yield* outcomes;
}

function probe({ value }: Container, field: string): JsonObject | undefined {
  const found = value[field];
  return isJsonObject(found) ? found : undefined;
}

/** Commands of a probe may use variables of their shell; those of other handlers wait for the rendering. */
function isUnreadable(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (!isJsonObject(value)) return true;
  return Object.entries(value).some(([key, part]) => key !== "exec" && holdsVariable(part));
}

function withoutReadiness({ workload, container, name, serves, readiness }: Subject): RuleOutcome | undefined {
  if (!serves || readiness !== undefined) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    container,
    message: `${name} is behind a Service and has no readiness probe: it gets traffic before it can serve.`,
    fix: { description: "Probe the path or port that tells it can serve." },
  });
}

function withoutLiveness({ workload, container, name, liveness }: Subject): RuleOutcome | undefined {
  if (liveness !== undefined) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    severity: "low",
    container,
    message: `${name} has no liveness probe: when it hangs, nobody restarts it.`,
    fix: { description: "Add a liveness probe that does not depend on other services." },
  });
}

/** A port by name that the container does not declare, or by a number that is none. */
function unknownPort({ workload, container, name }: Subject): RuleOutcome | undefined {
  const declared = new Set(asList(container.value.ports).map((port) => asObject(port).name));
  for (const field of probeFields) {
    const { httpGet, tcpSocket, grpc } = asObject(container.value[field]);
    const handler = [httpGet, tcpSocket, grpc].find(isJsonObject);
    const port = asText(handler?.port) ?? asInteger(handler?.port);
    if (port === undefined) continue;
    const number = typeof port === "number" ? port : /^\d+$/.test(port) ? Number(port) : undefined;
    if (number === undefined ? declared.has(port) : number >= 1 && number <= 65_535) continue;
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "4",
      container,
      field: [...container.path, field],
      message: `${name}: the ${field} names port "${port}", which ${number === undefined ? "the container does not declare" : "is no port"}.`,
      fix: { description: "Name a port of the container, or give its number." },
    });
  }
  return undefined;
}

/** Liveness that fails with readiness, or before it, restarts what should only have been spared. */
function tooEager({ workload, container, name, readiness, liveness }: Subject): RuleOutcome | undefined {
  if (liveness === undefined || readiness === undefined) return undefined;
  const field = [...container.path, "livenessProbe"];
  if (sameProbe(liveness, readiness)) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      severity: "medium",
      container,
      field,
      message: `${name} has equal liveness and readiness probes: what should only stop its traffic restarts it instead.`,
      fix: { description: "Let liveness fail later than readiness, or probe something simpler." },
    });
  }
  const alive = secondsToFail(liveness);
  const ready = secondsToFail(readiness);
  if (alive > ready) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "5",
    severity: "low",
    container,
    field,
    message: `${name} is restarted after ${alive} s of failing liveness, but taken out of traffic after ${ready} s of failing readiness: under overload it is killed ${alive === ready ? "just as" : "before"} it is spared.`,
    fix: { description: "Let liveness fail later: a longer period, or a higher failureThreshold." },
  });
}

function dependsOnOthers({ workload, container, name, liveness, dependencies }: Subject): RuleOutcome | undefined {
  const word = liveness === undefined ? undefined : dependencyInProbe(liveness, dependencies);
  if (word === undefined) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "6",
    severity: "info",
    container,
    field: [...container.path, "livenessProbe"],
    message: `The liveness probe of ${name} names "${word}": when that is down, all replicas are restarted, which does not bring it back.`,
    fix: { description: "Let liveness ask about the process alone, and readiness about what it depends on." },
  });
}
