import type { Dependency, DependencyTarget } from "../../estate/dependencies/dependency.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { EstateSummary } from "./assessment.ts";

/** What the estate is: names and counts, workloads and edges, for people and programs. */
export function summarizeEstate(estate: Estate): EstateSummary {
  return {
    name: estate.name,
    sources: [...new Set(estate.objects.map(({ object }) => object.locate([]).source))].sort(),
    environments: estate.environments.map(({ name }) => name),
    regions: estate.regions.map(({ name }) => name),
    clusters: estate.clusters.map(({ name }) => name),
    tenants: estate.tenants.map(({ name }) => name),
    applications: estate.applications.map(({ name }) => name),
    counts: {
      objects: estate.objects.length,
      workloads: estate.workloads.length,
      services: estate.services.length,
      dependencies: estate.dependencies.length,
      unknownKinds: countUnknownKinds(estate),
    },
    workloads: estate.workloads.map((workload) => ({
      id: workload.id,
      label: workload.label,
      tenant: workload.tenant,
      application: workload.application,
      run: workload.run,
      replicas: { minimum: workload.replicas.minimum, maximum: workload.replicas.maximum },
      place: workload.place,
    })),
    dependencies: estate.dependencies.map(summarizeDependency),
  };
}

/** A dependency's target as one line: `workload id`, `DataStore/x`, `CloudService/x`, `host:NAME`. */
function formatDependencyTarget(target: DependencyTarget): string {
  switch (target.kind) {
    case "workload":
    case "service":
      return target.id;
    case "dataStore":
      return `DataStore/${target.name}`;
    case "cloudService":
      return `CloudService/${target.name}`;
    case "host":
      return `host:${target.host}`;
    case "dangling":
      return `dangling:${target.host}`;
  }
}

function summarizeDependency(dependency: Dependency): EstateSummary["dependencies"][number] {
  return {
    from: dependency.from,
    to: formatDependencyTarget(dependency.to),
    type: dependency.type,
    evidence: dependency.evidence.map(({ origin, text, place }) => ({ origin, text, place })),
  };
}

function countUnknownKinds(estate: Estate): number {
  return new Set(
    estate.objects
      .filter(({ object }) => !isBuiltInGroup(object.apiVersion))
      .map(({ object }) => `${object.apiVersion}/${object.kind}`),
  ).size;
}

/** Groups without a dot and those under `k8s.io` are Kubernetes' own. */
function isBuiltInGroup(apiVersion: string): boolean {
  const [group = "", version] = apiVersion.split("/");
  return version === undefined || !group.includes(".") || group.endsWith(".k8s.io");
}
