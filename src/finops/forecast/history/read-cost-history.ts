import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import {
  costHistoryDuplicates,
  costHistoryNegative,
  costHistoryRowsRefused,
  costHistoryUnusable,
} from "../../../estate/diagnostics/finops-diagnostics.ts";
import { type CsvRow, parseCsv } from "../../../scheduling/replay/trace/parse-csv.ts";
import { dayNumber } from "../calendar.ts";
import { dateText, type HistoryColumns, type HistoryFormat, historyColumns, tenantOfTags } from "./history-columns.ts";

/** Costs of one bearer and thing on one day. */
export interface CostRecord {
  /** Days since 1970; of a monthly history the first of the month. */
  readonly day: number;
  /** A tenant, or whatever else the file names. */
  readonly tenant: string;
  /** What the money is for; empty where the file does not say. */
  readonly item: string;
  readonly cost: number;
}

export interface HistoryReading {
  readonly format: HistoryFormat | undefined;
  readonly records: readonly CostRecord[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface HistoryOptions {
  /** Name of the file, for messages. */
  readonly source: string;
  /** Currency of the bill: rows in another one are left out. */
  readonly currency: string;
  /** Days since 1970 of today: what is dated so or later is not over, and left out. */
  readonly today: number;
}

/** Bears what no row says whose it is. */
const unassignedTenant = "unassigned";
/** Longer files are cut, and said to be. */
const mostRows = 2_000_000;

/** Reads costs over time from CSV: FOCUS, an Azure cost export, or `date,tenant,cost`. Rows of one day are added up. */
export function readCostHistory(text: string, options: HistoryOptions): HistoryReading {
  const { source } = options;
  const [header, ...rows] = parseCsv(text);
  const columns = header === undefined ? { missing: "a header" } : historyColumns(header.cells);
  if ("missing" in columns) {
    const problem = `it has no row to read or lacks ${columns.missing}`;
    return { format: undefined, records: [], diagnostics: [diagnose(costHistoryUnusable, { source, problem })] };
  }
  const tally = new RowTally();
  const records = rows.slice(0, mostRows).flatMap((row) => tally.read(row, columns, options) ?? []);
  const cut = rows.length > mostRows ? [`it is read up to ${mostRows.toLocaleString("en-US")} rows`] : [];
  const nothing = records.length === 0 ? ["no row of it can be used"] : [];
  return {
    format: columns.format,
    records,
    diagnostics: [
      ...[...cut, ...nothing].map((problem) => diagnose(costHistoryUnusable, { source, problem })),
      ...tally.diagnostics(source),
    ],
  };
}

/** Reads row by row and counts what is wrong. */
class RowTally {
  private readonly seen = new Set<string>();
  private readonly refused = new Map<string, { rows: number; readonly line: number }>();
  private duplicates = { rows: 0, line: 0 };
  private negative = { rows: 0, line: 0 };

  read({ line, cells }: CsvRow, columns: HistoryColumns, options: HistoryOptions): CostRecord | undefined {
    const cell = (position: number | undefined) => (position === undefined ? "" : (cells[position] ?? ""));
    const day = dayNumber(dateText(cell(columns.date)) ?? "");
    const costText = cell(columns.cost);
    const cost = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(costText) ? Number(costText) : Number.NaN;
    if (day === undefined) return this.refuse("the date cannot be read", line);
    if (!Number.isFinite(cost)) return this.refuse("the cost is no number", line);
    const currency = cell(columns.currency);
    if (currency !== "" && currency.toUpperCase() !== options.currency)
      return this.refuse(`the currency is not ${options.currency}`, line);
    if (day >= options.today) return this.refuse("the day is not over", line);
    // Exports that were loaded twice repeat whole rows; a plain file has one row for a day and a thing.
    const key = cells.join("\u0000");
    if (this.seen.has(key)) {
      this.duplicates = { rows: this.duplicates.rows + 1, line: this.duplicates.line || line };
      return undefined;
    }
    this.seen.add(key);
    if (cost < 0) this.negative = { rows: this.negative.rows + 1, line: this.negative.line || line };
    const named = cell(columns.tenant) || tenantOfTags(cell(columns.tags));
    return { day, tenant: named || unassignedTenant, item: cell(columns.item), cost };
  }

  diagnostics(source: string): readonly Diagnostic[] {
    return [
      ...[...this.refused].map(([problem, { rows, line }]) =>
        diagnose(costHistoryRowsRefused, { source, rows, line, problem }),
      ),
      ...(this.duplicates.rows > 0 ? [diagnose(costHistoryDuplicates, { source, ...this.duplicates })] : []),
      ...(this.negative.rows > 0 ? [diagnose(costHistoryNegative, { source, ...this.negative })] : []),
    ];
  }

  private refuse(problem: string, line: number): undefined {
    const known = this.refused.get(problem);
    if (known === undefined) this.refused.set(problem, { rows: 1, line });
    else known.rows += 1;
    return undefined;
  }
}
