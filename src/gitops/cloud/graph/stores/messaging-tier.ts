/** `Standard`, `Premium 2`: the name of a tier and its units. */
export function messagingTier(sku: string | undefined): { readonly name: string; readonly capacity: number } {
  const match = /^(\w+)(?:[ _-](\d{1,2}))?/.exec(sku ?? "");
  const name = ["Basic", "Standard", "Premium"].find((tier) => tier.toLowerCase() === (match?.[1] ?? "").toLowerCase());
  return { name: name ?? "Standard", capacity: Number(match?.[2] ?? 1) };
}

/** True where a namespace can be closed to the public network: Premium Service Bus, Event Hubs from Standard up. */
export function takesPrivateEndpoints(service: "serviceBus" | "eventHubs", sku: string | undefined): boolean {
  const { name } = messagingTier(sku);
  return service === "serviceBus" ? name === "Premium" : name !== "Basic";
}
