/** A row as the Azure Retail Prices API (2023-01-01-preview) writes it: D4s v5 in westeurope, pay as you go. */
export function givenRow(change: { readonly [field: string]: unknown } = {}): { readonly [field: string]: unknown } {
  return {
    currencyCode: "USD",
    tierMinimumUnits: 0,
    retailPrice: 0.23,
    unitPrice: 0.23,
    armRegionName: "westeurope",
    location: "EU West",
    effectiveStartDate: "2021-11-01T00:00:00Z",
    meterId: "b2c8e2ab-0000-0000-0000-000000000001",
    meterName: "D4s v5",
    productId: "DZH318Z08MCB",
    skuId: "DZH318Z08MCB/0001",
    productName: "Virtual Machines Dsv5 Series",
    skuName: "D4s v5",
    serviceName: "Virtual Machines",
    serviceId: "DZH313Z7MMC8",
    serviceFamily: "Compute",
    unitOfMeasure: "1 Hour",
    type: "Consumption",
    isPrimaryMeterRegion: true,
    armSkuName: "Standard_D4s_v5",
    ...change,
  };
}

/** A reservation of the same size: the total of the term under the unit of an hour. */
export function givenReservation(term: "1 Year" | "3 Years", total: number): { readonly [field: string]: unknown } {
  return givenRow({ type: "Reservation", reservationTerm: term, retailPrice: total, unitPrice: total });
}

/** A tier of managed disks. */
export function givenDisk(change: { readonly [field: string]: unknown } = {}): { readonly [field: string]: unknown } {
  return givenRow({
    retailPrice: 21.68,
    unitPrice: 21.68,
    meterName: "P10 LRS Disk",
    productName: "Premium SSD Managed Disks",
    skuName: "P10 LRS",
    serviceName: "Storage",
    serviceFamily: "Storage",
    unitOfMeasure: "1/Month",
    armSkuName: "Premium_SSD_Managed_Disk_P10",
    ...change,
  });
}
