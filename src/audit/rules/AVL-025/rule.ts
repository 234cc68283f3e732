import { asObject, asStringMap } from "../../../estate/kubernetes/json-value.ts";
import { type NamespaceScope, scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { ServiceEndpoint, Workload } from "../../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";
import { type EstateLookup, lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome, passedObject } from "../../estate-lookup/object-outcome.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { missingForAbsence } from "../../evidence.ts";
import { backendsOf, routeKinds } from "../../references/backends.ts";
import { monitorProblem } from "../../references/monitors.ts";
import { policySelectsNothing } from "../../references/policy-subjects.ts";
import { mayReferTo } from "../../references/reference-grants.ts";
import { unresolvedTargetPort } from "../../references/target-ports.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AVL-025: what an object refers to is there. */
export const references: Rule = {
  id: "AVL-025",
  name: "dangling-references",
  title: "Services, routes, monitors and network policies refer to something that is there.",
  severity: { high: "high", medium: "medium", low: "medium" },
  inputs: ["manifests"],
  peers: [
    { tool: "kube-linter", check: "dangling-service" },
    { tool: "kube-linter", check: "dangling-ingress" },
    { tool: "kube-linter", check: "dangling-networkpolicy" },
    { tool: "kube-linter", check: "dangling-servicemonitor" },
    { tool: "kube-score", check: "service-targets-pod" },
    { tool: "kube-score", check: "ingress-targets-service" },
    { tool: "kube-score", check: "networkpolicy-targets-pod" },
  ],
  judges: "objects",
  *evaluate(context) {
    const lookup = lookupOf(context.estate);
    const missing = missingForAbsence(context.estate);
    const { objects } = lookup;
    for (const service of context.estate.services) yield* judgeService(context, service, lookup, missing);
    for (const placed of objects.ofKind(...routeKinds)) yield judgeRoute(context, placed, lookup, missing);
    for (const placed of objects.ofKind("ServiceMonitor.monitoring.coreos.com", "PodMonitor.monitoring.coreos.com")) {
      const problem = monitorProblem(context.estate, placed);
      yield problem === undefined
        ? passedObject(context.estate, placed)
        : absent(context, placed, problem.field, problem.message, problem.isSeen ? [] : missing);
    }
    for (const placed of objects.ofKind("NetworkPolicy.networking.k8s.io")) {
      yield judgePolicy(context, placed, lookup, missing);
    }
  },
};

function* judgeService(
  { estate }: AuditContext,
  service: ServiceEndpoint,
  lookup: EstateLookup,
  missing: readonly string[],
): Iterable<RuleOutcome> {
  const selector = asStringMap(asObject(service.object.value.spec).selector);
  if (service.type === "ExternalName" || Object.keys(selector).length === 0) return;
  const placed = lookup.objects.find(service, "Service", service.name);
  if (placed === undefined) return;
  const workloads = service.workloads.flatMap((id) => lookup.workloads.get(id) ?? []);
  if (workloads.length === 0) {
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
    const message = `Service ${service.name} selects ${labels.join(",")}, which no pod of namespace ${service.namespace} carries: every connection to it is refused.`;
    yield absent({ estate }, placed, ["spec", "selector"], message, [
      ...(holdsVariable(selector) ? ["unresolved-variable"] : []),
      ...(holdsOpaqueWorkload(estate.workloads, service) ? ["unknown-kind"] : []),
      ...missing,
    ]);
    return;
  }
  const unresolved = unresolvedTargetPort(service, workloads);
  yield unresolved === undefined
    ? passedObject(estate, placed)
    : absent({ estate }, placed, unresolved.field, unresolved.message, unresolved.missing);
}

const opaqueScopes = new WeakMap<readonly Workload[], ReadonlySet<string>>();

/** A custom resource of the namespace may make the pods, with labels that are not known. */
function holdsOpaqueWorkload(workloads: readonly Workload[], scope: NamespaceScope): boolean {
  let scopes = opaqueScopes.get(workloads);
  if (scopes === undefined) {
    scopes = new Set(workloads.filter(({ opaque }) => opaque).map(scopeKey));
    opaqueScopes.set(workloads, scopes);
  }
  return scopes.has(scopeKey(scope));
}

function judgeRoute(
  { estate }: AuditContext,
  placed: PlacedObject,
  lookup: EstateLookup,
  missing: readonly string[],
): RuleOutcome {
  const { serviceNames } = lookup;
  const { kind, name } = placed.object;
  for (const { scope, service: serviceName, port, field, portField } of backendsOf(placed)) {
    const service = serviceNames.find(scope, serviceName);
    if (service === undefined) {
      const near = serviceNames.near(scope, serviceName);
      const message = `${kind} ${name} sends to Service ${serviceName}, which namespace ${scope.namespace ?? ""} does not have${near === undefined ? "" : ` (there is ${near})`}: ${unanswered(kind)}.`;
      return absent({ estate }, placed, field, message, holdsVariable(serviceName) ? ["unresolved-variable"] : missing);
    }
    if (!mayReferTo(lookup.objects, placed, scope, serviceName)) {
      const message = `${kind} ${name} sends to Service ${serviceName} of namespace ${scope.namespace ?? ""}, where no ReferenceGrant lets a ${kind} of namespace ${placed.namespace ?? ""} do so: ${unanswered(kind)}.`;
      return absent({ estate }, placed, field, message, missing);
    }
    if (port === undefined || service.type === "ExternalName") continue;
    if (service.ports.some((each) => each.port === port || each.name === port)) continue;
    const offered = service.ports.map((each) =>
      each.name === undefined ? String(each.port) : `${each.name} (${each.port})`,
    );
    const message = `${kind} ${name} sends to port ${port} of Service ${serviceName}, which offers ${offered.join(", ")}.`;
    return absent({ estate }, placed, portField, message, holdsVariable(port) ? ["unresolved-variable"] : []);
  }
  return passedObject(estate, placed);
}

function unanswered(kind: string): string {
  if (kind === "Ingress" || kind === "VirtualService") return "its requests are answered with 503";
  return kind === "HTTPRoute" ? "its requests are answered with 500" : "its connections lead nowhere";
}

function judgePolicy(
  { estate }: AuditContext,
  placed: PlacedObject,
  lookup: EstateLookup,
  missing: readonly string[],
): RuleOutcome {
  if (!policySelectsNothing(placed, lookup.pods)) return passedObject(estate, placed);
  const opaque = holdsOpaqueWorkload(estate.workloads, placed);
  const message = `NetworkPolicy ${placed.object.name} selects no pod of namespace ${placed.namespace ?? ""}: it protects nothing.`;
  return {
    ...absent({ estate }, placed, ["spec", "podSelector"], message, [...(opaque ? ["unknown-kind"] : []), ...missing]),
    severity: "info",
  };
}

/** A reference that leads nowhere, or (with reasons) of which that is not certain. */
function absent(
  { estate }: Pick<AuditContext, "estate">,
  placed: PlacedObject,
  field: readonly (string | number)[],
  message: string,
  reasons: readonly string[],
): RuleOutcome {
  if (reasons.length === 0) {
    return objectOutcome(estate, placed, {
      verdict: "fail",
      field,
      message,
      fix: { description: "Name what is there, or add what is missing." },
    });
  }
  return objectOutcome(estate, placed, {
    verdict: "notEvaluable",
    field,
    missing: reasons,
    message: `As far as the input shows: ${message}`,
  });
}
