import { kustomizationFieldInvalid, kustomizationFieldUnknown } from "../diagnostics/kustomize-diagnostics.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { isJsonObject } from "../kubernetes/json-value.ts";
import type { JsonObject } from "../kubernetes/kubernetes-object.ts";
import type { BuildLog } from "./build-log.ts";
import { childOrigin, type FieldOrigin } from "./field-origin.ts";

/** A text of a configuration, with where it stands. */
export interface LocatedText {
  readonly value: string;
  readonly origin: FieldOrigin;
}

/**
 * A mapping of a kustomization or of a file it refers to, read strictly: what has the wrong type is reported and left
 * out. Names of fields match whatever their case, as in Go's JSON decoder.
 */
export class Section {
  readonly origin: FieldOrigin;
  readonly #value: JsonObject;
  readonly #log: BuildLog;
  readonly #unknown: "reported" | "ignored";

  /** Unknown fields of kustomizations are refused by Kustomize, those of files they refer to are not always. */
  constructor(value: JsonObject, origin: FieldOrigin, log: BuildLog, unknown: "reported" | "ignored" = "reported") {
    this.#value = value;
    this.origin = origin;
    this.#log = log;
    this.#unknown = unknown;
  }

  /** Reports every field that is not among `names`. */
  expectOnly(names: readonly string[]): void {
    if (this.#unknown === "ignored") return;
    const known = new Set(names.map((name) => name.toLowerCase()));
    for (const field of Object.keys(this.#value)) {
      if (known.has(field.toLowerCase())) continue;
      this.#log.report(
        kustomizationFieldUnknown,
        { field, suggestion: nearestName(field, names) },
        childOrigin(this.origin, field),
      );
    }
  }

  has(name: string): boolean {
    return this.#field(name) !== undefined;
  }

  originOf(name: string): FieldOrigin {
    return childOrigin(this.origin, this.#field(name)?.key ?? name);
  }

  text(name: string): string | undefined {
    const field = this.#field(name);
    if (field === undefined) return undefined;
    if (typeof field.value === "string") return field.value;
    this.#reportType(name, "a text");
    return undefined;
  }

  flag(name: string): boolean | undefined {
    const field = this.#field(name);
    if (field === undefined) return undefined;
    if (typeof field.value === "boolean") return field.value;
    this.#reportType(name, "true or false");
    return undefined;
  }

  integer(name: string): number | undefined {
    const field = this.#field(name);
    if (field === undefined) return undefined;
    if (typeof field.value === "number" && Number.isSafeInteger(field.value)) return field.value;
    this.#reportType(name, "a whole number");
    return undefined;
  }

  texts(name: string): readonly LocatedText[] {
    return this.#list(name, "a list of texts").flatMap(({ value, origin }) => {
      if (typeof value === "string") return [{ value, origin }];
      this.#log.report(kustomizationFieldInvalid, { field: name, expected: "a list of texts" }, origin);
      return [];
    });
  }

  /** A mapping of texts; undefined when it is missing. */
  textMap(name: string): ReadonlyMap<string, LocatedText> | undefined {
    const section = this.section(name);
    if (section === undefined) return undefined;
    const entries = new Map<string, LocatedText>();
    for (const key of Object.keys(section.#value)) {
      const value = section.#value[key];
      const origin = childOrigin(section.origin, key);
      if (typeof value === "string") entries.set(key, { value, origin });
      else if (value === null) entries.set(key, { value: "", origin });
      else this.#log.report(kustomizationFieldInvalid, { field: `${name}.${key}`, expected: "a text" }, origin);
    }
    return entries;
  }

  flagMap(name: string): ReadonlyMap<string, boolean> {
    const section = this.section(name);
    const entries = new Map<string, boolean>();
    if (section === undefined) return entries;
    for (const key of Object.keys(section.#value)) {
      const value = section.flag(key);
      if (value !== undefined) entries.set(key, value);
    }
    return entries;
  }

  section(name: string): Section | undefined {
    const field = this.#field(name);
    if (field === undefined) return undefined;
    if (isJsonObject(field.value)) return this.#part(field.value, this.originOf(name));
    this.#reportType(name, "a mapping");
    return undefined;
  }

  sections(name: string): readonly Section[] {
    return this.#list(name, "a list of mappings").flatMap(({ value, origin }) => {
      if (isJsonObject(value)) return [this.#part(value, origin)];
      this.#log.report(kustomizationFieldInvalid, { field: name, expected: "a list of mappings" }, origin);
      return [];
    });
  }

  #part(value: JsonObject, origin: FieldOrigin): Section {
    return new Section(value, origin, this.#log, this.#unknown);
  }

  #list(name: string, expected: string): readonly { readonly value: unknown; readonly origin: FieldOrigin }[] {
    const field = this.#field(name);
    if (field === undefined) return [];
    const origin = this.originOf(name);
    if (!Array.isArray(field.value)) {
      this.#reportType(name, expected);
      return [];
    }
    const items: readonly unknown[] = field.value;
    return items.map((value, index) => ({ value, origin: childOrigin(origin, index) }));
  }

  #field(name: string): { readonly key: string; readonly value: unknown } | undefined {
    const key = Object.hasOwn(this.#value, name) ? name : this.#keyInOtherCase(name);
    const value = key === undefined ? undefined : this.#value[key];
    return key === undefined || value === undefined || value === null ? undefined : { key, value };
  }

  #keyInOtherCase(name: string): string | undefined {
    const wanted = name.toLowerCase();
    return Object.keys(this.#value).find((key) => key.toLowerCase() === wanted);
  }

  #reportType(name: string, expected: string): void {
    this.#log.report(kustomizationFieldInvalid, { field: name, expected }, this.originOf(name));
  }
}
