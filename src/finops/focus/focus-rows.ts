import type { KeyReader } from "../allocation/allocation-key.ts";
import type { CostShare } from "../allocation/share-charges.ts";
import { type Charge, hoursPerMonth } from "../bill/charge.ts";
import type { PricedEstate } from "../compute-cost.ts";
import type { BillingMonth } from "./billing-month.ts";
import { focusServiceOf } from "./focus-service.ts";

/** Values by column; what is absent is null. Decimals are numbers, JSON columns are objects. */
export type FocusRow = { readonly [column: string]: string | number | object | undefined };

/**
 * The bill as FOCUS 1.2 rows. Usage that a commitment covers is billed nothing and costs its amortised part; the
 * commitment is a recurring purchase that is billed and costs nothing itself, so that the billed and the effective costs
 * both add up to the bill.
 */
export function billAsFocus(priced: PricedEstate, month: BillingMonth): readonly FocusRow[] {
  return [...priced.charges.map((charge) => usageRow(priced, charge, month)), ...purchaseRows(priced, month)];
}

/** The same with every charge split among its bearers, with the split-cost columns of FOCUS 1.3. */
export function allocationAsFocus(
  priced: PricedEstate,
  shares: readonly CostShare[],
  month: BillingMonth,
  read: KeyReader,
): readonly FocusRow[] {
  const byCharge = Map.groupBy(shares, ({ charge }) => charge);
  return [
    ...priced.charges.flatMap((charge) =>
      (byCharge.get(charge) ?? []).map((share) => splitRow(priced, share, month, read)),
    ),
    ...purchaseRows(priced, month),
  ];
}

function usageRow(priced: PricedEstate, charge: Charge, month: BillingMonth): FocusRow {
  const { line, tariff, likely } = charge;
  const committed = tariff.commitment !== undefined;
  const service = focusServiceOf(charge);
  const pricingQuantity = line.quantity * line.hoursPerMonth;
  const unused = line.category === "unusedCommitment";
  // An unused part is no use of anything that has a list price.
  const cost = (unitPrice: number | undefined) =>
    unused ? 0 : unitPrice === undefined ? likely : unitPrice * pricingQuantity;
  return {
    ...commonColumns(priced, month),
    BilledCost: committed ? 0 : likely,
    EffectiveCost: likely,
    ListCost: cost(tariff.listUnitPrice),
    ContractedCost: cost(tariff.contractedUnitPrice),
    ListUnitPrice: unused ? undefined : tariff.listUnitPrice,
    ContractedUnitPrice: unused ? undefined : tariff.contractedUnitPrice,
    ChargeCategory: "Usage",
    ChargeDescription: line.label,
    ChargeFrequency: "Usage-Based",
    PricingCategory: pricingCategory(charge),
    PricingQuantity: pricingQuantity,
    PricingUnit: pricingUnit(charge),
    ConsumedQuantity: unused ? undefined : pricingQuantity,
    ConsumedUnit: unused ? undefined : pricingUnit(charge),
    RegionId: tariff.region,
    RegionName: tariff.region,
    ResourceId: line.id,
    ResourceName: line.label,
    ResourceType: line.category,
    ServiceName: service.name,
    ServiceCategory: service.category,
    ServiceSubcategory: service.subcategory,
    SkuMeter: tariff.vmSize ?? line.category,
    SubAccountId: line.cluster,
    SubAccountName: line.cluster,
    SubAccountType: line.cluster === undefined ? undefined : "Cluster",
    Tags: tagsOf({ environment: line.environment, cluster: line.cluster }),
    ...(tariff.commitment === undefined ? {} : commitmentColumns(charge, tariff.commitment, unused)),
  };
}

function splitRow(
  priced: PricedEstate,
  { charge, bearer, resource, amount }: CostShare,
  month: BillingMonth,
  read: KeyReader,
): FocusRow {
  const origin = usageRow(priced, charge, month);
  const share = charge.likely > 0 ? amount / charge.likely : 0;
  const part = (column: string) => {
    const value = origin[column];
    return typeof value === "number" ? value * share : undefined;
  };
  const summed = Object.fromEntries(summableColumns.map((column) => [column, part(column)]));
  const id = bearer.workload ?? `${bearer.part}/${bearer.subject}`;
  return {
    ...origin,
    ...summed,
    AllocatedMethodId: resource === "whole" ? "owner" : "max-request-usage",
    AllocatedMethodDetails: { resource, share: Number(share.toPrecision(12)), part: bearer.part },
    AllocatedResourceId: id,
    AllocatedResourceName: bearer.workload ?? bearer.subject,
    AllocatedTags: tagsOf({
      part: bearer.part,
      tenant: bearer.tenant,
      application: bearer.application,
      environment: bearer.environment,
      cluster: bearer.cluster,
      namespace: read(bearer, { kind: "namespace" }),
    }),
  };
}

