import type { CloudField } from "../../../catalog/cloud-fields.ts";
import type { ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject, isResourceList, type ResourceObject } from "../graph/resource-value.ts";
import { written } from "./conversions.ts";
import type { HclBody } from "./hcl-body.ts";

/** What Terraform says of one kind of body. */
export interface FieldTable {
  readonly fields: readonly CloudField[];
  readonly defaults: { readonly [path: string]: ResourceValue };
  readonly implied: { readonly [path: string]: string };
  readonly lossy: { readonly [path: string]: string };
}

/** A field that the target does not say, with the reason. */
export interface UnsaidField {
  readonly path: string;
  readonly reason: string;
  /** True where the table knows of it. */
  readonly isKnown: boolean;
}

/** A field that becomes a resource which ties two others together. */
export interface Association {
  readonly resource: string;
  readonly self: string;
  readonly argument: string;
  readonly value: ResourceValue;
}

export interface EncodedFields {
  readonly unsaid: readonly UnsaidField[];
  readonly associations: readonly Association[];
}

type Index = number | string;

/** Puts every field of a body into blocks and arguments; what finds no place is told. */
export function encodeFields(object: ResourceObject, table: FieldTable, body: HclBody): EncodedFields {
  const encoder = new FieldEncoder(table, body);
  for (const [name, value] of Object.entries(object)) encoder.walk(name, [], value);
  return encoder;
}

class FieldEncoder implements EncodedFields {
  readonly unsaid: UnsaidField[] = [];
  readonly associations: Association[] = [];
  readonly #table: FieldTable;
  readonly #body: HclBody;
  readonly #rows: ReadonlyMap<string, CloudField>;

  constructor(table: FieldTable, body: HclBody) {
    this.#table = table;
    this.#body = body;
    this.#rows = new Map(table.fields.map((field) => [field[0], field]));
  }

  walk(pattern: string, indexes: readonly Index[], value: ResourceValue): void {
    const { defaults, implied, lossy } = this.#table;
    if (value === null || implied[pattern] !== undefined) return;
    if (Object.hasOwn(defaults, pattern) && defaults[pattern] === value) return;
    const reason = lossy[pattern];
    if (reason !== undefined) {
      this.unsaid.push({ path: pattern, reason, isKnown: true });
      return;
    }
    const row = this.#rows.get(pattern);
    if (row !== undefined) this.#put(row, pattern, indexes, value);
    else if (isResourceList(value)) this.#walkList(pattern, indexes, value);
    else if (isPlainObject(value)) this.#walkObject(pattern, indexes, value);
    else this.#tell(pattern, "no argument stands for it");
  }

  #walkList(pattern: string, indexes: readonly Index[], items: readonly ResourceValue[]): void {
    if (items.length === 0) return;
    const begin = `${pattern}[]`;
    const below = this.#table.fields.filter(([arm]) => arm.startsWith(begin));
    if (below.length === 0) this.#tell(pattern, "no argument stands for it");
    else if (items.length > 1 && below.some(([, , conversion]) => conversion === "onlyItem")) {
      this.#tell(pattern, "the provider takes one of them only");
    } else for (const [index, item] of items.entries()) this.walk(begin, [...indexes, index], item);
  }

  #walkObject(pattern: string, indexes: readonly Index[], object: ResourceObject): void {
    const isMap = this.#table.fields.some(([arm]) => arm.startsWith(`${pattern}{}`));
    for (const [name, value] of Object.entries(object)) {
      if (isMap) this.walk(`${pattern}{}`, [...indexes, name], value);
      else this.walk(`${pattern}.${name}`, indexes, value);
    }
  }

  #put([, path, conversion]: CloudField, pattern: string, indexes: readonly Index[], value: ResourceValue): void {
    const [kind, resource, self] = (conversion ?? "").split(":");
    if (kind === "association") {
      this.associations.push({ resource: resource ?? "", self: self ?? "", argument: path, value });
      return;
    }
    if (conversion === "present") {
      if (value === true) this.#body.block(path);
      return;
    }
    const values = written(conversion === "onlyItem" ? undefined : conversion, value);
    if (values === undefined) {
      this.#tell(pattern, `its argument ${path} has no words for this value`);
      return;
    }
    for (const [index, target] of path.split("+").entries()) {
      const entry = values[index];
      if (entry !== undefined) this.#body.put(target, indexes, entry);
    }
  }

  #tell(path: string, reason: string): void {
    this.unsaid.push({ path, reason, isKnown: false });
  }
}
