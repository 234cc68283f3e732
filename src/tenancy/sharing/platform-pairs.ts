import { type TenancyLayer, tenancyLayerNames } from "../../estate/model/tenancy-layer.ts";
import type { SharedLayer, TenantPair } from "../structure-report.ts";
import { compareControlPlanes } from "./compare-control-planes.ts";
import { compareServices } from "./compare-services.ts";
import type { Comparison } from "./comparison.ts";
import { type LayerState, listed } from "./layer-state.ts";
import { layerWords } from "./layer-words.ts";
import { judge } from "./shared-layers.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** What a virtual machine around a pod keeps from the agents of the node too. */
const sandboxed: readonly TenancyLayer[] = ["kernel", "pids", "inotify", "fileHandles"];

/**
 * A tenant against the platform, which runs the cluster and has agents on every node: all is shared by design but
 * namespaces and identities, and what a sandbox of the tenant keeps apart.
 */
export function platformPair(tenant: LocatedTenant, platform: LocatedTenant, comparison: Comparison): TenantPair {
  // The platform is wherever a cluster is, also where no workload of its own is among the manifests.
  const everywhere = { ...platform, clusters: tenant.clusters };
  const sides = { left: tenant, right: everywhere, comparison };
  const kept = { namespace: compareControlPlanes(sides).namespace, identity: compareServices(sides).identity };
  const layers = tenancyLayerNames.map((layer): SharedLayer => {
    if (layer === "namespace" || layer === "identity") return judge(layer, kept[layer], [tenant.tenant]);
    return { layer, ...byDesign(layer, tenant), accepted: "shared", met: true };
  });
  return { tenants: [tenant.tenant.name, platform.tenant.name], layers, verdict: verdictOf(tenant, layers) };
}

function byDesign(layer: TenancyLayer, tenant: LocatedTenant): Pick<LayerState, "sharing" | "because"> {
  if (sandboxed.includes(layer) && tenant.workloads.length > 0 && tenant.kernelSharers.size === 0) {
    return { sharing: "separate", because: "every pod of it runs in a virtual machine of its own" };
  }
  const clusters = listed(tenant.clusters.map(({ name }) => name));
  return { sharing: "shared", because: `the platform runs ${clusters} and has agents on every node` };
}

function verdictOf(
  { tenant: { name }, kernelSharers, workloads }: LocatedTenant,
  layers: readonly SharedLayer[],
): string {
  const unmet = layers.find(({ met }) => met === false);
  if (unmet !== undefined) {
    return `${name} and the platform share ${layerWords(unmet.layer).one} (${unmet.because}), and ${name} wants it ${unmet.accepted ?? "apart"}.`;
  }
  const kernel =
    workloads.length > 0 && kernelSharers.size === 0
      ? "the kernels of its pods are its own"
      : "the kernels of its nodes run the platform's agents too";
  return `${name} has namespaces and identities of its own; ${kernel}.`;
}
