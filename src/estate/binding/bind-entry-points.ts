import { entryPointExposure } from "../assumptions/estate-rules.ts";
import type { EntryPoint } from "../model/application.ts";
import { type BoundApplication, reportBroken } from "./bind-applications.ts";
import type { BindingLog } from "./binding-log.ts";
import { namedEntries } from "./named-entries.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";
import { referencedName } from "./written-reference.ts";

/** An entry point with the application that it is of; a namespace stands in where there is none. */
export interface OwnedEntryPoint {
  readonly owner: string;
  readonly entryPoint: EntryPoint;
}

/**
 * Declared entry points go before found ones: a found one that leads nowhere else is the same way in. Sorted by
 * environment as promoted, then by name.
 */
export function bindEntryPoints(
  found: readonly EntryPoint[],
  applications: readonly BoundApplication[],
  cloudServices: readonly string[],
  directory: WorkloadDirectory,
  log: BindingLog,
): readonly OwnedEntryPoint[] {
  const declared = applications.flatMap((application) =>
    declaredEntryPoints(application, found, cloudServices, directory, log),
  );
  const covered = new Set<string>();
  for (const { entryPoint } of declared) for (const id of entryPoint.workloads) covered.add(id);
  const others = found.filter(({ workloads }) => workloads.length === 0 || !workloads.every((id) => covered.has(id)));
  return [...declared, ...others.map((entryPoint) => ({ owner: ownerOf(entryPoint, directory), entryPoint }))];
}

function declaredEntryPoints(
  application: BoundApplication,
  found: readonly EntryPoint[],
  cloudServices: readonly string[],
  directory: WorkloadDirectory,
  log: BindingLog,
): readonly OwnedEntryPoint[] {
  const { document, environments, clusters } = application;
  const entries = namedEntries(document.value.spec?.entryPoints, ["spec", "entryPoints"], document, log);
  return entries.flatMap(({ item, path }) => {
    const place = document.locate(path);
    // One that is not declared stays: who comes in this way needs it.
    const through = (item.through ?? []).map((reference, index) => {
      const name = referencedName(reference);
      if (cloudServices.includes(name)) return name;
      const dangling = { what: "CloudService", target: name, candidates: cloudServices };
      reportBroken(application, [...path, "through", index], dangling, log);
      return name;
    });
    if (item.exposure === undefined) {
      log.assume(entryPointExposure, `${document.id}/${item.name}`, { value: "public" }, place);
    }
    return environments.flatMap((environment): readonly OwnedEntryPoint[] => {
      if (!clusters.has(environment)) return [];
      const workloads = directory.resolve(application, environment, item.workload, [...path, "workload"], log);
      const same = found.find((other) => other.environment === environment && isSameWay(other, workloads));
      const entryPoint: EntryPoint = {
        name: item.name,
        workloads,
        environment,
        hostname: item.hostname ?? same?.hostname,
        exposure: item.exposure ?? "public",
        through,
        origin: "declared",
        place,
      };
      return [{ owner: application.name, entryPoint }];
    });
  });
}

function isSameWay(found: EntryPoint, workloads: readonly string[]): boolean {
  return found.workloads.length > 0 && found.workloads.every((id) => workloads.includes(id));
}

function ownerOf({ workloads }: EntryPoint, directory: WorkloadDirectory): string {
  const behind = workloads.flatMap((id) => directory.workload(id) ?? []);
  const application = behind.find((workload) => workload.application !== undefined)?.application;
  return application ?? behind[0]?.namespace ?? "unassigned";
}
