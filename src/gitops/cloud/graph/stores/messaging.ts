import type { CloudService } from "../../../../estate/model/service.ts";
import type { PlacedIdentity } from "../application-identities.ts";
import { azureName } from "../azure-names.ts";
import { type CloudContext, sharedPart } from "../cloud-context.ts";
import type { GraphDraft, Part, Placed } from "../graph-draft.ts";
import { rightsPart, serviceCallers } from "../service-callers.ts";
import { messagingTier } from "./messaging-tier.ts";
import { grantAccess } from "./store-access.ts";
import { addStoreEndpoints } from "./store-endpoints.ts";
import type { StoreTask } from "./store-task.ts";

const zone = "privatelink.servicebus.windows.net";

/**
 * Lets a caller receive and send, and change no queue or topic. A dependency does not say in which direction its messages
 * go, and a trigger of KEDA on a queue only that its workload receives, not that it sends nothing.
 */
function grantMessages(draft: GraphDraft, part: Part, namespace: Placed, identity: Placed): void {
  const isBus = namespace.type === "Microsoft.ServiceBus/namespaces";
  const service = isBus ? "Azure Service Bus" : "Azure Event Hubs";
  for (const way of ["Receiver", "Sender"] as const) draft.grant(part, namespace, `${service} Data ${way}`, identity);
}

export function addEventHubs(task: StoreTask): void {
  const { context, store, part, region } = task;
  const { draft, estate } = context;
  const { name, capacity } = messagingTier(store.sku);
  const isFull = name !== "Basic";
  const namespace = draft.add(part, {
    type: "Microsoft.EventHub/namespaces",
    name: azureName("eventHubs", [store.name], estate.name),
    location: region,
    sku: { name, tier: name, capacity },
    properties: {
      disableLocalAuth: true,
      minimumTlsVersion: "1.2",
      publicNetworkAccess: isFull ? "Disabled" : "Enabled",
      ...(name === "Standard" ? { isAutoInflateEnabled: true, maximumThroughputUnits: Math.max(4, capacity * 4) } : {}),
    },
  });
  draft.add(part, {
    type: "Microsoft.EventHub/namespaces/eventhubs",
    name: store.name,
    parent: namespace,
    properties: { partitionCount: 8, messageRetentionInDays: isFull ? 7 : 1 },
  });
  grantAccess(task, (of, { identity }) => grantMessages(draft, of, namespace, identity));
  if (isFull) addStoreEndpoints(task, { resource: namespace, group: "namespace", zone });
}

export function addServiceBus(task: StoreTask): void {
  const { context, store, part, region } = task;
  const namespace = serviceBusNamespace(context, part, store.name, store.sku, region);
  grantAccess(task, (of, { identity }) => grantMessages(context.draft, of, namespace, identity));
  if (messagingTier(store.sku).name === "Premium")
    addStoreEndpoints(task, { resource: namespace, group: "namespace", zone });
}

/** Messaging that the estate declares as a service of its own; who depends on it in its environment may use it. */
export function addDeclaredBuses(context: CloudContext, identities: readonly PlacedIdentity[]): void {
  const { estate, shared, draft } = context;
  for (const service of estate.cloudServices.filter(
    ({ service: name }) => name === "serviceBus" || name === "eventHubs",
  )) {
    const scope = sharedPart(context);
    const part = { ...scope, tells: `CloudService/${service.name}` };
    const region = service.regions === "global" ? shared.region : (service.regions[0] ?? shared.region);
    const isBus = service.service === "serviceBus";
    const namespace = isBus
      ? serviceBusNamespace(context, part, service.name, service.tier, region)
      : declaredHubs(context, part, service, region);
    for (const placed of serviceCallers(context, service, identities)) {
      grantMessages(draft, rightsPart(context, placed, scope), namespace, placed.identity);
    }
  }
}

function declaredHubs(
  { draft, estate }: CloudContext,
  part: StoreTask["part"],
  service: CloudService,
  region: string,
): Placed {
  const { name, capacity } = messagingTier(service.tier);
  return draft.add(part, {
    type: "Microsoft.EventHub/namespaces",
    name: azureName("eventHubs", [service.name], estate.name),
    location: region,
    sku: { name, tier: name, capacity },
    properties: { disableLocalAuth: true, minimumTlsVersion: "1.2", publicNetworkAccess: "Enabled" },
  });
}

/** Only Premium can be closed to the public network. */
function serviceBusNamespace(
  { draft, estate }: CloudContext,
  part: StoreTask["part"],
  name: string,
  sku: string | undefined,
  region: string,
): Placed {
  const tier = messagingTier(sku);
  const isPremium = tier.name === "Premium";
  return draft.add(part, {
    type: "Microsoft.ServiceBus/namespaces",
    name: azureName("serviceBus", [name], estate.name),
    location: region,
    sku: { name: tier.name, tier: tier.name, ...(isPremium ? { capacity: tier.capacity } : {}) },
    properties: {
      disableLocalAuth: true,
      minimumTlsVersion: "1.2",
      publicNetworkAccess: isPremium ? "Disabled" : "Enabled",
      ...(isPremium ? { premiumMessagingPartitions: 1 } : {}),
    },
  });
}
