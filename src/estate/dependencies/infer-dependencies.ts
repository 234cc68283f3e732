import type { Assumption } from "../assumptions/assumption.ts";
import { assume } from "../assumptions/assumption-rule.ts";
import { inferredDependencyIsHard } from "../assumptions/manifest-rules.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import {
  danglingDependency,
  danglingReference,
  externalNameCycle,
  missingServicePort,
  secretOutsideInput,
} from "../diagnostics/manifest-diagnostics.ts";
import { appendAll } from "../kubernetes/append-all.ts";
import { indexObjects, scopeKey } from "../kubernetes/object-index.ts";
import type { ServiceEndpoint, Workload } from "../kubernetes/workload.ts";
import type { EntryPoint } from "../model/application.ts";
import type { PlacedObject } from "../model/estate.ts";
import { indexConfigurations } from "./configuration.ts";
import type { MissingConfiguration } from "./container-environment.ts";
import type { Dependency, DependencyEvidence } from "./dependency.ts";
import { createEdgeSet, type EdgeSet } from "./edge-set.ts";
import { addPolicyEvidence } from "./policy-evidence.ts";
import { createHostResolver, type HostResolver, type Resolution } from "./resolve-host.ts";
import { indexServiceVariables } from "./service-variables.ts";
import { findWorkloadMentions, type LocatedMention } from "./workload-mentions.ts";

