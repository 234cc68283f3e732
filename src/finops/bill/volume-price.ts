import { type Fact, factReason } from "../../catalog/fact.ts";
import type { StorageClassTraits } from "../../catalog/storage-classes.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import { hoursPerMonth } from "./charge.ts";
import type { PricingContext } from "./pricing-context.ts";

/** What one volume is billed as. */
export interface VolumePrice {
  readonly category: "dataDisk" | "fileShare";
  /** Such as `P10 LRS` or `Premium SSD v2`. */
  readonly what: string;
  readonly fact: Fact<number>;
  /** Units of the fact in a month for one volume. */
  readonly unitsPerMonth: number;
  readonly unit: string;
  readonly reasons: readonly Reason[];
  /** Billed by what is stored, so that its size is an upper bound. */
  readonly byUse: boolean;
  /** Charges beside that for the capacity, in words; undefined when there are none. */
  readonly leftOut: string | undefined;
}

/** The price of one volume of a class, or why there is none. */
export function volumePrice(
  context: PricingContext,
  region: string,
  traits: StorageClassTraits,
  sizeGiB: number,
): VolumePrice | string {
  switch (traits.media) {
    case "disk":
      return diskVolume(context, region, traits, sizeGiB);
    case "files":
      return fileShare(context, region, traits, sizeGiB);
    case "blob":
    case "other":
      return `volumes of class ${traits.name} are billed by what is stored and done`;
  }
}

function diskVolume(
  context: PricingContext,
  region: string,
  traits: StorageClassTraits,
  sizeGiB: number,
): VolumePrice | string {
  const sku = traits.skuName.toLowerCase();
  if (sku.startsWith("premiumv2")) return premiumV2(context, region, sizeGiB);
  const family = sku.startsWith("premium") ? "P" : sku.startsWith("standardssd") ? "E" : "S";
  if (sku.startsWith("ultra")) return "Ultra disks are billed by size, IOPS and throughput, which are not declared";
  const redundancy = traits.redundancy ?? "LRS";
  const tier = context.catalog.diskTier(family, sizeGiB);
  if (tier === undefined) return `no disk of class ${traits.name} is as large as ${sizeGiB} GiB`;
  const fact = context.catalog.diskPrice(region, tier.tier, redundancy);
  if (fact === undefined) return `the catalog has no price of ${tier.tier} ${redundancy} in ${region}`;
  return {
    category: "dataDisk",
    what: `${tier.tier} ${redundancy}`,
    fact,
    unitsPerMonth: 1,
    unit: "disks",
    reasons: [{ kind: "formula", text: `${sizeGiB} GiB is billed as tier ${tier.tier} of ${tier.sizeGiB} GiB` }],
    byUse: false,
    leftOut: family === "P" ? undefined : "transactions",
  };
}

/** Premium SSD v2 bills capacity; IOPS and throughput beyond those included are set by parameters of the class. */
function premiumV2(context: PricingContext, region: string, sizeGiB: number): VolumePrice | string {
  const fact = context.catalog.diskMeter(region, "Premium LRS Provisioned Capacity");
  if (fact === undefined) return `the catalog has no price of Premium SSD v2 in ${region}`;
  return {
    category: "dataDisk",
    what: "Premium SSD v2",
    fact,
    unitsPerMonth: sizeGiB * hoursPerMonth,
    unit: "GiB-hours",
    reasons: [],
    byUse: false,
    leftOut: "IOPS and throughput beyond those included",
  };
}

function fileShare(
  context: PricingContext,
  region: string,
  traits: StorageClassTraits,
  sizeGiB: number,
): VolumePrice | string {
  const redundancy = traits.skuName.split("_")[1] ?? "LRS";
  const premium = traits.skuName.startsWith("Premium");
  const [product, sku, name] = premium
    ? ["Premium Files", `Premium ${redundancy}`, `Premium ${redundancy} Provisioned`]
    : ["Files v2", `Standard ${redundancy}`, `${redundancy} Data Stored`];
  const fact = context.catalog
    .serviceMeters("storage", region, { product, sku, meter: name })
    .find((meter) => meter.product === product && meter.sku === sku && meter.meter === name)?.price;
  if (fact === undefined) return `the catalog has no price of ${sku} file shares in ${region}`;
  const smallest = context.catalog.billingTerm("premiumFileShare.smallestSize");
  const billed = premium ? Math.max(smallest.value, sizeGiB) : sizeGiB;
  return {
    category: "fileShare",
    what: `${sku} file share`,
    fact,
    unitsPerMonth: billed,
    unit: "GiB",
    reasons: billed === sizeGiB ? [] : [factReason(smallest)],
    byUse: !premium,
    leftOut: premium ? undefined : "transactions",
  };
}
