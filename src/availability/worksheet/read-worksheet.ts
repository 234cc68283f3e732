import { Decimal } from "decimal.js";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  unreadableWorksheet,
  worksheetNumber,
  worksheetStructure,
  worksheetWithoutResult,
} from "../../estate/diagnostics/worksheet-diagnostics.ts";
import type { Place } from "../../estate/sources/place.ts";
import { type CsvRow, csvRows } from "./csv-rows.ts";
import type { PublishedResult, ResultScope, Worksheet, WorksheetItem, WorksheetStructure } from "./worksheet.ts";

/** Rows after which nothing is read: no worksheet that people made is longer. */
const mostRows = 500;
/** Copies or regions beyond which a number is taken for a slip. */
const mostCopies = 100;

const headers: { readonly [column in Column]: readonly string[] } = {
  name: ["name", "component", "service", "item", "resource", "layer", "element"],
  availability: ["availability", "sla", "uptime", "percent", "value", "availability percent", "sla percent"],
  structure: ["structure", "arrangement", "type", "role", "mode", "topology"],
  group: ["group", "parallel group"],
  count: ["count", "instances", "quantity", "copies", "number"],
};

type Column = "name" | "availability" | "structure" | "group" | "count";

/** Columns by their place in the row. */
type Columns = ReadonlyMap<Column, number>;

export interface WorksheetReading {
  /** Undefined where a part that decides could not be read. */
  readonly worksheet: Worksheet | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a composite-SLA worksheet from CSV. A row that cannot be read leaves the whole not evaluable. */
export function readWorksheet(source: string, text: string): WorksheetReading {
  const { delimiter, rows } = csvRows(text);
  const [header, ...body] = rows;
  const columns = header === undefined ? undefined : readHeader(header);
  const fault = faultOf(columns, body);
  if (columns === undefined || fault !== undefined) {
    const place: Place = { precision: "exact", source, line: header?.line ?? 1 };
    const reason = fault ?? "it is empty";
    return { worksheet: undefined, diagnostics: [diagnose(unreadableWorksheet, { reason }, { place })] };
  }
  const reader = new RowReader(source, columns, delimiter === ";");
  for (const row of body) reader.read(row);
  return reader.finish();
}

function faultOf(columns: Columns | undefined, body: readonly CsvRow[]): string | undefined {
  if (columns === undefined) return undefined;
  if (!columns.has("name")) return "its first line names no column for the name of each item";
  if (!columns.has("availability")) return "its first line names no column for the availability of each item";
  if (body.length === 0) return "it has no row below its first line";
  return body.length > mostRows ? `it has more than ${mostRows} rows` : undefined;
}

function readHeader({ cells }: CsvRow): Columns {
  const columns = new Map<Column, number>();
  for (const [index, cell] of cells.entries()) {
    const title = cell
      .toLowerCase()
      .replace(/%/g, " percent")
      .replace(/[^a-z]+/g, " ")
      .trim();
    const column = (Object.keys(headers) as Column[]).find((each) => headers[each].includes(title));
    if (column !== undefined && !columns.has(column)) columns.set(column, index);
  }
  return columns;
}

class RowReader {
  readonly #source: string;
  readonly #columns: Columns;
  /** Where cells are separated by semicolons, numbers may have a decimal comma. */
  readonly #commas: boolean;
  readonly #items: WorksheetItem[] = [];
  readonly #results: PublishedResult[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  #regions = 1;
  #broken = false;

  constructor(source: string, columns: Columns, commas: boolean) {
    this.#source = source;
    this.#columns = columns;
    this.#commas = commas;
  }

