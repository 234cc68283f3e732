import { sourcesOf } from "./price-sources.ts";
import type { Table } from "./table.ts";

interface RawItem {
  readonly item?: string;
  readonly tier?: string;
  readonly perHour?: number;
  readonly price?: number;
  readonly perGb?: number;
  readonly capacityUnitHour?: number;
  readonly perDay?: number;
}

interface RawOther {
  readonly other: {
    readonly aksClusterManagement: readonly RawItem[];
    readonly loadBalancerStandard: readonly RawItem[];
    readonly publicIp: readonly RawItem[];
    readonly natGateway: readonly RawItem[];
    readonly applicationGatewayV2: readonly RawItem[];
    readonly egressInternet: { readonly tiersFromGb: readonly (readonly [number, number])[] };
    readonly interRegionEgressPerGb: { readonly eastus2: number };
    readonly interZonePerGb: { readonly value: number };
    readonly containerAppsConsumption: { readonly eastus2: Readonly<Record<string, number>> };
    readonly functionsFlexConsumption: { readonly eastus2: Readonly<Record<string, number>> };
    readonly functionsPremium: { readonly eastus2: Readonly<Record<string, number>> };
  };
}

/** Meters that carry one price whatever the region, or of which one region is known; `region` is `*` for any. */
export function transcribeNetworkMeters({ other }: RawOther): Table {
  const rows: unknown[][] = [];
  const add = (
    name: string,
    unit: string,
    region: string,
    price: number | undefined,
    source: string,
    options: { from?: number; verified?: boolean; note?: string } = {},
  ) => {
    if (price === undefined) throw new Error(`no price for ${name}`);
    rows.push([
      name,
      unit,
      region,
      options.from ?? 0,
      price,
      source,
      options.verified === false ? 0 : 1,
      options.note ?? null,
    ]);
  };
  const tier = (name: string) => other.aksClusterManagement.find((each) => each.tier?.startsWith(name));
  const lb = (start: string) => other.loadBalancerStandard.find((each) => each.item?.startsWith(start));
  const ip = (start: string) => other.publicIp.find((each) => each.item?.startsWith(start));
  add("aks.tier.free", "1 Hour", "*", tier("Free")?.perHour, "aks-tiers");
  add("aks.tier.standard", "1 Hour", "*", tier("Standard")?.perHour, "infracost-testdata");
  add("aks.tier.premium", "1 Hour", "*", tier("Premium")?.perHour, "recall", {
    verified: false,
    note: "the long-term support meter of 0.60 per hour (builder-2026-08) supports it",
  });
  add("loadBalancer.base", "1 Hour", "*", lb("base")?.perHour, "c3x-lb", { note: "first five rules included" });
  add("loadBalancer.additionalRule", "1 Hour", "*", lb("each further rule")?.perHour, "infracost-testdata");
  add("loadBalancer.dataProcessed", "1 GB", "*", lb("data processed")?.price, "infracost-testdata");
  add("publicIp.standardStatic", "1 Hour", "*", ip("Standard static regional")?.perHour, "finops-snapshot-2026");
  add("publicIp.globalStatic", "1 Hour", "*", ip("Standard static global")?.perHour, "infracost-testdata");
  add("publicIp.prefix", "1 Hour", "*", ip("prefix")?.perHour, "infracost-testdata", { note: "per address" });
  add("natGateway.hour", "1 Hour", "*", other.natGateway[0]?.perHour, "infracost-testdata");
  add("natGateway.dataProcessed", "1 GB", "*", other.natGateway[0]?.perGb, "infracost-testdata");
  const gateway = (start: string) => other.applicationGatewayV2.find((each) => each.item === start);
  add("applicationGateway.standardV2.hour", "1 Hour", "*", gateway("Standard v2")?.perHour, "infracost-testdata");
  add(
    "applicationGateway.standardV2.capacityUnit",
    "1 Hour",
    "*",
    gateway("Standard v2")?.capacityUnitHour,
    "infracost-testdata",
  );
  add("applicationGateway.wafV2.hour", "1 Hour", "*", gateway("WAF v2")?.perHour, "infracost-testdata");
  add(
    "applicationGateway.wafV2.capacityUnit",
    "1 Hour",
    "*",
    gateway("WAF v2")?.capacityUnitHour,
    "infracost-testdata",
  );
  for (const [from, price] of other.egressInternet.tiersFromGb) {
    add("egress.internet", "1 GB", "eastus2", price, "finops-snapshot-2026", {
      from,
      note: "Microsoft global network",
    });
  }
  add("egress.interRegion", "1 GB", "eastus2", other.interRegionEgressPerGb.eastus2, "finops-snapshot-2026", {
    note: "same continent",
  });
  add("egress.interZone", "1 GB", "*", other.interZonePerGb.value, "recall", {
    verified: false,
    note: "the charge was cancelled; some tools still assume 0.01",
  });
  for (const [name, price] of Object.entries(other.containerAppsConsumption.eastus2)) {
    const factor = name.endsWith("Factor");
    add(`containerApps.${name}`, factor ? "ratio" : unitOf(name), "eastus2", price, "finops-snapshot-2026");
  }
  for (const [name, price] of Object.entries(other.functionsFlexConsumption.eastus2)) {
    add(
      `functionsFlex.${name}`,
      name === "gbSecond" ? "1 GB Second" : "GB Second",
      "eastus2",
      price,
      "finops-snapshot-2026",
    );
  }
  for (const [name, price] of Object.entries(other.functionsPremium.eastus2)) {
    add(`functionsPremium.${name}`, unitOf(name), "eastus2", price, "finops-snapshot-2026");
  }
  const used = new Set(rows.map((row) => String(row[5])));
  return {
    title: "Network and other meters, USD",
    sources: sourcesOf(used),
    columns: ["name", "unit", "region", "fromQuantity", "price", "source", "verified", "note"],
    rows,
  };
}

function unitOf(name: string): string {
  if (name.startsWith("requests")) return "1M";
  const quantity = name.startsWith("vcpu") ? "vCPU" : "GiB";
  return `1 ${quantity} ${name.endsWith("Second") ? "Second" : "Hour"}`;
}
