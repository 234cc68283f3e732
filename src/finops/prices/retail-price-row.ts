/** A row of the Azure Retail Prices API, as far as it is used. */
export interface RetailPriceRow {
  readonly currencyCode: string;
  readonly tierMinimumUnits: number;
  readonly retailPrice: number;
  readonly armRegionName: string;
  readonly meterName: string;
  readonly productName: string;
  readonly skuName: string;
  readonly serviceName: string;
  readonly unitOfMeasure: string;
  /** `Consumption`, `Reservation`, `DevTestConsumption`. */
  readonly type: string;
  readonly armSkuName: string;
  /** `1 Year`, `3 Years`; empty without. */
  readonly reservationTerm: string;
  /** `YYYY-MM-DD`; empty where the row has none. */
  readonly effectiveFrom: string;
  readonly effectiveUntil: string;
  readonly isPrimaryMeterRegion: boolean;
  readonly savingsPlan: readonly { readonly term: string; readonly retailPrice: number }[];
}

/** Reads a row whatever else it holds; undefined where it lacks what every row has. */
export function readRetailPriceRow(value: unknown): RetailPriceRow | undefined {
  if (!isRecord(value)) return undefined;
  const text = (name: string) => (typeof value[name] === "string" ? value[name].trim() : "");
  const retailPrice = value["retailPrice"] ?? value["unitPrice"];
  const meterName = text("meterName");
  if (typeof retailPrice !== "number" || meterName === "" || text("productName") === "") return undefined;
  return {
    currencyCode: text("currencyCode"),
    tierMinimumUnits: typeof value["tierMinimumUnits"] === "number" ? value["tierMinimumUnits"] : 0,
    retailPrice,
    armRegionName: text("armRegionName").toLowerCase(),
    meterName,
    productName: text("productName"),
    skuName: text("skuName"),
    serviceName: text("serviceName"),
    unitOfMeasure: text("unitOfMeasure"),
    // Older versions of the API call it priceType.
    type: text("type") === "" ? text("priceType") : text("type"),
    armSkuName: text("armSkuName"),
    reservationTerm: text("reservationTerm"),
    effectiveFrom: text("effectiveStartDate").slice(0, 10),
    effectiveUntil: text("effectiveEndDate").slice(0, 10),
    isPrimaryMeterRegion: value["isPrimaryMeterRegion"] !== false,
    savingsPlan: savingsPlanOf(value["savingsPlan"]),
  };
}

function savingsPlanOf(value: unknown): RetailPriceRow["savingsPlan"] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap(({ term, retailPrice, unitPrice }) => {
    const price = retailPrice ?? unitPrice;
    return typeof term === "string" && typeof price === "number" ? [{ term, retailPrice: price }] : [];
  });
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
