import {
  nodeHoursBeyond,
  nodeHoursEmpty,
  nodeHoursOfNoPool,
  nodeHoursRefused,
  nodeHoursUneven,
  nodeHoursUnreadable,
} from "../../../estate/diagnostics/commitment-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { readTime, splitRow } from "../../../scheduling/clock/demand/series-row.ts";
import type { DeclaredDemand } from "./declared-demand.ts";
import type { DemandState } from "./node-demand.ts";

/** Measured nodes over time, and what is wrong with the file. */
export interface NodeHours {
  /** Undefined when nothing of it could be used. */
  readonly pattern: readonly DemandState[] | undefined;
  /** Pools that the file has. */
  readonly measured: number;
  readonly from: number;
  readonly until: number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Row {
  readonly seconds: number;
  readonly pool: number;
  readonly nodes: number;
}

/** Two years of five pools every five minutes. */
const mostNodeHourRows = 2_000_000;
const mostNodes = 100_000;
const gapFactor = 1.5;

/**
 * Reads nodes by pool and time: CSV with a header of `time`, `pool`, `nodes` and, where names are not unique, `cluster`. A
 * number holds until the next time of the file, over gaps it does not; pools without a row keep their declared nodes. Rows beyond
 * `mostRows` are counted and left out.
 */
export function readNodeHours(
  text: string,
  source: string,
  declared: DeclaredDemand,
  mostRows = mostNodeHourRows,
): NodeHours {
  const problems = new RowProblems(source, mostRows);
  const rows = readRows(text, declared, problems, mostRows);
  const times = [...new Set(rows.map(({ seconds }) => seconds))].toSorted((left, right) => left - right);
  const [first, second] = times;
  const last = times.at(-1);
  if (first === undefined || second === undefined || last === undefined) {
    const diagnostics = [...problems.diagnostics(), diagnose(nodeHoursEmpty, { source })];
    return { pattern: undefined, measured: 0, from: 0, until: 0, diagnostics };
  }
  const step = usualStep(times);
  const pattern = statesOf(rows, times, step, declared, problems);
  return {
    pattern,
    measured: new Set(rows.map(({ pool }) => pool)).size,
    from: first,
    until: last + step,
    diagnostics: problems.diagnostics(),
  };
}

class RowProblems {
  readonly #source: string;
  readonly #mostRows: number;
  readonly #found = new Map<string, { count: number; firstLine: number; text: string }>();
  duplicates = 0;
  gaps = 0;
  missing = 0;

  constructor(source: string, mostRows: number) {
    this.#source = source;
    this.#mostRows = mostRows;
  }

  note(kind: "unreadable" | "noPool" | "refused" | "beyond", firstLine: number, text: string): void {
    const known = this.#found.get(kind);
    if (known === undefined) this.#found.set(kind, { count: 1, firstLine, text });
    else known.count += 1;
  }

  diagnostics(): readonly Diagnostic[] {
    const source = this.#source;
    const { duplicates, gaps, missing } = this;
    const of = (kind: string) => this.#found.get(kind);
    const [unreadable, noPool, refused, beyond] = [of("unreadable"), of("noPool"), of("refused"), of("beyond")];
    return [
      ...(unreadable === undefined
        ? []
        : [diagnose(nodeHoursUnreadable, { source, ...unreadable, problem: unreadable.text })]),
      ...(noPool === undefined ? [] : [diagnose(nodeHoursOfNoPool, { source, ...noPool, name: noPool.text })]),
      ...(refused === undefined ? [] : [diagnose(nodeHoursRefused, { source, ...refused })]),
      ...(beyond === undefined ? [] : [diagnose(nodeHoursBeyond, { source, ...beyond, most: this.#mostRows })]),
      ...(duplicates + gaps + missing === 0 ? [] : [diagnose(nodeHoursUneven, { source, duplicates, gaps, missing })]),
    ];
  }
}

function readRows(text: string, declared: DeclaredDemand, problems: RowProblems, mostRows: number): readonly Row[] {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const header = splitRow(lines[0] ?? "").map((name) => name.trim().toLowerCase());
  const column = (name: string) => header.indexOf(name);
  const [time, pool, cluster, nodes] = [column("time"), column("pool"), column("cluster"), column("nodes")];
  if (time < 0 || pool < 0 || nodes < 0) {
    problems.note("unreadable", 1, "the header lacks time, pool or nodes");
    return [];
  }
  const rows: Row[] = [];
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "") continue;
    if (rows.length >= mostRows) {
      problems.note("beyond", index + 1, "");
      continue;
    }
    const cells = splitRow(line);
    const seconds = readTime(cells[time] ?? "", 0);
    if (seconds === undefined || Number.isNaN(seconds)) {
      problems.note("unreadable", index + 1, `"${cells[time] ?? ""}" is no time`);
      continue;
    }
    const name = (cells[pool] ?? "").trim();
    const found = findPool(declared, name, cluster < 0 ? "" : (cells[cluster] ?? "").trim());
    const written = (cells[nodes] ?? "").trim();
    const count = written === "" ? Number.NaN : Number(written);
    if (found === undefined) problems.note("noPool", index + 1, name);
    else if (!(count >= 0 && count <= mostNodes)) problems.note("refused", index + 1, written);
    else rows.push({ seconds, pool: found, nodes: count });
  }
  return rows;
}

/** Index of the only pool of that name, in the cluster where one is named. */
function findPool({ pools }: DeclaredDemand, name: string, cluster: string): number | undefined {
  const slash = name.indexOf("/");
  const own = slash < 0 ? cluster : name.slice(0, slash);
  const poolName = slash < 0 ? name : name.slice(slash + 1);
  const found = [...pools.keys()].filter(
    (index) => pools[index]?.pool === poolName && (own === "" || pools[index]?.cluster === own),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** The median distance of the times, the smaller of two: the larger may be the gap. */
function usualStep(times: readonly number[]): number {
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return distances.toSorted((left, right) => left - right)[Math.floor((distances.length - 1) / 2)] ?? 3600;
}

function statesOf(
  rows: readonly Row[],
  times: readonly number[],
  step: number,
  declared: DeclaredDemand,
  problems: RowProblems,
): readonly DemandState[] {
  const byTime = new Map<number, Map<number, number>>();
  const measured = new Set<number>();
  for (const { seconds, pool, nodes } of rows) {
    const at = byTime.get(seconds) ?? new Map<number, number>();
    if (at.has(pool)) problems.duplicates += 1;
    at.set(pool, nodes);
    byTime.set(seconds, at);
    measured.add(pool);
  }
  const current = declared.nodes.map((count, index) => (measured.has(index) ? 0 : count));
  return times.map((time, index) => {
    const at = byTime.get(time) ?? new Map<number, number>();
    if (at.size < measured.size) problems.missing += 1;
    for (const [pool, nodes] of at) current[pool] = nodes;
    const distance = (times[index + 1] ?? time + step) - time;
    const isGap = distance > step * gapFactor;
    if (isGap) problems.gaps += 1;
    return { hours: (isGap ? step : distance) / 3600, nodes: [...current] };
  });
}
