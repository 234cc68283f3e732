import { asInteger } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Place } from "../../../estate/sources/place.ts";
import { boundedResources } from "./bounded-resource.ts";
import { type NamespaceBounds, podSizes } from "./namespace-bounds.ts";

/** What a quota gives less of than the workloads of its namespace may come to ask for. */
export interface QuotaShortfall {
  readonly quota: string;
  /** As the quota names it, such as `requests.memory`. */
  readonly resource: string;
  readonly given: string;
  readonly peak: string;
  readonly place: Place;
}

/** Compares every quota of a namespace with its workloads at as many replicas as their autoscalers may go up to. */
export function quotaShortfalls(workloads: readonly Workload[], bounds: NamespaceBounds): readonly QuotaShortfall[] {
  if (bounds.quotas.length === 0) return [];
  const sizes = workloads.map((workload) => ({ replicas: workload.replicas.maximum, ...podSizes(workload, bounds) }));
  const pods = workloads.reduce((sum, { replicas }) => sum + replicas.maximum, 0);
  return bounds.quotas.flatMap(({ name: quota, hard, requests, limits, place }): readonly QuotaShortfall[] => {
    const compute = boundedResources.flatMap(({ name, of, format }) =>
      (
        [
          ["requests", of(requests)],
          ["limits", of(limits)],
        ] as const
      ).flatMap(([side, given]) => {
        const peak = sizes.reduce((sum, size) => sum + size.replicas * (of(size[side]) ?? 0), 0);
        if (given === undefined || peak <= given) return [];
        return [{ quota, resource: `${side}.${name.toLowerCase()}`, given: format(given), peak: format(peak), place }];
      }),
    );
    const most = asInteger(Number(hard.pods));
    if (most === undefined || pods <= most) return compute;
    return [...compute, { quota, resource: "pods", given: String(most), peak: String(pods), place }];
  });
}
