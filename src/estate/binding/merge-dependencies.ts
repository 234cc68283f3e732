import type { Dependency, DependencyTarget } from "../dependencies/dependency.ts";
import type { DataStore } from "../model/service.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";

/**
 * Declared and inferred dependencies as one list: where both speak of the same edge the declared one holds and takes
 * over the evidence of the inferred. Sorted by caller, then target.
 */
export function mergeDependencies(
  declared: readonly Dependency[],
  inferred: readonly Dependency[],
  directory: WorkloadDirectory,
  dataStores: readonly DataStore[],
): readonly Dependency[] {
  const inferredByCaller = Map.groupBy(inferred, ({ from }) => from);
  const covered = new Set<Dependency>();
  const merged = declared.map((dependency) => {
    const ends = endsOf(dependency.to, dependency.from, directory, dataStores);
    const same = (inferredByCaller.get(dependency.from) ?? []).filter((other) =>
      endsOf(other.to, other.from, directory, dataStores).some((end) => ends.includes(end)),
    );
    for (const other of same) covered.add(other);
    return { ...dependency, evidence: [...dependency.evidence, ...same.flatMap(({ evidence }) => evidence)] };
  });
  return [...merged, ...inferred.filter((dependency) => !covered.has(dependency))].toSorted(compareDependencies);
}

/** What an edge ends at, so that two ways to say the same are found equal: workloads behind a Service, hosts by name. */
function endsOf(
  target: DependencyTarget,
  from: string,
  directory: WorkloadDirectory,
  dataStores: readonly DataStore[],
): readonly string[] {
  switch (target.kind) {
    case "workload":
      return [target.id];
    case "service":
      return [target.id, ...(directory.service(target.id)?.workloads ?? [])];
    case "host":
    case "dangling":
      return [`host:${target.host.toLowerCase()}`];
    case "cloudService":
      return [`CloudService/${target.name}`];
    case "dataStore": {
      const workload = dataStores.find(({ name }) => name === target.name)?.workload;
      const environment = directory.workload(from)?.environment;
      const inCluster =
        workload === undefined || environment === undefined ? [] : directory.find(environment, workload);
      return [`DataStore/${target.name}`, ...inCluster];
    }
  }
}

function compareDependencies(left: Dependency, right: Dependency): number {
  if (left.from !== right.from) return left.from < right.from ? -1 : 1;
  const one = targetKey(left.to);
  const other = targetKey(right.to);
  return one === other ? 0 : one < other ? -1 : 1;
}

function targetKey(target: DependencyTarget): string {
  switch (target.kind) {
    case "workload":
    case "service":
      return `${target.kind}/${target.id}`;
    case "dataStore":
    case "cloudService":
      return `${target.kind}/${target.name}`;
    case "host":
    case "dangling":
      return `${target.kind}/${target.host}`;
  }
}
