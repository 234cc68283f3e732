import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { traceColumnMissing, traceRowRefused } from "../../../estate/diagnostics/replay-diagnostics.ts";
import { type CsvRow, parseCsv } from "./parse-csv.ts";

/** A node of a trace. */
export interface TraceNode {
  readonly name: string;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly gpus: number;
  readonly maxPods: number | undefined;
  readonly pool: string | undefined;
  readonly zone: string | undefined;
}

/** A pod of a trace that runs. */
export interface TracePod {
  readonly name: string;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

/** What a table holds, and which of its rows could not be read. */
interface TableReading<Row> {
  readonly rows: readonly Row[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Titles that a column may have, by what it means; the first is the one that hints name. */
const titles = {
  name: ["name", "sn", "node", "pod"],
  cpu: ["cpu_milli", "cpu_millicores"],
  memory: ["memory_mib"],
  gpus: ["num_gpu", "gpu", "gpus"],
  maxPods: ["max_pods"],
  pool: ["pool"],
  zone: ["zone"],
  phase: ["pod_phase", "phase"],
} as const;

type ColumnName = keyof typeof titles;

/** More than any machine has; sums beyond would no longer be exact. */
const largestAmount = 2 ** 40;

/**
 * Nodes of a table with the columns name (or `sn`), `cpu_milli`, `memory_mib`, and where given `gpu`, `max_pods`, `pool`,
 * `zone`. Rows that cannot be read are diagnosed and left out.
 */
export function readTraceNodes(text: string, source: string): TableReading<TraceNode> {
  const table = new Table(text, source);
  return table.read(["name", "cpu", "memory"], (row) => ({
    name: row.text("name"),
    cpuMillicores: row.amount("cpu"),
    memoryMiB: row.amount("memory"),
    gpus: row.amountOr("gpus", 0),
    maxPods: row.amountOr("maxPods", undefined),
    pool: row.textOr("pool"),
    zone: row.textOr("zone"),
  }));
}

/**
 * Pods of a table with the columns name, `cpu_milli`, `memory_mib`, and where given `num_gpu` (whole ones) and `pod_phase`
 * (pods of another phase than Running are not read). Rows that cannot be read are diagnosed and left
 * out.
 */
export function readTracePods(text: string, source: string): TableReading<TracePod> {
  const table = new Table(text, source);
  return table.read(["name", "cpu", "memory"], (row) =>
    (row.textOr("phase") ?? "Running") === "Running"
      ? {
          name: row.text("name"),
          cpuMillicores: row.amount("cpu"),
          memoryMiB: row.amount("memory"),
          gpus: row.amountOr("gpus", 0),
        }
      : undefined,
  );
}

class Table {
  private readonly source: string;
  private readonly rows: readonly CsvRow[];
  private readonly columns: ReadonlyMap<ColumnName, number>;
  private readonly diagnostics: Diagnostic[] = [];

  constructor(text: string, source: string) {
    const [header, ...rows] = parseCsv(text);
    const written = (header?.cells ?? []).map((title) => title.toLowerCase());
    this.source = source;
    this.rows = rows;
    this.columns = new Map(
      (Object.keys(titles) as ColumnName[]).flatMap((column) => {
        const title = titles[column].find((each) => written.includes(each));
        return title === undefined ? [] : [[column, written.indexOf(title)] as const];
      }),
    );
  }

  read<Row extends { readonly name: string }>(
    required: readonly ColumnName[],
    readRow: (row: RowReader) => Row | undefined,
  ): TableReading<Row> {
    const missing = required.filter((column) => !this.columns.has(column));
    if (missing.length > 0) return { rows: [], diagnostics: missing.map((column) => this.missingColumn(column)) };
    const byName = new Map<string, Row>();
    for (const { line, cells } of this.rows) {
      const reader = new RowReader(this.columns, cells);
      const row = readRow(reader);
      if (row === undefined) continue;
      const problem = reader.problem ?? (byName.has(row.name) ? `the name ${row.name} is taken` : undefined);
      if (problem === undefined) byName.set(row.name, row);
      else this.refuse(line, problem);
    }
    return { rows: [...byName.values()], diagnostics: this.diagnostics };
  }

  private missingColumn(column: ColumnName): Diagnostic {
    return diagnose(
      traceColumnMissing,
      { file: this.source, column, accepted: titles[column].join(" or ") },
      { place: { source: this.source, line: 1, column: 1, precision: "exact" } },
    );
  }

  private refuse(line: number, problem: string): void {
    this.diagnostics.push(
      diagnose(
        traceRowRefused,
        { row: `Line ${line} of ${this.source}`, problem },
        { place: { source: this.source, line, column: 1, precision: "exact" } },
      ),
    );
  }
}

/** Reads the cells of one row and keeps the first problem. */
class RowReader {
  problem: string | undefined;
  private readonly columns: ReadonlyMap<ColumnName, number>;
  private readonly cells: readonly string[];

  constructor(columns: ReadonlyMap<ColumnName, number>, cells: readonly string[]) {
    this.columns = columns;
    this.cells = cells;
  }

  textOr(column: ColumnName): string | undefined {
    const text = this.cells[this.columns.get(column) ?? -1];
    return text === "" ? undefined : text;
  }

  text(column: ColumnName): string {
    const text = this.textOr(column);
    if (text === undefined) this.problem ??= `its ${column} is empty`;
    return text ?? "";
  }

  amount(column: ColumnName): number {
    return this.toAmount(column, this.text(column));
  }

  amountOr<Missing>(column: ColumnName, missing: Missing): number | Missing {
    const text = this.textOr(column);
    return text === undefined ? missing : this.toAmount(column, text);
  }

  private toAmount(column: ColumnName, text: string): number {
    const amount = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (text === "") return 0;
    if (Number.isNaN(amount)) this.problem ??= `its ${column} is "${text.slice(0, 40)}", which is no number`;
    else if (amount < 0) this.problem ??= `its ${column} is ${text}: an amount cannot be negative`;
    else if (amount > largestAmount) this.problem ??= `its ${column} is ${text}, more than any machine has`;
    return amount;
  }
}
