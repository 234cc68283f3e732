/** Kinds of files that hold costs over time. */
export type HistoryFormat = "focus" | "azureExport" | "plain";

/** Where a file holds what, as positions of its columns. */
export interface HistoryColumns {
  readonly format: HistoryFormat;
  readonly date: number;
  readonly cost: number;
  /** A column of its own, or undefined: then from tags. */
  readonly tenant: number | undefined;
  readonly tags: number | undefined;
  readonly currency: number | undefined;
  /** What the money is for, to say what changed. */
  readonly item: number | undefined;
}

interface Dialect {
  readonly format: HistoryFormat;
  readonly date: readonly string[];
  readonly cost: readonly string[];
  readonly currency: readonly string[];
  readonly item: readonly string[];
}

/**
 * Names of columns without case, blanks and signs, the most telling first. FOCUS 1.2 is recognised by ChargePeriodStart;
 * Azure writes its exports in several dialects (Enterprise, Microsoft Customer Agreement, pay as you go).
 */
const dialects: readonly Dialect[] = [
  {
    format: "focus",
    date: ["chargeperiodstart"],
    cost: ["effectivecost", "billedcost"],
    currency: ["billingcurrency"],
    item: ["servicename", "servicecategory"],
  },
  {
    format: "azureExport",
    date: ["usagedatetime", "usagedate", "date"],
    cost: ["costinbillingcurrency", "pretaxcost", "extendedcost"],
    currency: ["billingcurrency", "billingcurrencycode", "currency"],
    item: ["metercategory", "consumedservice", "servicename", "servicefamily"],
  },
  {
    format: "plain",
    date: ["date", "day", "month", "time", "period"],
    cost: ["cost", "amount", "total"],
    currency: ["currency"],
    item: ["item", "service", "application", "category"],
  },
];

const tenantNames = ["tenant", "xtenant"];

/** The columns of a header; undefined names the ones that are missing. */
export function historyColumns(header: readonly string[]): HistoryColumns | { readonly missing: string } {
  const names = header.map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
  const find = (candidates: readonly string[]) => {
    const found = candidates.map((name) => names.indexOf(name)).find((position) => position >= 0);
    return found;
  };
  for (const dialect of dialects) {
    const date = find(dialect.date);
    const cost = find(dialect.cost);
    if (date === undefined || cost === undefined) continue;
    const [tenant, tags] = [find(tenantNames), find(["allocatedtags", "tags", "tag"])];
    return {
      format: dialect.format,
      date,
      cost,
      tenant,
      tags,
      currency: find(dialect.currency),
      item: find(dialect.item),
    };
  }
  const hasDate = dialects.some(({ date }) => find(date) !== undefined);
  return {
    missing: hasDate
      ? "a column of costs (cost, EffectiveCost, CostInBillingCurrency)"
      : "a column of dates (date, ChargePeriodStart)",
  };
}

/** The value of `tenant` in a cell of tags: JSON, or `"tenant": "retail","team": "x"` without braces as Azure writes it. */
export function tenantOfTags(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const asObject = trimmed.startsWith("{") ? trimmed : `{${trimmed}}`;
  try {
    const tags = JSON.parse(asObject) as unknown;
    if (typeof tags !== "object" || tags === null) return undefined;
    for (const [name, value] of Object.entries(tags)) {
      if (name.toLowerCase() === "tenant" && typeof value === "string" && value !== "") return value;
    }
  } catch {
    return undefined;
  }
  return undefined;
}

/** A day as files write it: ISO dates and instants, months, and `MM/DD/YYYY` as Azure does; `YYYY-MM-DD` or `YYYY-MM`. */
export function dateText(cell: string): string | undefined {
  const iso = /^(\d{4}-\d{2}(?:-\d{2})?)(?:[T ].*)?$/.exec(cell);
  if (iso?.[1] !== undefined) return iso[1];
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell);
  if (american === null) return undefined;
  const [, month = "", day = "", year = ""] = american;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
