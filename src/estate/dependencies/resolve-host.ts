import { customWorkloadOf } from "../kubernetes/custom-workloads.ts";
import { type NamespaceScope, scopeKey } from "../kubernetes/object-index.ts";
import { isStatefulPod } from "../kubernetes/pod-index.ts";
import { indexServiceNames, type ServiceNames } from "../kubernetes/service-names.ts";
import type { ServiceEndpoint, Workload } from "../kubernetes/workload.ts";
import type { EntryPoint } from "../model/application.ts";
import type { DependencyTarget } from "./dependency.ts";
import { isIpv4 } from "./host-name.ts";

/** What a host name turned out to be. */
export interface Resolution {
  /** Undefined: nothing that a workload depends on, such as its own public address. */
  readonly target: DependencyTarget | undefined;
  /** Workloads that the name leads to. */
  readonly workloads: readonly string[];
  /** Services that were passed through, in order: more than one where external names point on. */
  readonly services: readonly ServiceEndpoint[];
  /** The way in whose public name this is. */
  readonly entryPoint: EntryPoint | undefined;
  /** External names that lead in a circle. */
  readonly cyclic: boolean;
  /** A Service that was probably meant, for a dangling name. */
  readonly suggestion: string | undefined;
}

/** Resolves host names as a pod of a namespace does. */
export interface HostResolver {
  resolve(caller: Workload, host: string): Resolution;
}

interface Names {
  readonly services: ServiceNames;
  /** Workload id by scope and the name of a Service that an operator makes. */
  readonly implied: ReadonlyMap<string, string>;
  /** Scopes that hold anything. */
  readonly scopes: ReadonlySet<string>;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly entryPoints: ReadonlyMap<string, EntryPoint>;
}

/** Services that every AKS cluster has; they stand outside the estate. */
const clusterServices: ReadonlySet<string> = new Set([
  "default/kubernetes",
  "kube-system/kube-dns",
  "kube-system/metrics-server",
]);
const unresolved: Resolution = {
  target: undefined,
  workloads: [],
  services: [],
  entryPoint: undefined,
  cyclic: false,
  suggestion: undefined,
};

export function createHostResolver(
  state: {
    readonly workloads: readonly Workload[];
    readonly services: readonly ServiceEndpoint[];
    readonly entryPoints: readonly EntryPoint[];
  },
  scopes: ReadonlySet<string>,
): HostResolver {
  const names: Names = {
    services: indexServiceNames(state.services),
    implied: impliedServices(state.workloads),
    scopes,
    workloads: new Map(state.workloads.map((workload) => [workload.id, workload])),
    entryPoints: indexHostnames(state.entryPoints),
  };
  return { resolve: (caller, host) => resolve(names, caller, host) };
}

/** By `environment/hostname`; ways in that share a name lead to all their workloads. */
function indexHostnames(entryPoints: readonly EntryPoint[]): ReadonlyMap<string, EntryPoint> {
  const byHost = new Map<string, EntryPoint>();
  for (const entryPoint of entryPoints) {
    if (entryPoint.hostname === undefined) continue;
    const key = `${entryPoint.environment}/${entryPoint.hostname.toLowerCase()}`;
    const other = byHost.get(key);
    const workloads =
      other === undefined ? entryPoint.workloads : [...new Set([...other.workloads, ...entryPoint.workloads])];
    byHost.set(key, { ...(other ?? entryPoint), workloads });
  }
  return byHost;
}

function impliedServices(workloads: readonly Workload[]): ReadonlyMap<string, string> {
  const implied = new Map<string, string>();
  for (const workload of workloads) {
    if (!workload.opaque) continue;
    for (const service of customWorkloadOf(workload.object)?.services(workload.name) ?? []) {
      implied.set(`${scopeKey(workload)}/${service}`, workload.id);
    }
  }
  return implied;
}

function resolve(names: Names, caller: Workload, host: string): Resolution {
  for (const candidate of candidates(host, caller)) {
    const found = lookUp(names, candidate);
    if (found !== undefined) return found;
  }
  return outside(names, caller, host);
}

/** A Service that a name may mean, in the order in which DNS tries them. */
interface Candidate {
  readonly scope: NamespaceScope;
  readonly service: string;
  readonly pod: string | undefined;
}

/** `svc`, `svc.ns`, `pod.svc`, `pod.svc.ns`, and the same with `svc` and the cluster's domain behind them. */
function candidates(host: string, caller: Workload): readonly Candidate[] {
  const { labels, qualified } = clusterLabels(host);
  const inNamespace = (namespace: string | undefined) => ({
    ...scopeOf(caller),
    ...(namespace === undefined ? {} : { namespace }),
  });
  const [first = "", second, third, ...rest] = labels;
  if (rest.length > 0 || isIpv4(host)) return [];
  if (second === undefined) return [{ scope: inNamespace(undefined), service: first, pod: undefined }];
  if (third !== undefined) return [{ scope: inNamespace(third), service: second, pod: first }];
  const service: Candidate = { scope: inNamespace(second), service: first, pod: undefined };
  return qualified ? [service] : [{ scope: inNamespace(undefined), service: second, pod: first }, service];
}

