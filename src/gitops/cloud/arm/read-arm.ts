import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { hoistChildren, type ReadGraph, type ReadingProblem } from "../graph/graph-reading.ts";
import type {
  CloudResource,
  ResourceIdentity,
  ResourceKey,
  ResourceReference,
  ResourceValue,
} from "../graph/resource-graph.ts";
import { parameterName, resourceGroupType, resourceKey } from "../graph/resource-value.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";
import { type ArmExpression, ArmExpressionError, parseArmExpression } from "./arm-expression.ts";

const deployments = "Microsoft.Resources/deployments";

interface Scope {
  readonly subscription: string;
  /** Subscription that the template is deployed to. */
  readonly groupSubscription: string;
  readonly group: ResourceKey | undefined;
  readonly part: string;
  readonly parameters: JsonObject;
  readonly subscriptions: ReadonlyMap<string, string>;
}

/** A resource by its place: key and type. */
interface Target {
  readonly key: ResourceKey;
  readonly type: string;
}

/** The graph that written ARM templates say; what cannot be read is told and left out. */
export function readArm(files: readonly Pick<RepositoryFile, "path" | "text">[]): ReadGraph {
  const problems: ReadingProblem[] = [];
  const tell = (file: string, problem: string) => problems.push({ file, line: 1, column: 1, problem });
  const templates = files.flatMap(({ path, text }) => {
    const template = parsed(text);
    if (template !== undefined) return [{ path, template, subscription: subscriptionOf(template, path) }];
    tell(path, "it is no JSON object");
    return [];
  });
  const subscriptions = new Map(
    templates.map(({ subscription }) => [subscriptionParameter(subscription), subscription]),
  );
  const resources: CloudResource[] = [];
  for (const { path, template, subscription } of templates) {
    try {
      resources.push(...readTemplate(template, subscription, subscriptions));
    } catch (error) {
      if (!(error instanceof ArmExpressionError)) throw error;
      tell(path, error.message);
    }
  }
  const { resources: hoisted, ownedTwice } = hoistChildren(resources);
  for (const key of ownedTwice) tell("", `${key} is written twice`);
  return { graph: { resources: hoisted }, problems };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function subscriptionOf(template: JsonObject, path: string): string {
  return asText(asObject(template["metadata"])["subscription"]) ?? path.split("/").at(-2) ?? "default";
}

function readTemplate(
  template: JsonObject,
  subscription: string,
  subscriptions: ReadonlyMap<string, string>,
): readonly CloudResource[] {
  const main: Scope = {
    subscription,
    groupSubscription: subscription,
    group: undefined,
    part: "main",
    parameters: asObject(template["parameters"]),
    subscriptions,
  };
  return asList(template["resources"]).flatMap((entry) => {
    const resource = asObject(entry);
    return resource["type"] === deployments ? readNested(resource, main) : [readResource(resource, main)];
  });
}

function readNested(deployment: JsonObject, main: Scope): readonly CloudResource[] {
  const template = asObject(asObject(deployment["properties"])["template"]);
  const { subscription, subscriptions } = main;
  const given = deployment["subscriptionId"];
  const groupSubscription = given === undefined ? subscription : subscriptionFrom(expressionOf(given), subscriptions);
  const name = plainText(deployment["resourceGroup"]);
  const scope: Scope = {
    subscription,
    groupSubscription,
    group: resourceKey({ type: resourceGroupType, name, subscription: groupSubscription }),
    part: plainText(deployment["name"]),
    parameters: asObject(template["parameters"]),
    subscriptions,
  };
  return asList(template["resources"]).map((entry) => readResource(asObject(entry), scope));
}

function readResource(body: JsonObject, scope: Scope): CloudResource {
  const type = asText(body["type"]) ?? "";
  const names = namesOf(body["name"]);
  const extended = body["scope"] === undefined ? undefined : targetOf(expressionOf(body["scope"]), scope);
  const parent = names.length > 1 ? descend(type, names.slice(0, -1), scope, extended) : extended;
  const isGroup = type === resourceGroupType;
  const name = names.at(-1) ?? "";
  const resourceGroup = parent === undefined && !isGroup ? scope.group : undefined;
  const key = resourceKey({ type, name, parent, resourceGroup, subscription: scope.subscription });
  const field = (member: string): ResourceValue | undefined =>
    body[member] === undefined ? undefined : resourceValue(body[member], scope);
  const optional = (member: string) => (body[member] === undefined ? {} : { [member]: field(member) });
  const after = asList(body["dependsOn"]).map((entry) => targetOf(expressionOf(entry), scope).key);
  return {
    key,
    type,
    name,
    parent: parent?.key,
    resourceGroup,
    subscription: scope.subscription,
    part: scope.part,
    location: field("location") as string | undefined,
    ...optional("kind"),
    ...optional("sku"),
    ...(body["identity"] === undefined ? {} : { identity: identityOf(asObject(body["identity"]), scope) }),
    ...optional("zones"),
    ...optional("tags"),
    properties: (field("properties") ?? {}) as CloudResource["properties"],
    ...(after.length === 0 ? {} : { dependsOn: after.toSorted() }),
    tells: "",
  } as CloudResource;
}

function identityOf(identity: JsonObject, scope: Scope): ResourceIdentity {
  const type = plainText(identity["type"]);
  const assigned = identity["userAssignedIdentities"];
  if (assigned === undefined) return { type };
  const references = Object.keys(asObject(assigned)).map((key) => ({ $ref: targetOf(expressionOf(key), scope).key }));
  return { type, userAssignedIdentities: references };
}

function resourceValue(value: unknown, scope: Scope): ResourceValue {
  if (typeof value === "string") {
    return value.startsWith("[") && !value.startsWith("[[") ? evaluated(expressionOf(value), scope) : unescaped(value);
  }
  if (Array.isArray(value)) return value.map((item: unknown) => resourceValue(item, scope));
  if (!isJsonObject(value)) return value as number | boolean | null;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, resourceValue(entry, scope)]));
}

