import { openToPublic } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { type CloudContext, partBeside } from "./cloud-context.ts";
import type { Placed } from "./graph-draft.ts";
import { addPrivateEndpoint } from "./network-resources.ts";
import type { PlacedCluster } from "./placed-cluster.ts";
import type { SharedResources } from "./shared-resources.ts";

const registryZone = "privatelink.azurecr.io";

/**
 * Brings what is shared into the networks of private clusters: the registry by private endpoints, and by nothing else
 * where every cluster is private. What stays open is told.
 */
export function addPrivateWays(
  context: CloudContext,
  { part, registry, logs, metrics }: SharedResources,
  clusters: readonly PlacedCluster[],
): void {
  const isPrivate = clusters.filter(({ cluster }) => cluster.network.privateApiServer === true);
  if (isPrivate.length === 0) return;
  const body = registry === undefined ? undefined : context.draft.resource(registry.key);
  if (registry !== undefined && body?.sku?.["name"] === "Premium") {
    for (const network of new Set(isPrivate.map((placed) => placed.network))) {
      const beside = partBeside(network.part, `registry-${network.plan.name}`, network.part.group);
      const target = { resource: registry, group: "registry", zone: registryZone, words: ["registry"] };
      addPrivateEndpoint(context, network, { ...beside, tells: part.tells }, target);
    }
  }
  const say = (resource: Placed | undefined, reason: string): void => {
    if (resource === undefined) return;
    const names = isPrivate.map(({ cluster }) => cluster.name).toSorted();
    context.draft.diagnostics.push(diagnose(openToPublic, { resource: resource.name, clusters: names, reason }));
  };
  if (body?.properties["publicNetworkAccess"] === "Enabled") {
    const reason =
      body.sku?.["name"] === "Premium" ? "clusters that are not private pull from it" : "only Premium has private ways";
    say(registry, reason);
  }
  say(metrics, "its private way is a private link scope, which is not written");
  say(logs, "its private way is a private link scope, which is not written");
}
