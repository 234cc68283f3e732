import { serviceOperatorField, serviceOperatorKind } from "../../../catalog/service-operator-kinds.ts";
import type { CloudResource, ResourceKey, ResourceReference, ResourceValue } from "../graph/resource-graph.ts";
import { isParameter, isPlainObject, isReference, isResourceList, isText } from "../graph/resource-value.ts";
import { exportOf } from "./exported-facts.ts";
import type { OperatorName } from "./operator-names.ts";
import { type FieldParameter, factsOf, type OperatorGap, SECRETS } from "./operator-object.ts";

export interface SpecContext {
  /** The resource that the object writes. */
  readonly resource: CloudResource;
  /** ARM type of what is being said: the resource's, or that of a pool within its cluster. */
  readonly type: string;
  readonly known: ReadonlyMap<ResourceKey, CloudResource>;
  readonly names: ReadonlyMap<ResourceKey, OperatorName>;
  readonly parameters: FieldParameter[];
  readonly gaps: OperatorGap[];
}

/** Stands for what cannot be said: the field is left out, and a gap says so. */
const OMITTED = Symbol("omitted");

/**
 * Fields of an ARM object as the operator has them: ids of other resources become references to their objects, secrets
 * references to a Secret, and other parameters are left to replacements.
 */
export function operatorFields(
  values: { readonly [name: string]: ResourceValue },
  at: string,
  context: SpecContext,
): { readonly [name: string]: unknown } {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const [name, field] = operatorField(key, value, at, context);
    if (field !== OMITTED) fields[name] = field;
  }
  return fields;
}

function operatorField(
  key: string,
  value: ResourceValue,
  at: string,
  context: SpecContext,
): readonly [string, unknown] {
  const path = `${at}.${escapedStep(key)}`;
  const form = serviceOperatorField(context.type, pathInProperties(path), value);
  switch (form?.form) {
    case "unsupported":
    case "withheld":
      return [key, omitted(path, form.reason, context)];
    case "oneOf":
      return [key, oneOfField(value, form.reason, path, context)];
    case "references":
      return [`${key}References`, referenceList(value, path, context)];
    case undefined:
      break;
  }
  if (isReference(value)) return referenceField(key, value, path, context);
  if (typeof value === "string" && isArmId(value) && /id$/i.test(key)) return [referenceName(key), { armId: value }];
  return [key, operatorValue(value, path, context)];
}

/** `{type: Continuous, …}` is `{continuous: {type: Continuous, …}}`. */
function oneOfField(value: ResourceValue, discriminator: string, path: string, context: SpecContext): unknown {
  if (!isPlainObject(value)) return operatorValue(value, path, context);
  const kind = value[discriminator];
  if (typeof kind !== "string") return omitted(path, `its ${discriminator} is not known`, context);
  const chosen = kind.charAt(0).toLowerCase() + kind.slice(1);
  return { [chosen]: operatorFields(value, `${path}.${chosen}`, context) };
}

function referenceList(value: ResourceValue, path: string, context: SpecContext): unknown {
  const targets = isResourceList(value) ? value.filter(isReference).map((each) => objectReference(each, context)) : [];
  return targets.includes(undefined) || targets.length === 0
    ? omitted(path, "it refers to a resource that the operator does not write", context)
    : targets;
}

function operatorValue(value: ResourceValue, path: string, context: SpecContext): unknown {
  if (isParameter(value)) {
    if (value.secure) return { name: SECRETS, key: value.$parameter };
    context.parameters.push({ fieldPath: path, parameter: value.$parameter });
    return placeholder(value.$parameter);
  }
  if (isText(value)) return omitted(path, "a text that holds what another resource gives", context);
  if (isReference(value)) return listedReference(value, path, context);
  if (isResourceList(value)) {
    return value
      .map((element, index) => operatorValue(element, `${path}.${index}`, context))
      .filter((element) => element !== OMITTED);
  }
  if (typeof value === "object" && value !== null) {
    return operatorFields(value as { readonly [name: string]: ResourceValue }, path, context);
  }
  return value;
}

function referenceField(
  key: string,
  reference: ResourceReference,
  path: string,
  context: SpecContext,
): readonly [string, unknown] {
  const target = objectReference(reference, context);
  if (reference.output === undefined) {
    return target === undefined
      ? [key, omitted(path, "it refers to a resource that the operator does not write", context)]
      : [referenceName(key), target];
  }
  const known = context.known.get(reference.$ref);
  if (reference.output === "name" && known !== undefined) return [key, known.name];
  const exported = known === undefined ? undefined : exportOf(known.type, reference.output);
  const name = context.names.get(reference.$ref)?.name;
  if (exported === undefined || name === undefined || !isFact(key, path)) {
    return [key, omitted(path, `the operator does not pass on ${reference.output}`, context)];
  }
  return [`${key}FromConfig`, { name: factsOf(name), key: exported.key }];
}

/** Fields that may be read from a ConfigMap that the operator writes, by name or path. */
const takesFacts: ReadonlySet<string> = new Set(["principalId", "issuer", "subject", "user.objectId"]);

function isFact(key: string, path: string): boolean {
  return takesFacts.has(key) || takesFacts.has(pathInProperties(path));
}

function listedReference(reference: ResourceReference, path: string, context: SpecContext): unknown {
  const target = reference.output === undefined ? objectReference(reference, context) : undefined;
  return target === undefined
    ? omitted(path, "a list of what the operator does not write", context)
    : { reference: target };
}

/** Reference by group, kind and name; undefined for what the operator does not write, or in another namespace. */
export function objectReference(
  { $ref }: ResourceReference,
  { resource, known, names }: Pick<SpecContext, "resource" | "known" | "names">,
): unknown {
  const target = known.get($ref);
  const kind = target === undefined ? undefined : serviceOperatorKind(target.type);
  const name = names.get($ref);
  if (kind === undefined || name === undefined || name.namespace !== names.get(resource.key)?.namespace)
    return undefined;
  return { group: kind.group, kind: kind.kind, name: name.name };
}

/** `vnetSubnetID` is `vnetSubnetReference`, `id` is `reference`. */
function referenceName(key: string): string {
  if (key === "id") return "reference";
  return key.endsWith("Id") || key.endsWith("ID") ? `${key.slice(0, -2)}Reference` : `${key}Reference`;
}

/** Path below the ARM properties, without the place of a pool within its cluster. */
function pathInProperties(path: string): string {
  return path.replace(/^spec\.(?:properties\.|agentPoolProfiles\.\d+\.)?/, "");
}

const EMPTY_GUID = "00000000-0000-0000-0000-000000000000";

/** What stands there until the replacement: ids have to look like one. */
export function placeholder(parameter: string): string {
  return /id$/i.test(parameter) || parameter.startsWith("subscriptionId") ? EMPTY_GUID : parameter;
}

function omitted(path: string, reason: string, { gaps, resource }: SpecContext): typeof OMITTED {
  gaps.push({ resource: resource.key, path: path.replace(/^spec\./, ""), reason });
  return OMITTED;
}

function isArmId(text: string): boolean {
  return /^\/(?:subscriptions|providers)\//i.test(text);
}

/** Replacements split paths at dots. */
function escapedStep(key: string): string {
  return key.replaceAll(".", String.raw`\.`);
}
