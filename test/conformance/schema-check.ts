import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Environment } from "@marcbachmann/cel-js";
import { Ajv, type ValidateFunction } from "ajv";
import { asList, asObject, asText, isJsonObject } from "../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

/** Go's `(?i)` at the start of a pattern is a flag here. */
const regExp = Object.assign(
  (pattern: string, flags: string) =>
    pattern.startsWith("(?i)") ? new RegExp(pattern.slice("(?i)".length), `${flags}i`) : new RegExp(pattern, flags),
  { code: "new RegExp" },
);

interface Schema {
  readonly validate: ValidateFunction;
  /** With its CEL rules; undefined for built-in types, whose schema has none. */
  readonly definition: JsonObject | undefined;
}

/** What a check of objects against the published schemas found. */
export interface SchemaFindings {
  readonly valid: number;
  /** CEL rules that were evaluated and held. */
  readonly rules: number;
  readonly errors: readonly string[];
  /** `Kind.group` of objects without a schema: they are not validated. */
  readonly withoutSchema: readonly string[];
  /** CEL rules that need functions of the API server. */
  readonly unevaluated: readonly string[];
}

interface RuleRun {
  readonly counts: { rules: number };
  readonly unevaluated: Set<string>;
}

/** Checks objects against the types of Kubernetes and the schemas of custom resources, with their CEL rules. */
export class SchemaCheck {
  readonly #ajv = new Ajv({
    strict: false,
    validateFormats: false,
    allErrors: true,
    code: { regExp, optimize: false },
  });
  readonly #cel = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });
  readonly #schemas = new Map<string, Schema | undefined>();
  readonly #builtIn = JSON.parse(readFileSync(join(sharedFolder, "schemas/kubernetes-1.34.json"), "utf8")) as {
    readonly definitions: { readonly [name: string]: unknown };
  };

  constructor() {
    this.#ajv.addSchema(this.#builtIn, "kubernetes");
  }

  check(objects: readonly JsonObject[]): SchemaFindings {
    const errors: string[] = [];
    const withoutSchema = new Set<string>();
    const unevaluated = new Set<string>();
    const counts = { valid: 0, rules: 0 };
    for (const object of objects) {
      const apiVersion = asText(object["apiVersion"]) ?? "";
      const kind = asText(object["kind"]) ?? "";
      const schema = this.#schemaOf(apiVersion, kind);
      if (schema === undefined) {
        withoutSchema.add(`${kind}.${apiVersion.split("/")[0]}`);
        continue;
      }
      const name = `${kind}/${String(asObject(object["metadata"])["name"])}`;
      const found = schema.validate(object)
        ? []
        : (schema.validate.errors ?? []).map((error) => `${name}${error.instancePath}: ${error.message}`);
      const broken = this.#brokenRules(object, schema.definition ?? {}, name, { counts, unevaluated });
      errors.push(...found, ...broken);
      if (found.length + broken.length === 0) counts.valid += 1;
    }
    return {
      ...counts,
      errors,
      withoutSchema: [...withoutSchema].sort(),
      unevaluated: [...unevaluated].sort(),
    };
  }

  #schemaOf(apiVersion: string, kind: string): Schema | undefined {
    const key = `${apiVersion} ${kind}`;
    if (!this.#schemas.has(key))
      this.#schemas.set(key, this.#builtInSchema(apiVersion, kind) ?? this.#customSchema(apiVersion, kind));
    return this.#schemas.get(key);
  }

  #builtInSchema(apiVersion: string, kind: string): Schema | undefined {
    const [group = "", version] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
    const name = [group.split(".")[0], version, kind].join(".");
    const isBuiltIn = !group.includes(".") || group.endsWith(".k8s.io");
    const found = Object.keys(this.#builtIn.definitions).find((each) => isBuiltIn && each.endsWith(`.${name}`));
    if (found === undefined) return undefined;
    return { validate: this.#ajv.compile({ $ref: `kubernetes#/definitions/${found}` }), definition: undefined };
  }

  #customSchema(apiVersion: string, kind: string): Schema | undefined {
    const [group = "", version] = apiVersion.split("/");
    const file = join(sharedFolder, "schemas", group, `${kind.toLowerCase()}_${version}.json`);
    if (!existsSync(file)) return undefined;
    const definition = JSON.parse(readFileSync(file, "utf8")) as JsonObject;
    return { validate: this.#ajv.compile(definition), definition };
  }

  /** Rules on changes (`oldSelf`) say nothing of an object that is made. */
  #brokenRules(value: unknown, schema: JsonObject, path: string, run: RuleRun): readonly string[] {
    const own = asList(schema["x-kubernetes-validations"]).flatMap((each) => {
      const rule = asText(asObject(each)["rule"]) ?? "";
      if (/\boldSelf\b/.test(rule)) return [];
      try {
        run.counts.rules += 1;
        return this.#cel.evaluate(rule, { self: asStored(value) }) === true ? [] : [`${path}: breaks ${rule}`];
      } catch (error) {
        run.unevaluated.add(`${rule}: ${String(error).split("\n")[0]}`);
        return [];
      }
    });
    return [...own, ...this.#rulesBelow(value, schema, path, run)];
  }

  #rulesBelow(value: unknown, schema: JsonObject, path: string, run: RuleRun): readonly string[] {
    if (Array.isArray(value)) {
      const items = asObject(schema["items"]);
      return value.flatMap((each, index) => this.#brokenRules(each, items, `${path}/${index}`, run));
    }
    if (!isJsonObject(value)) return [];
    const properties = asObject(schema["properties"]);
    const rest = asObject(schema["additionalProperties"]);
    return Object.entries(value).flatMap(([key, each]) =>
      this.#brokenRules(each, asObject(properties[key] ?? rest), `${path}/${key}`, run),
    );
  }
}

/** Whole numbers are integers to CEL. */
function asStored(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(asStored);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asStored(each)]));
}