const summableColumns = [
  "BilledCost",
  "EffectiveCost",
  "ListCost",
  "ContractedCost",
  "PricingQuantity",
  "ConsumedQuantity",
  "CommitmentDiscountQuantity",
];

/** One recurring purchase for each commitment: all that its used and unused parts cost. */
function purchaseRows(priced: PricedEstate, month: BillingMonth): readonly FocusRow[] {
  const byCommitment = Map.groupBy(
    priced.charges.filter(({ tariff }) => tariff.commitment !== undefined),
    ({ tariff }) => tariff.commitment?.id ?? "",
  );
  return [...byCommitment.values()].flatMap((charges): FocusRow[] => {
    const [first] = charges;
    if (first?.tariff.commitment === undefined) return [];
    const billed = charges.reduce((sum, { likely }) => sum + likely, 0);
    const { id, label } = first.tariff.commitment;
    return [
      {
        ...commonColumns(priced, month),
        BilledCost: billed,
        EffectiveCost: 0,
        ListCost: billed,
        ContractedCost: billed,
        ListUnitPrice: billed / hoursPerMonth,
        ContractedUnitPrice: billed / hoursPerMonth,
        ChargeCategory: "Purchase",
        ChargeDescription: label,
        ChargeFrequency: "Recurring",
        PricingCategory: "Standard",
        PricingQuantity: hoursPerMonth,
        PricingUnit: "Hours",
        ResourceId: id,
        ResourceName: label,
        ResourceType: first.tariff.purchase,
        ServiceName: "Virtual Machines",
        ServiceCategory: "Compute",
        ServiceSubcategory: "Virtual Machines",
        ...identityOf(first, { id, label }),
        CommitmentDiscountQuantity: first.tariff.purchase === "savingsPlan" ? billed : hoursPerMonth,
      },
    ];
  });
}

function commonColumns({ context }: PricedEstate, month: BillingMonth): FocusRow {
  return {
    BillingAccountId: context.estate.name,
    BillingAccountName: context.estate.name,
    BillingAccountType: "Estate",
    BillingCurrency: context.currency.code,
    BillingPeriodStart: month.start,
    BillingPeriodEnd: month.end,
    ChargePeriodStart: month.start,
    ChargePeriodEnd: month.end,
    InvoiceIssuerName: "Microsoft",
    ProviderName: "Microsoft",
    PublisherName: "Microsoft",
    PricingCurrency: context.currency.code,
  };
}

function commitmentColumns(
  charge: Charge,
  commitment: { readonly id: string; readonly label: string },
  unused: boolean,
): FocusRow {
  const { line, tariff, likely } = charge;
  const byMoney = tariff.purchase === "savingsPlan";
  return {
    ...identityOf(charge, commitment),
    CommitmentDiscountQuantity: byMoney ? likely : line.quantity * line.hoursPerMonth,
    CommitmentDiscountStatus: unused ? "Unused" : "Used",
  };
}

function identityOf(
  { tariff, line }: Charge,
  { id, label }: { readonly id: string; readonly label: string },
): FocusRow {
  const byMoney = tariff.purchase === "savingsPlan";
  const currency = line.monthlyCost.unit.split("/")[0];
  return {
    CommitmentDiscountId: id,
    CommitmentDiscountName: label,
    CommitmentDiscountCategory: byMoney ? "Spend" : "Usage",
    CommitmentDiscountType: byMoney ? "Savings Plan" : "Reservation",
    CommitmentDiscountUnit: byMoney ? currency : "Hours",
  };
}

function pricingCategory({ tariff }: Charge): string {
  switch (tariff.purchase) {
    case "reservation":
    case "savingsPlan":
      return "Committed";
    case "spot":
      return "Dynamic";
    case "payAsYouGo":
      return "Standard";
    case "declared":
      return "Other";
  }
}

function pricingUnit({ line }: Charge): string {
  const unit = line.unit.replace(/^./, (letter) => letter.toUpperCase());
  if (line.hoursPerMonth === hoursPerMonth) return `${unit}-Hours`;
  return line.hoursPerMonth === 1 ? `${unit}-Months` : `${unit}-Days`;
}

function tagsOf(tags: { readonly [name: string]: string | undefined }): object {
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined));
}
