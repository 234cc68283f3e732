import type { DependencyTarget } from "../../../estate/dependencies/dependency.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";

/** Pods of one workload, as Chaos Mesh selects them. */
export interface PodSelector {
  readonly namespaces: readonly string[];
  readonly labelSelectors: { readonly [label: string]: string };
}

/** The labels that the workload itself selects its pods by, else all that they have. */
export function podSelector({ namespace, object, podLabels }: Workload): PodSelector {
  const { spec } = object.value;
  const selector = isMapping(spec) && isMapping(spec.selector) ? spec.selector.matchLabels : undefined;
  const labels = isMapping(selector)
    ? Object.fromEntries(
        Object.entries(selector).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
      )
    : {};
  return { namespaces: [namespace], labelSelectors: Object.keys(labels).length > 0 ? labels : podLabels };
}

/** Workloads of an environment that call a store, service or host, by id. */
export function callersOf(estate: Estate, environment: string, target: string): readonly Workload[] {
  const callers = new Set(estate.dependencies.filter(({ to }) => nameOf(to) === target).map(({ from }) => from));
  return estate.workloads
    .filter(({ id, environment: own, run }) => own === environment && run === "serving" && callers.has(id))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

function nameOf(to: DependencyTarget): string | undefined {
  switch (to.kind) {
    case "dataStore":
      return `DataStore/${to.name}`;
    case "cloudService":
      return `CloudService/${to.name}`;
    case "host":
      return `host:${to.host}`;
    case "workload":
    case "service":
    case "dangling":
      return undefined;
  }
}

/** Where the first container of a workload has a volume; undefined where no mount says. */
export function mountPath({ containers }: Workload, volume: string): string | undefined {
  for (const { value } of containers) {
    const mounts = Array.isArray(value.volumeMounts) ? value.volumeMounts : [];
    for (const mount of mounts) {
      if (isMapping(mount) && typeof mount.mountPath === "string" && volume.includes(`volume ${String(mount.name)} `))
        return mount.mountPath;
    }
  }
  return undefined;
}

function isMapping(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
