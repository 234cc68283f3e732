/** The parts of `environment/cluster/namespace/Kind/name`. */
export interface WorkloadIdParts {
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/** Takes a workload id apart; undefined when it is not one. */
export function workloadIdParts(id: string): WorkloadIdParts | undefined {
  const [environment, cluster, namespace, kind, ...name] = id.split("/");
  if (environment === undefined || cluster === undefined || namespace === undefined || kind === undefined)
    return undefined;
  if (name.length === 0) return undefined;
  return { environment, cluster, namespace, kind, name: name.join("/") };
}