function unescaped(text: string): string {
  return text.startsWith("[[") ? text.slice(1) : text;
}

function plainText(value: unknown): string {
  if (typeof value !== "string") throw new ArmExpressionError("a text is missing");
  return unescaped(value);
}

function expressionOf(value: unknown): ArmExpression {
  if (typeof value !== "string" || !value.startsWith("[") || !value.endsWith("]")) {
    throw new ArmExpressionError("an expression is missing");
  }
  return parseArmExpression(value.slice(1, -1));
}

function evaluated(expression: ArmExpression, scope: Scope): ResourceValue {
  if (expression.kind === "text") return expression.value;
  const { name, values, path } = expression;
  if (name === "parameters") return parameterOf(values, scope);
  if (name === "concat") return { $text: values.map((value) => evaluated(value, scope) as string | ResourceReference) };
  if (name === "reference") return { $ref: targetOf(values[0], scope).key, output: path };
  if (name === "last") {
    const [split] = values;
    return { $ref: targetOf(split?.kind === "call" ? split.values[0] : undefined, scope).key, output: "name" };
  }
  return { $ref: targetOf(expression, scope).key };
}

function parameterOf(values: readonly ArmExpression[], { parameters }: Scope): ResourceValue {
  const name = textOf(values[0]);
  const declared = parameters[name];
  if (declared === undefined) throw new ArmExpressionError(`parameter ${name} is not declared`);
  return { $parameter: name, secure: asObject(declared)["type"] === "securestring" };
}

/** What an id expression points at. */
function targetOf(expression: ArmExpression | undefined, scope: Scope): Target {
  if (expression?.kind !== "call") throw new ArmExpressionError("an id is missing");
  const { name, values } = expression;
  if (name === "extensionResourceId") {
    const [of, type, ...names] = values;
    return descend(textOf(type), names.map(nameFrom), scope, targetOf(of, scope)) ?? missing();
  }
  const hasSubscription = values[0]?.kind === "call";
  const subscription = hasSubscription
    ? subscriptionFrom(values[0], scope.subscriptions, scope)
    : scope.groupSubscription;
  const rest = (hasSubscription ? values.slice(1) : values).map(nameFrom);
  if (name === "subscriptionResourceId") {
    const [type = "", group = ""] = rest;
    return { key: resourceKey({ type, name: group, subscription }), type };
  }
  if (name !== "resourceId") throw new ArmExpressionError(`${name} gives no id`);
  const [group = "", type = "", ...names] = rest;
  const groupKey = resourceKey({ type: resourceGroupType, name: group, subscription });
  return descend(type, names, { ...scope, group: groupKey }, undefined) ?? missing();
}

/** From the first name of a type down to the last one that is given. */
function descend(
  type: string,
  names: readonly string[],
  { group, subscription }: Scope,
  above: Target | undefined,
): Target | undefined {
  const segments = type.split("/");
  let current = above;
  for (const [index, name] of names.entries()) {
    const levelType = segments.slice(0, index + 2).join("/");
    const resourceGroup = current === undefined ? group : undefined;
    current = {
      key: resourceKey({ type: levelType, name, parent: current, resourceGroup, subscription }),
      type: levelType,
    };
  }
  return current;
}

function missing(): never {
  throw new ArmExpressionError("an id without a name");
}

function subscriptionFrom(
  expression: ArmExpression | undefined,
  subscriptions: ReadonlyMap<string, string>,
  scope?: Scope,
): string {
  if (expression?.kind === "call" && expression.name === "subscription" && scope !== undefined) {
    return scope.groupSubscription;
  }
  const found =
    expression?.kind === "call" && expression.name === "parameters"
      ? subscriptions.get(textOf(expression.values[0]))
      : undefined;
  if (found === undefined) throw new ArmExpressionError("a subscription is not known");
  return found;
}

/** A name: a text, or the parameter that gives it. */
function nameFrom(expression: ArmExpression): string {
  return expression.kind === "call" && expression.name === "parameters"
    ? parameterName({ $parameter: textOf(expression.values[0]), secure: false })
    : textOf(expression);
}

function textOf(expression: ArmExpression | undefined): string {
  if (expression?.kind !== "text") throw new ArmExpressionError("a text is missing");
  return expression.value;
}

/** Names from the top down: `format('{0}/{1}', 'a', 'b')`, or one alone. */
function namesOf(name: unknown): readonly string[] {
  if (typeof name !== "string") throw new ArmExpressionError("a name is missing");
  if (!name.startsWith("[") || name.startsWith("[[")) return [unescaped(name)];
  const expression = expressionOf(name);
  if (expression.kind !== "call" || expression.name !== "format") throw new ArmExpressionError("a name is no format");
  return expression.values.slice(1).map(nameFrom);
}
