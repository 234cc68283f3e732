import { readRecords } from "./read-records.ts";
import type { UsageProblems } from "./usage-problems.ts";
import type { UsageSample } from "./usage-sample.ts";

/** Samples that are handed on together. */
const batchSize = 4_096;
const knownColumns = ["time", "namespace", "pod", "workload", "cluster", "environment", "cpucores", "memorygib"];
const requiredColumns = ["time", "namespace"];

/**
 * Reads samples from chunks of text: CSV with a header, or JSON lines. Fields are `time` (ISO 8601, or seconds or
 * milliseconds since 1970), `namespace`, `pod` or `workload`, `cpuCores`, `memoryGiB`, and where names are not unique
 * `cluster` and `environment`. Lines that cannot be read are counted and left out; nothing is kept but one chunk.
 */
export async function* readUsage(
  chunks: AsyncIterable<string>,
  problems: UsageProblems,
): AsyncGenerator<readonly UsageSample[]> {
  const times = timeReader();
  let columns: readonly (string | undefined)[] | undefined;
  let batch: UsageSample[] = [];
  let isJson: boolean | undefined;
  for await (const lines of readRecords(chunks)) {
    for (const { text, line } of lines) {
      isJson ??= text.startsWith("{");
      if (!isJson && columns === undefined) {
        columns = headerOf(text);
        const lacking = requiredColumns.filter((name) => columns?.includes(name) !== true);
        if (lacking.length > 0) {
          problems.unreadable(`line ${line}`, `the header has no column ${lacking.join(" and ")}`);
          return;
        }
        continue;
      }
      const fields = isJson ? jsonFields(text) : csvFields(text, columns ?? []);
      const sample = typeof fields === "string" ? fields : sampleOf(fields, times);
      if (typeof sample === "string") problems.unreadable(`line ${line}`, sample);
      else batch.push(sample);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

type Fields = { readonly [column: string]: string | undefined };

/** Columns by their known names, whatever their case and underscores; undefined for others. */
function headerOf(text: string): readonly (string | undefined)[] {
  return splitCsv(text.replace(/^\uFEFF/, "")).map((name) => {
    const plain = name.trim().toLowerCase().replaceAll("_", "");
    const known = plain === "timestamp" ? "time" : plain;
    return knownColumns.includes(known) ? known : undefined;
  });
}

function csvFields(text: string, columns: readonly (string | undefined)[]): Fields | string {
  const cells = text.includes('"') ? splitCsv(text) : text.split(",");
  if (cells.length !== columns.length) return `${cells.length} fields under ${columns.length} columns`;
  const fields: { [column: string]: string } = {};
  for (let index = 0; index < cells.length; index += 1) {
    const column = columns[index];
    const cell = cells[index];
    if (column !== undefined && cell !== undefined && cell !== "") fields[column] = cell;
  }
  return fields;
}

/** One line of RFC 4180; a quoted field holds no line end here. */
function splitCsv(text: string): string[] {
  const cells: string[] = [];
  const field = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const match of text.matchAll(field)) cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
  return cells;
}

function jsonFields(text: string): Fields | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "it is no JSON object";
  const fields: { [column: string]: string } = {};
  for (const [name, each] of Object.entries(value)) {
    const column = name.toLowerCase().replaceAll("_", "");
    const known = column === "timestamp" ? "time" : column;
    if (knownColumns.includes(known) && (typeof each === "string" || typeof each === "number")) {
      fields[known] = String(each);
    }
  }
  return fields;
}

function sampleOf(fields: Fields, readTime: (text: string) => number | undefined): UsageSample | string {
  const time = readTime(fields.time ?? "");
  if (time === undefined) return `"${fields.time ?? ""}" is no time`;
  const { namespace, pod, workload } = fields;
  if (namespace === undefined) return "it names no namespace";
  if (pod === undefined && workload === undefined) return "it names neither pod nor workload";
  return {
    time,
    namespace,
    pod,
    workload,
    cluster: fields.cluster,
    environment: fields.environment,
    cpuCores: numberOf(fields.cpucores),
    memoryGiB: numberOf(fields.memorygib),
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** Above this, a number is milliseconds: as seconds it would be after the year 5000. */
const firstMilliseconds = 1e11;

/** Times repeat from line to line: the last one is not read again. */
function timeReader(): (text: string) => number | undefined {
  let lastText = "";
  let last: number | undefined;
  return (text) => {
    if (text === lastText) return last;
    lastText = text;
    last = readTime(text);
    return last;
  };
}

function readTime(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const value = Number(text);
    return value >= firstMilliseconds ? value / 1000 : value;
  }
  const parsed = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed / 1000;
}
