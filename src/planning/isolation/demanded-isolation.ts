import type { TenancyLayer } from "../../estate/model/tenancy-layer.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import type { IsolationChoice } from "../plan-policy.ts";

/** What a tenant has to have for itself, and the layers that ask for it. */
export interface DemandedIsolation {
  readonly choice: IsolationChoice;
  /** Layers that it wants separate and that only this choice, or a stricter one, separates. */
  readonly because: readonly TenancyLayer[];
}

/** One for all tenants of a cluster. */
const clusterLayers: readonly TenancyLayer[] = ["cluster", "controlPlane", "clusterScopedApi", "subscription"];
/** One for all pods of a node, whether sandboxed or not. */
const nodeLayers: readonly TenancyLayer[] = [
  "nodePool",
  "node",
  "nodeCompute",
  "schedulingPriority",
  "ephemeralStorage",
  "diskIops",
  "pageCache",
  "nodeNetwork",
  "conntrack",
];
/** Of the kernel, which a sandboxed pod has for itself. */
const kernelLayers: readonly TenancyLayer[] = ["kernel", "pids", "inotify", "fileHandles"];

/**
 * The widest sharing that a tenant accepts, from the layers that it wants separate (audit and tenancy: dedicated pools
 * separate what belongs to a node, sandboxes what belongs to a kernel, clusters what belongs to a control plane).
 */
export function demandedIsolation({ accepts }: Tenant): DemandedIsolation {
  const wanted = (layers: readonly TenancyLayer[]) => layers.filter((layer) => accepts[layer] === "separate");
  const steps = [
    { choice: "cluster", because: wanted(clusterLayers) },
    { choice: "pool", because: wanted(nodeLayers) },
    { choice: "sandbox", because: wanted(kernelLayers) },
  ] as const;
  return steps.find(({ because }) => because.length > 0) ?? { choice: "shared", because: [] };
}

const strictness: { readonly [choice in IsolationChoice]: number } = { shared: 0, sandbox: 1, pool: 2, cluster: 3 };

/** True when a choice keeps a tenant at least as far apart as it demands; pools separate kernels too. */
export function satisfies(choice: IsolationChoice, demanded: IsolationChoice): boolean {
  return strictness[choice] >= strictness[demanded];
}
