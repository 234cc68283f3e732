import type { Estate } from "../../../estate/model/estate.ts";
import { type DeclaredLoad, LoadCalendar } from "./declared-load.ts";

/** Where between the smallest and the largest replicas a tenant is on a day, from 0 to 1. */
export type TenantUse = (tenant: string, day: number, withEvents?: boolean) => number;

/**
 * The use of a tenant: that of its workloads, each weighted by the cores that its autoscaler may add. Workloads that have
 * no declared load stay at their minimum.
 */
export function tenantUse(
  estate: Estate,
  loads: readonly DeclaredLoad[],
  monthlyGrowth: number,
  growsFrom: number,
): TenantUse {
  const room = new Map<string, number>();
  for (const { tenant, replicas, podRequests } of estate.workloads) {
    const cores = (replicas.maximum - replicas.minimum) * (podRequests.cpuMillicores ?? 0);
    if (cores > 0) room.set(tenant, (room.get(tenant) ?? 0) + cores);
  }
  const parts = loads.map((load) => {
    const { replicas, podRequests } = load.workload;
    const cores = (replicas.maximum - replicas.minimum) * (podRequests.cpuMillicores ?? 0);
    return { tenant: load.tenant, cores, calendar: new LoadCalendar(load, monthlyGrowth, growsFrom) };
  });
  return (tenant, day, withEvents = true) => {
    const all = room.get(tenant) ?? 0;
    if (all <= 0) return 0;
    return parts
      .filter((part) => part.tenant === tenant && part.cores > 0)
      .reduce((sum, { cores, calendar }) => sum + (cores / all) * calendar.onDay(day, withEvents).use, 0);
  };
}
