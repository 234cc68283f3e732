import type { BilledKind, BilledRow, CostFileFormat } from "./billed-row.ts";
import { csvRecords } from "./csv-records.ts";

/** What reading a cost file gives, row by row. */
export type CostFileEvent =
  | { readonly kind: "header"; readonly format: CostFileFormat }
  | { readonly kind: "row"; readonly row: BilledRow }
  | { readonly kind: "unreadable"; readonly line: number; readonly problem: string }
  | { readonly kind: "noCostFile"; readonly problem: string };

/** Columns by what they hold, in the spelling of FOCUS and of the Azure dialects (EA, MCA, PAYG), lower case, bare. */
const columns = {
  cost: ["effectivecost", "costinbillingcurrency", "cost", "pretaxcost", "extendedcost", "billedcost"],
  billedCost: ["billedcost"],
  currency: ["billingcurrency", "billingcurrencycode", "currency", "currencycode"],
  quantity: ["consumedquantity", "pricingquantity", "quantity", "usagequantity"],
  unit: ["consumedunit", "pricingunit", "unitofmeasure"],
  service: ["metercategory", "xskumetercategory", "servicename"],
  subcategory: ["metersubcategory", "xskumetersubcategory"],
  meter: ["metername", "xskumetername", "skumeter"],
  product: ["productname", "product", "chargedescription"],
  resourceId: ["resourceid", "instanceid"],
  resourceName: ["resourcename", "instancename"],
  category: ["chargecategory", "chargetype"],
  chargeClass: ["chargeclass"],
  pricing: ["pricingcategory", "pricingmodel"],
  commitment: ["commitmentdiscountid", "benefitid", "reservationid"],
  status: ["commitmentdiscountstatus"],
  publisher: ["publishertype"],
  tags: ["tags"],
  start: ["chargeperiodstart", "date", "usagedate", "usagedatetime"],
  end: ["chargeperiodend"],
} as const;

type Column = keyof typeof columns;

/** Reads a FOCUS file (1.0 to 1.3) or an Azure cost export (actual or amortised) row by row; nothing is kept. */
export async function* readCostExport(chunks: AsyncIterable<string>): AsyncGenerator<CostFileEvent> {
  let at: ((cells: readonly string[], column: Column) => string) | undefined;
  let width = 0;
  let isFocus = false;
  for await (const { line, cells } of csvRecords(chunks)) {
    if (at === undefined) {
      const names = cells.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ""));
      const found = new Map(
        (Object.keys(columns) as Column[]).map((column) => [column, indexOfAny(names, columns[column])]),
      );
      const lacking = (["cost", "service", "currency"] as const).filter((column) => (found.get(column) ?? -1) < 0);
      if (lacking.length > 0) {
        yield { kind: "noCostFile", problem: `the header has no column for ${lacking.join(" and ")}` };
        return;
      }
      isFocus = names.includes("chargecategory") && names.includes("billedcost");
      yield { kind: "header", format: isFocus ? "FOCUS" : "Azure cost export" };
      width = names.length;
      at = (row, column) => row[found.get(column) ?? -1]?.trim() ?? "";
      continue;
    }
    const read = at;
    if (cells.length !== width) {
      yield { kind: "unreadable", line, problem: `${cells.length} fields under ${width} columns` };
      continue;
    }
    const row = rowOf((column) => read(cells, column), isFocus);
    yield typeof row === "string" ? { kind: "unreadable", line, problem: row } : { kind: "row", row };
  }
  if (at === undefined) yield { kind: "noCostFile", problem: "it is empty" };
}

function indexOfAny(names: readonly string[], candidates: readonly string[]): number {
  for (const candidate of candidates) {
    const index = names.indexOf(candidate);
    if (index >= 0) return index;
  }
  return -1;
}

function rowOf(cell: (column: Column) => string, isFocus: boolean): BilledRow | string {
  const cost = numberOf(cell("cost"));
  if (cost === undefined) return "its cost is no number";
  const start = dayOf(cell("start"));
  const resourceId = cell("resourceId");
  return {
    kind: isFocus ? focusKind(cell) : azureKind(cell),
    cost,
    currency: cell("currency").toUpperCase(),
    quantity: numberOf(cell("quantity")),
    unit: cell("unit").toLowerCase(),
    service: cell("service"),
    meter: [cell("subcategory"), cell("product"), cell("meter")].filter((text) => text !== "").join(", "),
    resourceId: resourceId.toLowerCase(),
    resourceName: cell("resourceName") === "" ? (resourceId.split("/").at(-1) ?? "") : cell("resourceName"),
    tags: cell("tags"),
    start,
    end: cell("end") === "" ? dayAfter(start) : dayOf(cell("end")),
  };
}

function focusKind(cell: (column: Column) => string): BilledKind {
  switch (cell("category").toLowerCase()) {
    case "tax":
      return "tax";
    case "credit":
    case "adjustment":
      return "credit";
    case "purchase":
      return "purchase";
  }
  if (cell("chargeClass").toLowerCase() === "correction") return "credit";
  if (cell("status").toLowerCase() === "unused") return "unusedCommitment";
  const pricing = cell("pricing").toLowerCase();
  if (pricing === "committed" || pricing === "commitment based" || cell("commitment") !== "") return "commitment";
  return pricing === "dynamic" ? "spot" : "payAsYouGo";
}

function azureKind(cell: (column: Column) => string): BilledKind {
  const type = cell("category")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
  if (type === "tax") return "tax";
  if (/^(refund|credit|adjustment|roundingadjustment)/.test(type)) return "credit";
  if (type.startsWith("unused")) return "unusedCommitment";
  if (type === "purchase") return cell("publisher").toLowerCase() === "marketplace" ? "marketplace" : "purchase";
  const pricing = cell("pricing")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
  if (pricing === "reservation" || pricing === "savingsplan" || cell("commitment") !== "") return "commitment";
  return pricing === "spot" || / spot\b/i.test(cell("meter")) ? "spot" : "payAsYouGo";
}

/** Decimal point or, in files separated by semicolons, a decimal comma. */
function numberOf(text: string): number | undefined {
  if (text === "") return undefined;
  const value = Number(/^-?\d+,\d+$/.test(text) ? text.replace(",", ".") : text);
  return Number.isFinite(value) ? value : undefined;
}

/** `YYYY-MM-DD` of ISO 8601, `YYYYMMDD` or the American form of EA exports; empty for others. */
function dayOf(text: string): string {
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
  if (iso !== null) return `${iso[1]}-${iso[2]}-${iso[3]}`;
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text);
  if (american === null) return "";
  return `${american[3]}-${american[1]?.padStart(2, "0")}-${american[2]?.padStart(2, "0")}`;
}

function dayAfter(day: string): string {
  if (day === "") return "";
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
