import type { AzurermBlock } from "../../../catalog/azurerm-attributes.ts";
import type { CrossplaneKind } from "../../../catalog/crossplane-kinds.ts";
import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { fieldName } from "./managed-resource.ts";
import { isReplaced } from "./replaced-values.ts";

/** A managed resource that was read, with what tells where it is. */
export interface KnownObject {
  readonly kind: CrossplaneKind;
  readonly namespace: string;
  readonly name: string;
  /** Its name in expressions. */
  readonly label: string;
  readonly azureName: string;
  readonly forProvider: JsonObject;
  /** Keys of the user's parameters in it. */
  readonly parameters: readonly string[];
}

export interface ArgumentReading {
  readonly object: KnownObject;
  /** Expressions for ids of subscriptions, by the parameter that stands for each. */
  readonly subscriptions: ReadonlyMap<string, string>;
  /** Expression for what a Secret holds. */
  readonly secret: (key: string) => string;
  /** Expression for what an argument takes of an object; undefined where there is none of the name. */
  readonly reference: (argument: string, name: string) => string | undefined;
}

/** Arguments of azurerm that fields say, as hcl2json would give them: expressions in `${}`, blocks as lists. */
export function argumentsOf(
  fields: JsonObject,
  schema: AzurermBlock,
  above: readonly string[],
  reading: ArgumentReading,
): JsonObject {
  const body: Record<string, unknown> = {};
  for (const [name, sub] of Object.entries(schema)) {
    const argument = [...above, name];
    const value =
      typeof sub === "object"
        ? blocksOf(fields[fieldName(name)], sub, argument, reading)
        : argumentOf(fields, argument, reading);
    if (value !== undefined) body[name] = value;
  }
  return body;
}

function blocksOf(
  value: unknown,
  schema: AzurermBlock,
  argument: readonly string[],
  reading: ArgumentReading,
): readonly JsonObject[] | undefined {
  if (value === undefined) return undefined;
  const blocks = isJsonObject(value) ? [value] : asList(value);
  return blocks.map((block) => argumentsOf(asObject(block), schema, argument, reading));
}

function argumentOf(fields: JsonObject, argument: readonly string[], reading: ArgumentReading): unknown {
  const name = argument.at(-1) ?? "";
  const dotted = argument.join(".");
  const field = fieldName(name);
  const secretField = reading.object.kind.secrets[dotted];
  if (secretField !== undefined && fields[secretField] !== undefined) {
    return reading.secret(String(asObject(fields[secretField])["key"]));
  }
  const reference = asText(asObject(fields[`${field}Ref`])["name"]);
  if (reference !== undefined) return reading.reference(dotted, reference);
  if (fields[`${field}Refs`] !== undefined) {
    return asList(fields[`${field}Refs`]).flatMap(
      (each) => reading.reference(dotted, String(asObject(each)["name"])) ?? [],
    );
  }
  return fields[field] === undefined ? undefined : argumentValue(fields[field], reading);
}

function argumentValue(value: unknown, reading: ArgumentReading): unknown {
  if (isReplaced(value)) return `\${${value.$expression}}`;
  if (typeof value === "string") return textOf(value, reading);
  if (Array.isArray(value)) return value.map((item: unknown) => argumentValue(item, reading));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [escapedTemplate(name), argumentValue(entry, reading)]),
  );
}

/** `/subscriptions/PARAMETER/…` has an expression in the place of the parameter. */
function textOf(text: string, { subscriptions }: ArgumentReading): string {
  const [, parameter = "", rest] = /^\/subscriptions\/([^/]+)(\/.*)$/s.exec(text) ?? [];
  const expression = subscriptions.get(parameter);
  if (expression === undefined || rest === undefined) return escapedTemplate(text);
  return `/subscriptions/${expression}${escapedTemplate(rest)}`;
}

/** A text in which nothing is an expression. */
export function escapedTemplate(text: string): string {
  return text.replaceAll(/[$%]\{/g, (found) => `${found.slice(0, 1)}${found}`);
}