  read(row: CsvRow): void {
    const name = this.#cell(row, "name");
    const place: Place = { precision: "exact", source: this.#source, line: row.line };
    const written = this.#cell(row, "structure");
    const role = roleOf(written, name, this.#cell(row, "group"));
    if (role === undefined) {
      this.#refuse(diagnose(worksheetStructure, { text: written, name }, { place }));
      return;
    }
    if (role.kind === "regions") {
      const count = this.#cell(row, "count") || this.#cell(row, "availability");
      this.#regions = this.#count(count, name, place, "number of regions from 1 to 100") ?? this.#regions;
      return;
    }
    const text = this.#cell(row, "availability");
    const read = readAvailability(this.#commas ? text.replace(",", ".") : text);
    if (read === undefined) {
      this.#refuse(diagnose(worksheetNumber, { text, name, wanted: "availability between 0 and 100 %" }, { place }));
      return;
    }
    if (role.kind === "result") {
      this.#results.push({ name: name || "result", scope: role.scope, ...read, text, place });
      return;
    }
    const written_count = this.#cell(row, "count");
    const count =
      written_count === "" ? 1 : this.#count(written_count, name, place, "number of instances from 1 to 100");
    if (count !== undefined) {
      this.#items.push({ name, availability: read.availability, structure: role.structure, count, place });
    }
  }

  finish(): WorksheetReading {
    if (this.#results.length === 0 && !this.#broken) this.#diagnostics.push(diagnose(worksheetWithoutResult, {}));
    if (this.#items.length === 0 && !this.#broken) {
      const place: Place = { precision: "exact", source: this.#source, line: 1 };
      this.#refuse(diagnose(unreadableWorksheet, { reason: "it lists no item" }, { place }));
    }
    const worksheet = { items: this.#items, results: this.#results, regions: this.#regions };
    return { worksheet: this.#broken ? undefined : worksheet, diagnostics: this.#diagnostics };
  }

  #cell({ cells }: CsvRow, column: Column): string {
    const index = this.#columns.get(column);
    return index === undefined ? "" : (cells[index] ?? "");
  }

  #count(text: string, name: string, place: Place, wanted: string): number | undefined {
    const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (count >= 1 && count <= mostCopies) return count;
    this.#refuse(diagnose(worksheetNumber, { text, name, wanted }, { place }));
    return undefined;
  }

  #refuse(diagnostic: Diagnostic): void {
    this.#broken = true;
    this.#diagnostics.push(diagnostic);
  }
}

type Role =
  | { readonly kind: "item"; readonly structure: WorksheetStructure }
  | { readonly kind: "result"; readonly scope: ResultScope }
  | { readonly kind: "regions" };

/** What a row is: its structure, else its name where that says it all, else an item in series. */
function roleOf(structure: string, name: string, group: string): Role | undefined {
  const text = structure.toLowerCase().trim();
  if (text === "" && /^(?:number of )?regions?$/i.test(name)) return { kind: "regions" };
  if (text === "" && /^(?:total|result|composite|overall)\b/i.test(name)) return { kind: "result", scope: "total" };
  if (text === "" && group !== "") return parallel(group);
  const [, word = "", rest = ""] = /^([a-z]+)[\s:/(-]*(.*?)\)?$/.exec(text) ?? [];
  switch (word) {
    case "":
    case "serial":
    case "series":
    case "sequential":
    case "regional":
      return text === "" || word !== "" ? { kind: "item", structure: { kind: "serial" } } : undefined;
    case "parallel":
    case "redundant":
      return parallel(rest || group || "parallel");
    case "shared":
    case "global":
      return { kind: "item", structure: { kind: "shared" } };
    case "regions":
      return { kind: "regions" };
    case "result":
    case "total":
    case "composite":
    case "overall":
      return { kind: "result", scope: rest.startsWith("region") ? "region" : "total" };
    default:
      return undefined;
  }
}

function parallel(group: string): Role {
  return { kind: "item", structure: { kind: "parallel", group: group.toLowerCase() } };
}

/** `99.95`, `99.95%` and `0.9995`: a number up to 1 without percent sign is a share. */
function readAvailability(text: string): { readonly availability: Decimal; readonly digits: number } | undefined {
  const [, number, percent] = /^(\d{1,3}(?:\.\d{0,20})?|\.\d{1,20})\s*(%?)$/.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const value = new Decimal(number.startsWith(".") ? `0${number}` : number);
  const decimals = (number.split(".")[1] ?? "").length;
  const isShare = percent === "" && value.lte(1);
  const availability = isShare ? value : value.div(100);
  if (availability.gt(1)) return undefined;
  return { availability, digits: isShare ? decimals : decimals + 2 };
}
