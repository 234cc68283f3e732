import type { RetailPriceRow } from "./retail-price-row.ts";

/** Why a row is no Linux list price of a VM size or a managed disk, though some of them look like one. */
export type PriceTrap =
  | "otherService"
  | "otherCurrency"
  | "otherMeter"
  | "windows"
  | "cloudServices"
  | "dedicatedHost"
  | "promotion"
  | "basic"
  | "lowPriority"
  | "devTest"
  | "zero"
  | "volumeTier"
  | "notYetEffective"
  | "noLongerEffective"
  | "secondaryMeter"
  | "withoutSize";

/** What the traps are, in words, in the order in which they are told. */
export const priceTraps: { readonly [trap in PriceTrap]: string } = {
  windows: "Windows: the licence is in the price",
  cloudServices: "Cloud Services: the Windows-inclusive price under the Linux name",
  lowPriority: "low priority: a meter of Batch, about a fifth of the list price",
  devTest: "Dev/Test: needs another offer",
  dedicatedHost: "Dedicated Host: a whole machine",
  promotion: "promotions: they end",
  basic: "Basic: another tier under the same name",
  zero: "zero: a placeholder, no price",
  volumeTier: "from a quantity on: not the price of the first unit",
  notYetEffective: "not yet in force",
  noLongerEffective: "ended",
  secondaryMeter: "a second meter of the same price",
  otherCurrency: "another currency than USD: for reference only",
  withoutSize: "names no size",
  otherMeter: "billed by another measure",
  otherService: "another service",
};

const hourly = "1 Hour";
const monthly = "1/Month";

/** The trap that a row is, for prices of `day` (`YYYY-MM-DD`); undefined when it is a price to take. */
export function priceTrapOf(row: RetailPriceRow, day: string): PriceTrap | undefined {
  const isDisk = row.serviceName === "Storage" && /managed disks?$/i.test(row.productName);
  if (row.serviceName !== "Virtual Machines" && !isDisk) return "otherService";
  if (row.currencyCode !== "USD") return "otherCurrency";
  const trap = isDisk ? diskTrapOf(row) : machineTrapOf(row);
  if (trap !== undefined) return trap;
  if (!(row.retailPrice > 0)) return "zero";
  if (row.tierMinimumUnits > 0) return "volumeTier";
  if (!row.isPrimaryMeterRegion) return "secondaryMeter";
  if (row.effectiveFrom > day) return "notYetEffective";
  return row.effectiveUntil !== "" && row.effectiveUntil < day ? "noLongerEffective" : undefined;
}

function machineTrapOf({ productName, meterName, skuName, type, armSkuName, unitOfMeasure }: RetailPriceRow) {
  if (/ windows$/i.test(productName)) return "windows";
  if (/cloud ?services/i.test(productName)) return "cloudServices";
  if (/dedicated ?host/i.test(productName)) return "dedicatedHost";
  if (/promo\b/i.test(`${productName} ${skuName} ${meterName}`)) return "promotion";
  if (/ basic$/i.test(productName)) return "basic";
  if (/ low priority$/i.test(meterName) || / low priority$/i.test(skuName)) return "lowPriority";
  if (/^devtest/i.test(type)) return "devTest";
  if (armSkuName === "" || armSkuName.includes(" ")) return "withoutSize";
  return unitOfMeasure === hourly ? undefined : "otherMeter";
}

/** Tiers alone: mounts, operations and snapshots of a tier are billed apart. */
function diskTrapOf({ meterName, skuName, type, unitOfMeasure }: RetailPriceRow) {
  if (/^devtest/i.test(type)) return "devTest";
  const isTier = /^[PES]\d+ (LRS|ZRS)$/.test(skuName) && meterName === `${skuName} Disk`;
  return isTier && unitOfMeasure === monthly && type === "Consumption" ? undefined : "otherMeter";
}
