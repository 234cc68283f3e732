import { type AzurermBlock, azurermArguments } from "../../../catalog/azurerm-attributes.ts";
import { type CloudType, cloudType } from "../../../catalog/cloud-fields.ts";
import { type CrossplaneKind, crossplaneKind } from "../../../catalog/crossplane-kinds.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { CloudResource, ResourceKey, ResourceReference, ResourceValue } from "../graph/resource-graph.ts";
import { isParameter, isReference, isResourceList, isText } from "../graph/resource-value.ts";
import type { HclBody } from "../terraform/hcl-body.ts";
import type { ResourceForm } from "../terraform/resource-form.ts";
import { armId } from "./arm-id.ts";
import {
  type CrossplaneGap,
  FACTS,
  type FieldReplacement,
  factKey,
  fieldName,
  PARAMETERS,
  SECRETS,
  SUBSCRIPTION_SEGMENT,
} from "./managed-resource.ts";

export interface FieldContext {
  readonly resource: CloudResource;
  readonly kind: CrossplaneKind;
  readonly known: ReadonlyMap<ResourceKey, CloudResource>;
  readonly forms: ReadonlyMap<ResourceKey, ResourceForm>;
  /** Names of the objects that are written. */
  readonly names: ReadonlyMap<ResourceKey, string>;
  readonly replacements: FieldReplacement[];
  readonly gaps: CrossplaneGap[];
}

/** Stands for what cannot be said: the field is left out, and a gap says so. */
const OMITTED = Symbol("omitted");

/** What Terraform is told besides the resource itself. */
const META: ReadonlySet<string> = new Set(["depends_on", "lifecycle"]);

/** `forProvider` of a body of azurerm: names in camelCase, blocks that stand once as objects, ids as references. */
export function providerFields(body: HclBody, context: FieldContext): JsonObject {
  return blockFields(body, [], "spec.forProvider", context);
}

function blockFields(body: HclBody, above: readonly string[], at: string, context: FieldContext): JsonObject {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of body.attributes) {
    if (META.has(name) || (above.length === 0 && name === "name" && !context.kind.isNamed)) continue;
    // Expressions stand in what Terraform is told besides, and nowhere else.
    const [field, said] = argumentField([...above, name], value as ResourceValue, at, context);
    if (said !== OMITTED) fields[field] = said;
  }
  for (const [name, blocks] of body.blocks) {
    if (META.has(name)) continue;
    const argument = [...above, name];
    const field = fieldName(name);
    const [first] = blocks;
    if (isRepeated(context.kind.terraform, argument)) {
      fields[field] = blocks.map((block, index) => blockFields(block, argument, `${at}.${field}.${index}`, context));
    } else if (first !== undefined) fields[field] = blockFields(first, argument, `${at}.${field}`, context);
  }
  return fields;
}

function isRepeated(type: string, argument: readonly string[]): boolean {
  let current: AzurermBlock[string] | undefined = azurermArguments(type);
  for (const name of argument) current = typeof current === "object" ? current[name] : undefined;
  return typeof current === "object" && Object.hasOwn(current, "*");
}

function argumentField(
  argument: readonly string[],
  value: ResourceValue,
  at: string,
  context: FieldContext,
): readonly [string, unknown] {
  const field = fieldName(argument.at(-1) ?? "");
  const path = `${at}.${field}`;
  const dotted = argument.join(".");
  if (isParameter(value) && value.secure) {
    const secretField = context.kind.secrets[dotted];
    if (secretField === undefined)
      return [field, omitted(dotted, "the provider does not read it from a Secret", context)];
    return [secretField, { name: SECRETS, key: value.$parameter }];
  }
  if (isReference(value)) {
    const name = referredName(value, dotted, context);
    return name === undefined ? [field, plainValue(value, dotted, path, context)] : [`${field}Ref`, { name }];
  }
  if (isResourceList(value) && value.length > 0 && value.every(isReference)) {
    const names = value.map((each) => referredName(each, dotted, context));
    if (!names.includes(undefined)) return [`${field}Refs`, names.map((name) => ({ name }))];
  }
  return [field, plainValue(value, dotted, path, context)];
}

/** Name of the object that an argument may refer to; undefined where the provider does not know the way. */
function referredName(reference: ResourceReference, argument: string, context: FieldContext): string | undefined {
  const { kind, known, forms, names, resource } = context;
  const target = known.get(reference.$ref);
  const form = forms.get(reference.$ref);
  if (target === undefined || form?.kind !== "own" || target.subscription !== resource.subscription) return undefined;
  const takes = reference.output ?? "id";
  const isThere = kind.references.some(
    (entry) => entry.argument === argument && entry.target === form.type && entry.takes === takes,
  );
  return isThere ? names.get(reference.$ref) : undefined;
}

function plainValue(value: ResourceValue, argument: string, path: string, context: FieldContext): unknown {
  if (isParameter(value)) {
    if (value.secure) return omitted(argument, "the provider does not read it from a Secret", context);
    context.replacements.push({ fieldPath: path, from: PARAMETERS, key: value.$parameter });
    return value.$parameter;
  }
  if (isText(value)) return omitted(argument, "a text that holds what another resource gives", context);
  if (isReference(value)) return unreferredValue(value, argument, path, context);
  if (isResourceList(value)) {
    const items = value.map((item, index) => plainValue(item, argument, `${path}.${index}`, context));
    return items.includes(OMITTED) ? OMITTED : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, entry]: readonly [string, ResourceValue]) =>
      [name, plainValue(entry, argument, `${path}.${name.replaceAll(".", String.raw`\.`)}`, context)] as const,
  );
  return Object.fromEntries(entries.filter(([, entry]) => entry !== OMITTED));
}

/** What no reference gives: an id that is known beforehand, a name, or a fact that is filled in afterwards. */
function unreferredValue(
  { $ref, output }: ResourceReference,
  argument: string,
  path: string,
  context: FieldContext,
): unknown {
  const target = context.known.get($ref);
  if (target === undefined) return omitted(argument, "what it refers to is not there", context);
  if (output === "name") return target.name;
  if (output === undefined) {
    const { text, subscriptionParameter: key } = armId(target, context.known);
    context.replacements.push({ fieldPath: path, from: PARAMETERS, key, segment: SUBSCRIPTION_SEGMENT });
    return text;
  }
  const fact = factOf(target, output, context);
  if (fact === undefined) return omitted(argument, `the provider does not pass on ${output}`, context);
  context.replacements.push({ fieldPath: path, from: FACTS, key: fact });
  return fact;
}

function factOf(target: CloudResource, output: string, { forms, names, resource }: FieldContext): string | undefined {
  const form = forms.get(target.key);
  const name = names.get(target.key);
  const kind = form?.kind === "own" ? crossplaneKind(form.type) : undefined;
  if (form?.kind !== "own" || kind === undefined || name === undefined) return undefined;
  if (target.subscription !== resource.subscription) return undefined;
  const status = kind.outputs[form.fields.outputs?.[output] ?? ""];
  return status === undefined ? undefined : factKey(kind.kind, name, status);
}

function omitted(argument: string, reason: string, { resource, gaps }: FieldContext): typeof OMITTED {
  gaps.push({ resource: resource.key, path: armPath(cloudType(resource.type), argument), reason });
  return OMITTED;
}

/** The field that an argument says; the argument itself where it says none. */
function armPath(fields: CloudType | undefined, argument: string): string {
  const plain = (path: string) => path.replaceAll(/[[{][\]}]/g, "");
  return fields?.fields.find(([, path]) => path.split("+").some((each) => plain(each) === argument))?.[0] ?? argument;
}