/** Labels before `svc`, whatever domain the cluster has behind it. */
function clusterLabels(host: string): { readonly labels: readonly string[]; readonly qualified: boolean } {
  const labels = host.split(".");
  const marker = labels.indexOf("svc", 2);
  return marker === -1 ? { labels, qualified: false } : { labels: labels.slice(0, marker), qualified: true };
}

function scopeOf({ environment, cluster, namespace }: Workload): NamespaceScope {
  return { environment, cluster, namespace };
}

function lookUp(names: Names, candidate: Candidate): Resolution | undefined {
  const implied = names.implied.get(`${scopeKey(candidate.scope)}/${candidate.service}`);
  const passed: ServiceEndpoint[] = [];
  let service = names.services.find(candidate.scope, candidate.service);
  if (service === undefined && implied !== undefined) return { ...unresolved, ...workloadTarget(implied) };
  if (service === undefined) return undefined;
  if (candidate.pod !== undefined) return podTarget(names, service, candidate.pod);
  while (service.type === "ExternalName") {
    if (passed.includes(service)) return { ...unresolved, services: passed, cyclic: true };
    passed.push(service);
    const host: string = (service.externalName ?? "").toLowerCase().replace(/\.$/, "");
    const next = externalCandidate(names, service, host);
    if (next === undefined) return { ...unresolved, target: externalTarget(host), services: passed };
    service = next;
  }
  return { ...unresolved, ...serviceTarget(service), services: [...passed, service] };
}

function externalTarget(host: string): DependencyTarget | undefined {
  if (host === "") return undefined;
  return host.includes(".") ? { kind: "host", host } : { kind: "dangling", host };
}

/** An external name is absolute: only a full name of the cluster's own domain leads back in. */
function externalCandidate(names: Names, from: ServiceEndpoint, host: string): ServiceEndpoint | undefined {
  const { labels, qualified } = clusterLabels(host);
  const [name = "", namespace, ...rest] = labels;
  if (!qualified || rest.length > 0) return undefined;
  return names.services.find({ environment: from.environment, cluster: from.cluster, namespace }, name);
}

/** A pod of a headless Service, by its own name. */
function podTarget(names: Names, service: ServiceEndpoint, pod: string): Resolution | undefined {
  const owner = service.workloads.find((id) => {
    const workload = names.workloads.get(id);
    return workload !== undefined && isStatefulPod(workload, pod);
  });
  if (owner !== undefined) return { ...unresolved, ...workloadTarget(owner), services: [service] };
  return service.headless ? { ...unresolved, ...serviceTarget(service), services: [service] } : undefined;
}

function workloadTarget(id: string): Pick<Resolution, "target" | "workloads"> {
  return { target: { kind: "workload", id }, workloads: [id] };
}

/** A Service before one workload is that workload; before several (either serves) or none it stands for itself. */
function serviceTarget({ id, workloads }: ServiceEndpoint): Pick<Resolution, "target" | "workloads"> {
  const [only] = workloads;
  if (only !== undefined && workloads.length === 1) return workloadTarget(only);
  return { target: { kind: "service", id }, workloads };
}

/** A name that no Service of the input answers to: of every cluster, dangling, a way into the estate, or outside. */
function outside(names: Names, caller: Workload, host: string): Resolution {
  const { labels, qualified } = clusterLabels(host);
  const pod = labels.length === 3 ? 1 : 0;
  const service = labels[pod] ?? "";
  const namespace = labels[pod + 1] ?? caller.namespace;
  if (labels.length <= 2 && clusterServices.has(`${namespace}/${service}`)) {
    return { ...unresolved, target: { kind: "host", host: `${service}.${namespace}.svc` } };
  }
  const scope = { ...scopeOf(caller), namespace };
  if (!host.includes(".") || (qualified && names.scopes.has(scopeKey(scope)))) {
    return { ...unresolved, target: { kind: "dangling", host }, suggestion: names.services.near(scope, service) };
  }
  return publicName(names, caller, host) ?? { ...unresolved, target: { kind: "host", host } };
}

/** The public name of a way into the estate: the workload behind it, or nothing when the caller itself is behind it. */
function publicName(names: Names, caller: Workload, host: string): Resolution | undefined {
  const wildcard = `*${host.slice(host.indexOf("."))}`;
  const entryPoint =
    names.entryPoints.get(`${caller.environment}/${host}`) ??
    names.entryPoints.get(`${caller.environment}/${wildcard}`);
  if (entryPoint === undefined) return undefined;
  if (entryPoint.workloads.includes(caller.id)) return { ...unresolved, entryPoint };
  const [only] = entryPoint.workloads;
  const target: DependencyTarget =
    only !== undefined && entryPoint.workloads.length === 1 ? { kind: "workload", id: only } : { kind: "host", host };
  return { ...unresolved, target, workloads: only === undefined ? [] : [only], entryPoint };
}
