import { firstStated, maxResources, readComputeResources } from "../../../estate/kubernetes/compute-resources.ts";
import { asList, asObject } from "../../../estate/kubernetes/json-value.ts";
import { type ContainerDefaults, readContainerDefaults } from "../../../estate/kubernetes/limit-range.ts";
import { type ObjectIndex, scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { type PodResources, podResources } from "../../../estate/kubernetes/pod-requests.ts";
import { type ResourceQuota, readResourceQuotas } from "../../../estate/kubernetes/resource-quota.ts";
import type { ComputeResources, Container, Workload } from "../../../estate/kubernetes/workload.ts";
import { type BoundedResource, boundedResources } from "./bounded-resource.ts";

/** What a LimitRange allows one container, or one pod. */
export interface SizeBound {
  readonly range: string;
  readonly minimum: ComputeResources;
  readonly maximum: ComputeResources;
}

/** Everything that bounds the pods of a namespace by size. */
export interface NamespaceBounds {
  readonly defaults: ContainerDefaults;
  readonly containers: readonly SizeBound[];
  readonly pods: readonly SizeBound[];
  /** Those of ordinary pods. */
  readonly quotas: readonly ResourceQuota[];
  /** What a container has to state, because a quota counts it. */
  readonly counted: readonly {
    readonly quota: string;
    readonly side: "requests" | "limits";
    readonly resource: BoundedResource;
  }[];
}

const noDefaults: ContainerDefaults = { requests: {}, limits: {} };

/** Reads the bounds of every namespace that an index has; by its scope. */
export function readNamespaceBounds(index: ObjectIndex): (scope: string) => NamespaceBounds {
  const defaults = readContainerDefaults(index);
  const quotas = Map.groupBy(
    readResourceQuotas(index).filter(({ scoped }) => !scoped),
    scopeKey,
  );
  const ranges = Map.groupBy(index.ofKind("LimitRange"), scopeKey);
  return (scope) => {
    const items = (ranges.get(scope) ?? []).flatMap(({ object }) =>
      asList(asObject(object.value.spec).limits).map((item) => ({ range: object.name, item: asObject(item) })),
    );
    const ofType = (type: string) =>
      items
        .filter(({ item }) => item.type === type)
        .map(({ range, item }) => ({
          range,
          minimum: readComputeResources(item.min),
          maximum: readComputeResources(item.max),
        }));
    const own = quotas.get(scope) ?? [];
    return {
      defaults: defaults.get(scope) ?? noDefaults,
      containers: ofType("Container"),
      pods: ofType("Pod"),
      quotas: own,
      counted: own.flatMap(({ name, requests, limits }) =>
        boundedResources.flatMap((resource) => [
          ...(resource.of(requests) === undefined ? [] : [{ quota: name, side: "requests" as const, resource }]),
          ...(resource.of(limits) === undefined ? [] : [{ quota: name, side: "limits" as const, resource }]),
        ]),
      ),
    };
  };
}

/** What a container asks for once admission has filled in the defaults of its namespace. */
export function containerSizes({ requests, limits }: Container, { defaults }: NamespaceBounds): PodResources {
  return { requests: firstStated(requests, limits, defaults.requests), limits: firstStated(limits, defaults.limits) };
}

/** The same for a whole pod. */
export function podSizes(workload: Workload, bounds: NamespaceBounds): PodResources {
  const filled = workload.containers.map((container) => ({ ...container, ...containerSizes(container, bounds) }));
  const { requests, limits } = podResources(workload.podSpec, filled, {});
  // What the workload itself says has the overhead of its runtime class.
  return { requests: maxResources(workload.podRequests, requests), limits: maxResources(workload.podLimits, limits) };
}