/** The edges that manifests state, with what was assumed and what did not fit. */
export interface DependencyReading {
  /** Sorted by caller, then by target. */
  readonly dependencies: readonly Dependency[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** ConfigMaps that Kubernetes or a mesh puts into every namespace. */
const givenConfigMaps: ReadonlySet<string> = new Set([
  "kube-root-ca.crt",
  "openshift-service-ca.crt",
  "istio-ca-root-cert",
]);

/** True when an Application declares what a host is to a workload, so that it need not be reported as dangling. */
export type IsSettled = (workload: string, host: string) => boolean;

/**
 * Dependencies that the manifests themselves name: hosts in environment variables, commands, arguments and mounted
 * configuration, resolved as cluster DNS does. A Service of the input is an edge to the workload behind it (to the Service
 * where several or none are), a dotless name that nobody answers to is dangling, a dotted one is outside the estate.
 * Network policies add evidence to edges and make none. No workload depends on itself.
 */
export function inferDependencies(
  state: {
    readonly workloads: readonly Workload[];
    readonly services: readonly ServiceEndpoint[];
    readonly entryPoints: readonly EntryPoint[];
  },
  objects: readonly PlacedObject[],
  isSettled: IsSettled = () => false,
): DependencyReading {
  const { index } = indexObjects(objects);
  const configurations = indexConfigurations(index);
  const serviceVariables = indexServiceVariables(state.services);
  const resolver = createHostResolver(state, new Set(objects.map(scopeKey)));
  const edges = createEdgeSet();
  const diagnostics: Diagnostic[] = [];
  const missingSecrets: MissingSecret[] = [];
  for (const workload of state.workloads) {
    const { mentions, missing } = findWorkloadMentions(workload, configurations, serviceVariables(workload));
    addEdges(workload, mentions, resolver, edges, diagnostics, isSettled);
    const { ConfigMap: configMaps = [], Secret: secrets = [] } = Object.groupBy(missing, ({ kind }) => kind);
    appendAll(diagnostics, reportMissingConfigMaps(workload, configMaps));
    missingSecrets.push(...secrets.map((secret) => ({ workload, secret })));
  }
  appendAll(diagnostics, reportMissingSecrets(missingSecrets));
  addPolicyEvidence(edges, state.workloads, index);
  const dependencies = edges.dependencies();
  return {
    dependencies,
    assumptions: assumeHard(dependencies, state.workloads),
    diagnostics: [...diagnostics, ...configurations.diagnostics],
  };
}

function addEdges(
  workload: Workload,
  mentions: readonly LocatedMention[],
  resolver: HostResolver,
  edges: EdgeSet,
  diagnostics: Diagnostic[],
  isSettled: IsSettled,
): void {
  const resolutions = new Map<string, Resolution>();
  for (const mention of mentions) {
    const resolution = resolutions.get(mention.host) ?? resolver.resolve(workload, mention.host);
    const isFirst = !resolutions.has(mention.host);
    resolutions.set(mention.host, resolution);
    const { target } = resolution;
    const cyclic = resolution.cyclic ? resolution.services[0] : undefined;
    if (cyclic !== undefined && isFirst) {
      diagnostics.push(diagnose(externalNameCycle, { service: cyclic.id }, { place: cyclic.place }));
    }
    if (target === undefined || resolution.workloads.includes(workload.id)) continue;
    const isKnown = target.kind === "workload" || target.kind === "service" || resolution.services.length > 0;
    if (mention.certainty === "passing" && !isKnown) continue;
    const isNew = edges.add(workload.id, target, evidenceOf(mention, resolution));
    const isOpen = isNew && target.kind === "dangling" && !isSettled(workload.id, target.host);
    if (isOpen) diagnostics.push(reportDangling(workload, mention, resolution));
    if (mention.certainty === "stated") diagnostics.push(...checkPort(workload, mention, resolution));
  }
}

/** The value itself, then each external name and public name that it went through. */
function evidenceOf(mention: LocatedMention, { services, entryPoint }: Resolution): readonly DependencyEvidence[] {
  const evidence: DependencyEvidence[] = [{ origin: mention.origin, text: mention.text, place: mention.place() }];
  for (const { name, type, externalName, object } of services) {
    if (type !== "ExternalName") continue;
    const place = object.locate(["spec", "externalName"]);
    evidence.push({ origin: "route", text: `Service ${name} is the external name ${externalName}`, place });
  }
  if (entryPoint?.place !== undefined) {
    const text = `${entryPoint.name} serves ${entryPoint.hostname}`;
    evidence.push({ origin: "route", text, place: entryPoint.place });
  }
  return evidence;
}

function reportDangling(workload: Workload, mention: LocatedMention, { suggestion }: Resolution): Diagnostic {
  const reference = `${workload.namespace}/${workload.kind}/${workload.name}`;
  const parameters = { from: workload.label, reference, host: mention.host, suggestion };
  return diagnose(danglingDependency, parameters, { place: mention.place() });
}

/** A Service forwards only the ports it declares; a headless one hands out addresses and any port will do. */
function checkPort(
  workload: Workload,
  { host, port, place }: LocatedMention,
  { services }: Resolution,
): readonly Diagnostic[] {
  const service = services.at(-1);
  if (port === undefined || service === undefined || service.headless || service.type === "ExternalName") return [];
  if (service.ports.length === 0 || service.ports.some((served) => served.port === port)) return [];
  const ports = service.ports.map((served) => served.port).join(", ");
  return [diagnose(missingServicePort, { from: workload.label, service: host, port, ports }, { place: place() })];
}

/** Each missing ConfigMap once a workload. */
function reportMissingConfigMaps(workload: Workload, missing: readonly MissingConfiguration[]): readonly Diagnostic[] {
  const byName = new Map(missing.toReversed().map((one) => [one.name, one]));
  return [...byName.values()].reverse().flatMap(({ name, place }) => {
    if (givenConfigMaps.has(name)) return [];
    const parameters = { from: workload.label, target: `ConfigMap/${name}`, suggestion: undefined };
    return [diagnose(danglingReference, parameters, { place: place() })];
  });
}

interface MissingSecret {
  readonly workload: Workload;
  readonly secret: MissingConfiguration;
}

/** One note a Secret, whatever reads it and wherever it runs: Secrets are often made elsewhere. */
function reportMissingSecrets(missing: readonly MissingSecret[]): readonly Diagnostic[] {
  const bySecret = Map.groupBy(missing, ({ workload, secret }) => `${workload.namespace}/${secret.name}`);
  return [...bySecret.values()].flatMap((reads) => {
    const [first] = reads;
    if (first === undefined) return [];
    const readers = [...new Set(reads.map(({ workload }) => `${workload.namespace}/${workload.name}`))];
    return [diagnose(secretOutsideInput, { secret: first.secret.name, readers }, { place: first.secret.place() })];
  });
}

function assumeHard(dependencies: readonly Dependency[], workloads: readonly Workload[]): readonly Assumption[] {
  const labels = new Map(workloads.map(({ id, label }) => [id, label]));
  const byCaller = Map.groupBy(dependencies, ({ from }) => from);
  return [...byCaller].map(([from, edges]) => {
    const targets = edges.map(({ to }) =>
      "host" in to ? to.host : "id" in to ? (labels.get(to.id) ?? to.id) : to.name,
    );
    return assume(inferredDependencyIsHard, from, { targets }, edges[0]?.evidence[0]?.place);
  });
}
