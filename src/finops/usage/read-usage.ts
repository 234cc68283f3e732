import { readRecords } from "./read-records.ts";
import type { UsageProblems } from "./usage-problems.ts";
import type { UsageSample } from "./usage-sample.ts";

const knownColumns = [
  "time",
  "namespace",
  "pod",
  "workload",
  "cluster",
  "environment",
  "cpucores",
  "memorygib",
  "oomkills",
] as const;
const requiredColumns = ["time", "namespace"] as const;

/**
 * Reads samples from chunks of text: CSV with a header, or JSON lines. Fields are `time` (ISO 8601, or seconds or
 * milliseconds since 1970), `namespace`, `pod` or `workload`, `cpuCores`, `memoryGiB`, `oomKills` (containers
 * killed for want of memory since the sample before), and where names are not unique `cluster` and `environment`. Lines that cannot be read are counted and left out; nothing is kept but one chunk.
 */
export async function* readUsage(
  chunks: AsyncIterable<string>,
  problems: UsageProblems,
): AsyncGenerator<readonly UsageSample[]> {
  let readLine: LineReader | undefined;
  for await (const { firstLine, texts } of readRecords(chunks)) {
    const batch: UsageSample[] = [];
    for (let index = 0; index < texts.length; index += 1) {
      const text = texts[index];
      if (text === undefined || text === "") continue;
      if (readLine === undefined) {
        const isJson = text.startsWith("{");
        const reader = isJson ? jsonReader() : csvReader(text);
        if (typeof reader === "string") {
          problems.unreadable(`line ${firstLine + index}`, reader);
          return;
        }
        readLine = reader;
        if (!isJson) continue;
      }
      const sample = readLine(text);
      if (typeof sample === "string") problems.unreadable(`line ${firstLine + index}`, sample);
      else batch.push(sample);
    }
    if (batch.length > 0) yield batch;
  }
}

/** Reads one line; a text says what is wrong with it. */
type LineReader = (text: string) => UsageSample | string;

type Column = (typeof knownColumns)[number];

/** The reader of the lines below a header; what is wrong with the header otherwise. */
function csvReader(header: string): LineReader | string {
  const names = splitCsv(header.replace(/^\uFEFF/, "")).map(columnOf);
  const lacking = requiredColumns.filter((name) => !names.includes(name));
  if (lacking.length > 0) return `the header has no column ${lacking.join(" and ")}`;
  const at = (column: Column) => names.indexOf(column);
  const [time, namespace, pod, workload] = [at("time"), at("namespace"), at("pod"), at("workload")];
  const [cluster, environment, cpu, memory] = [at("cluster"), at("environment"), at("cpucores"), at("memorygib")];
  const kills = at("oomkills");
  const readTime = timeReader();
  return (text) => {
    const cells = text.includes('"') ? splitCsv(text) : text.split(",");
    if (cells.length !== names.length) return `${cells.length} fields under ${names.length} columns`;
    const cell = (index: number) => cells[index] || undefined;
    return sampleOf(
      readTime(cells[time] ?? ""),
      cell(namespace),
      cell(pod),
      cell(workload),
      cell(cluster),
      cell(environment),
      cell(cpu),
      cell(memory),
      cell(kills),
    );
  };
}

function jsonReader(): LineReader {
  const readTime = timeReader();
  return (text) => {
    const fields = jsonFields(text);
    if (typeof fields === "string") return fields;
    const { namespace, pod, workload, cluster, environment, cpucores, memorygib, oomkills } = fields;
    const time = readTime(fields.time ?? "");
    return sampleOf(time, namespace, pod, workload, cluster, environment, cpucores, memorygib, oomkills);
  };
}

/** The known column that a name stands for, whatever its case and underscores. */
function columnOf(name: string): Column | undefined {
  const plain = name.trim().toLowerCase().replaceAll("_", "");
  return knownColumns.find((column) => column === (plain === "timestamp" ? "time" : plain));
}

type Fields = { [column in Column]?: string };

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
  const fields: Fields = {};
  for (const [name, each] of Object.entries(value)) {
    const column = columnOf(name);
    if (column !== undefined && (typeof each === "string" || typeof each === "number")) fields[column] = String(each);
  }
  return fields;
}

function sampleOf(
  time: number | undefined,
  namespace: string | undefined,
  pod: string | undefined,
  workload: string | undefined,
  cluster: string | undefined,
  environment: string | undefined,
  cpuCores: string | undefined,
  memoryGiB: string | undefined,
  oomKills: string | undefined,
): UsageSample | string {
  if (time === undefined) return "its time cannot be read";
  if (namespace === undefined) return "it names no namespace";
  if (pod === undefined && workload === undefined) return "it names neither pod nor workload";
  const [cpu, memory] = [numberOf(cpuCores), numberOf(memoryGiB)];
  const kills = Number(oomKills ?? 0);
  const sample = { time, namespace, pod, workload, cluster, environment, cpuCores: cpu, memoryGiB: memory };
  return kills > 0 ? { ...sample, oomKills: kills } : sample;
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
