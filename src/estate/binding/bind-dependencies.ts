import { dependencyTypeHard } from "../assumptions/estate-rules.ts";
import type { Dependency, DependencyTarget } from "../dependencies/dependency.ts";
import { dependencyOnItself } from "../diagnostics/objective-diagnostics.ts";
import { nameDuplicate } from "../diagnostics/reference-diagnostics.ts";
import type { DataStore } from "../model/service.ts";
import { parseUnavailability } from "../quantities/percentage.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { type BoundApplication, reportBroken } from "./bind-applications.ts";
import type { BindingLog } from "./binding-log.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";
import { referencedName } from "./written-reference.ts";

/** What declared dependencies refer to. */
export interface DependencySurroundings {
  readonly directory: WorkloadDirectory;
  readonly dataStores: readonly DataStore[];
  readonly cloudServices: readonly string[];
  readonly log: BindingLog;
}

type DependencySpec = NonNullable<NonNullable<BoundApplication["document"]["value"]["spec"]>["dependencies"]>[number];

/** The declared dependencies, one for each workload that they start from, in every environment and cluster. */
export function bindDependencies(
  applications: readonly BoundApplication[],
  surroundings: DependencySurroundings,
): readonly Dependency[] {
  return applications.flatMap((application) => {
    const seen = new Set<string>();
    return (application.document.value.spec?.dependencies ?? []).flatMap((spec, index) => {
      const path = ["spec", "dependencies", index];
      const key = `${spec.from} -> ${spec.to}`;
      const place = application.document.locate(path);
      if (seen.has(key)) {
        const context = { place, affects: [application.document.id] };
        surroundings.log.report(nameDuplicate, { field: "spec.dependencies", name: key }, context);
        return [];
      }
      seen.add(key);
      if (spec.type === undefined) {
        surroundings.log.assume(dependencyTypeHard, `${application.document.id}/${key}`, { to: spec.to }, place);
      }
      return bindDependency(spec, path, application, surroundings);
    });
  });
}

function bindDependency(
  spec: DependencySpec,
  path: FieldPath,
  application: BoundApplication,
  surroundings: DependencySurroundings,
): readonly Dependency[] {
  const { directory, log } = surroundings;
  const { document, environments, clusters } = application;
  if (spec.from === spec.to) {
    log.report(dependencyOnItself, { workload: spec.from }, { place: document.locate(path), affects: [document.id] });
    return [];
  }
  const fixed = fixedTarget(spec.to, [...path, "to"], application, surroundings);
  const details = dependencyDetails(spec, path, application);
  return environments.flatMap((environment) => {
    if (!clusters.has(environment)) return [];
    const callers = directory.resolve(application, environment, spec.from, [...path, "from"], log);
    if (callers.length === 0 && (spec.type ?? "hard") === "hard") {
      // Whose need it is is not known, so it may be any journey's.
      application.needs.add(`${spec.from}, which is not among the workloads of ${environment}`, environment);
    }
    const targets =
      fixed === undefined ? directory.resolve(application, environment, spec.to, [...path, "to"], log) : [];
    return callers.flatMap((from): Dependency[] => {
      const to = fixed ?? nearestTarget(from, targets, directory) ?? { kind: "dangling", host: spec.to };
      return [{ from, to, ...details }];
    });
  });
}

function dependencyDetails(
  spec: DependencySpec,
  path: FieldPath,
  { document }: BoundApplication,
): Omit<Dependency, "from" | "to"> {
  const unavailability = spec.availability === undefined ? undefined : parseUnavailability(spec.availability);
  return {
    type: spec.type ?? "hard",
    ...(unavailability === undefined ? {} : { unavailability }),
    ...(spec.fallback === undefined ? {} : { fallback: spec.fallback }),
    ...(spec.bufferMinutes === undefined ? {} : { bufferMinutes: spec.bufferMinutes }),
    evidence: [{ origin: "declared", text: `${spec.from} -> ${spec.to}`, place: document.locate(path) }],
  };
}

/** The target where it is the same in every environment; undefined for a workload. One not declared is dangling. */
function fixedTarget(
  reference: string,
  path: FieldPath,
  application: BoundApplication,
  { dataStores, cloudServices, log }: DependencySurroundings,
): DependencyTarget | undefined {
  if (reference.startsWith("host:")) {
    return { kind: "host", host: reference.slice("host:".length).replace(/:\d+$/, "").toLowerCase() };
  }
  const name = referencedName(reference);
  if (reference.startsWith("DataStore/")) {
    const names = dataStores.map((store) => store.name);
    if (names.includes(name)) return { kind: "dataStore", name };
    reportBroken(application, path, { what: "DataStore", target: name, candidates: names }, log);
    return { kind: "dangling", host: reference };
  }
  if (reference.startsWith("CloudService/")) {
    if (cloudServices.includes(name)) return { kind: "cloudService", name };
    reportBroken(application, path, { what: "CloudService", target: name, candidates: cloudServices }, log);
    return { kind: "dangling", host: reference };
  }
  return undefined;
}

/** A workload calls the one on its own cluster, and only where there is none there another cluster's. */
function nearestTarget(
  from: string,
  targets: readonly string[],
  directory: WorkloadDirectory,
): DependencyTarget | undefined {
  const cluster = directory.workload(from)?.cluster ?? directory.service(from)?.cluster;
  const id = targets.find((target) => clusterOf(target, directory) === cluster) ?? targets[0];
  if (id === undefined) return undefined;
  return { kind: directory.workload(id) === undefined ? "service" : "workload", id };
}

function clusterOf(id: string, directory: WorkloadDirectory): string | undefined {
  return directory.workload(id)?.cluster ?? directory.service(id)?.cluster;
}
