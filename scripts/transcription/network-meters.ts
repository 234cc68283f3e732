import { type PriceSourceId, sourcesOf } from "./price-sources.ts";
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
  readonly other: Other;
}

interface Other {
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
}

type Row = readonly [
  name: string,
  unit: string,
  region: string,
  fromQuantity: number,
  price: number,
  source: PriceSourceId,
  verified: 0 | 1,
  note: string | null,
];

interface Meter {
  readonly name: string;
  readonly unit: string;
  readonly price: number | undefined;
  readonly source: PriceSourceId;
  /** Any region when left out. */
  readonly region?: string;
  readonly from?: number;
  readonly verified?: false;
  readonly note?: string;
}

/** Meters that carry one price whatever the region, or of which one region is known; `region` is `*` for any. */
export function transcribeNetworkMeters({ other }: RawOther): Table {
  const rows = [
    ...clusterTiers(other),
    ...addresses(other),
    ...gateways(other),
    ...egress(other),
    ...serverless(other),
  ];
  return {
    title: "Network and other meters, USD",
    sources: sourcesOf(new Set(rows.map((row) => row[5]))),
    columns: ["name", "unit", "region", "fromQuantity", "price", "source", "verified", "note"],
    rows,
  };
}

function row(meter: Meter): Row {
  const { name, unit, region = "*", from = 0, price, source, verified, note } = meter;
  if (price === undefined) throw new Error(`no price for ${name}`);
  return [name, unit, region, from, price, source, verified === false ? 0 : 1, note ?? null];
}

function hourly(name: string, price: number | undefined, source: PriceSourceId, more: Partial<Meter> = {}): Row {
  return row({ name, unit: "1 Hour", price, source, ...more });
}

function clusterTiers(other: Other): readonly Row[] {
  const tier = (name: string) => other.aksClusterManagement.find((each) => each.tier?.startsWith(name))?.perHour;
  const note = "the long-term support meter of 0.60 per hour (builder-2026-08) supports it";
  return [
    hourly("aks.tier.free", tier("Free"), "aks-tiers"),
    hourly("aks.tier.standard", tier("Standard"), "infracost-testdata"),
    hourly("aks.tier.premium", tier("Premium"), "recall", { verified: false, note }),
  ];
}

function addresses(other: Other): readonly Row[] {
  const lb = (start: string) => other.loadBalancerStandard.find((each) => each.item?.startsWith(start));
  const ip = (start: string) => other.publicIp.find((each) => each.item?.startsWith(start))?.perHour;
  const [nat] = other.natGateway;
  const perGb = (name: string, price: number | undefined) =>
    row({ name, unit: "1 GB", price, source: "infracost-testdata" });
  return [
    hourly("loadBalancer.base", lb("base")?.perHour, "c3x-lb", { note: "first five rules included" }),
    hourly("loadBalancer.additionalRule", lb("each further rule")?.perHour, "infracost-testdata"),
    perGb("loadBalancer.dataProcessed", lb("data processed")?.price),
    hourly("publicIp.standardStatic", ip("Standard static regional"), "finops-snapshot-2026"),
    hourly("publicIp.globalStatic", ip("Standard static global"), "infracost-testdata"),
    hourly("publicIp.prefix", ip("prefix"), "infracost-testdata", { note: "per address" }),
    hourly("natGateway.hour", nat?.perHour, "infracost-testdata"),
    perGb("natGateway.dataProcessed", nat?.perGb),
  ];
}

/** The price list has these by region; the test data does not say which region it shows. */
function gateways(other: Other): readonly Row[] {
  const doubt = { verified: false, note: "the source does not say for which region" } as const;
  return [
    ["standardV2", "Standard v2"],
    ["wafV2", "WAF v2"],
  ].flatMap(([short, item]) => {
    const gateway = other.applicationGatewayV2.find((each) => each.item === item);
    const name = `applicationGateway.${short}`;
    return [
      hourly(`${name}.hour`, gateway?.perHour, "infracost-testdata", doubt),
      hourly(`${name}.capacityUnit`, gateway?.capacityUnitHour, "infracost-testdata", doubt),
    ];
  });
}

function egress(other: Other): readonly Row[] {
  const eastus2 = { unit: "1 GB", region: "eastus2", source: "finops-snapshot-2026" } as const;
  const cancelled = "the charge was cancelled; some tools still assume 0.01";
  return [
    ...other.egressInternet.tiersFromGb.map(([from, price]) =>
      row({ name: "egress.internet", price, from, note: "Microsoft global network", ...eastus2 }),
    ),
    row({
      name: "egress.interRegion",
      price: other.interRegionEgressPerGb.eastus2,
      note: "same continent",
      ...eastus2,
    }),
    row({
      name: "egress.interZone",
      unit: "1 GB",
      price: other.interZonePerGb.value,
      source: "recall",
      verified: false,
      note: cancelled,
    }),
  ];
}

function serverless(other: Other): readonly Row[] {
  const eastus2 = { region: "eastus2", source: "finops-snapshot-2026" } as const;
  const meters = (prefix: string, prices: Readonly<Record<string, number>>, unit: (name: string) => string) =>
    Object.entries(prices).map(([name, price]) =>
      row({ name: `${prefix}.${name}`, unit: unit(name), price, ...eastus2 }),
    );
  return [
    ...meters("containerApps", other.containerAppsConsumption.eastus2, unitOf),
    ...meters("functionsFlex", other.functionsFlexConsumption.eastus2, (name) =>
      name === "gbSecond" ? "1 GB Second" : "GB Second",
    ),
    ...meters("functionsPremium", other.functionsPremium.eastus2, unitOf),
  ];
}

function unitOf(name: string): string {
  if (name.endsWith("Factor")) return "ratio";
  if (name.startsWith("requests")) return "1M";
  const quantity = name.startsWith("vcpu") ? "vCPU" : "GiB";
  return `1 ${quantity} ${name.endsWith("Second") ? "Second" : "Hour"}`;
}
