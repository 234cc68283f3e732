/** Series of cAdvisor and kube-state-metrics that usage is read from. */
export const usageMetrics = {
  cpu: "container_cpu_usage_seconds_total",
  memory: "container_memory_working_set_bytes",
  podOwner: "kube_pod_owner",
  replicaSetOwner: "kube_replicaset_owner",
  jobOwner: "kube_job_owner",
  restarts: "kube_pod_container_status_restarts_total",
  terminatedReason: "kube_pod_container_status_last_terminated_reason",
} as const;

/** A rate needs at least two points; four keep it over one failed scrape of a minute's interval. */
const shortestRateSeconds = 240;

/** `container=""` is the sum of the pod's cgroup, `POD` its pause container: with them everything counts twice. */
const containersOnly = '{container!="",container!="POD"}';

/**
 * Cores of each pod over the step that ends at the time of evaluation. The inner maximum drops the copies that a second
 * scraping replica, or the cgroup of a container that was restarted, leaves.
 */
export function cpuQuery(clusterLabel: string, stepSeconds: number): string {
  const window = Math.max(stepSeconds, shortestRateSeconds);
  return byPod(clusterLabel, `rate(${usageMetrics.cpu}${containersOnly}[${window}s])`);
}

/** Bytes of each pod's working set at the time of evaluation. */
export function memoryQuery(clusterLabel: string): string {
  return byPod(clusterLabel, `${usageMetrics.memory}${containersOnly}`);
}

/** Restarts in the step of containers whose last end was for want of memory; pods without any have no series. */
export function memoryKillsQuery(clusterLabel: string, stepSeconds: number): string {
  const container = (selector: string) => `max by (${clusterLabel}, namespace, pod, container) (${selector})`;
  const restarts = `${container(usageMetrics.restarts)} - ${container(`${usageMetrics.restarts} offset ${stepSeconds}s`)}`;
  const killed = container(`${usageMetrics.terminatedReason}{reason="OOMKilled"}`);
  return `sum by (${clusterLabel}, namespace, pod) (clamp_min(${restarts}, 0) * ${killed}) > 0`;
}

function byPod(clusterLabel: string, selector: string): string {
  return `sum by (${clusterLabel}, namespace, pod) (max by (${clusterLabel}, namespace, pod, container) (${selector}))`;
}

/** Owners seen in the seconds before the time of evaluation. */
export function ownersQuery(metric: string, clusterLabel: string, owned: string, windowSeconds: number): string {
  const labels = `${clusterLabel}, namespace, ${owned}, owner_kind, owner_name`;
  return `group by (${labels}) (last_over_time(${metric}{owner_is_controller!="false"}[${windowSeconds}s]))`;
}
