import { armApiVersion } from "../../../catalog/arm-api-versions.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { deploymentPlan, type PartPlan, type SubscriptionPlan } from "../graph/deployment-plan.ts";
import { inlineKeys, withInlineChildren } from "../graph/inline-children.ts";
import type { CloudResource, DeploymentParameter, ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { byKey, groupOf, isChildType, nameValue, resourceGroupType } from "../graph/resource-value.ts";
import { folderOf, subscriptionParameter } from "../graph/subscriptions.ts";
import { symbolNames } from "../graph/symbols.ts";
import { bicepValue, objectText, quoted, type Symbols } from "./print-value.ts";

const reserved = new Set([
  "param",
  "var",
  "resource",
  "module",
  "output",
  "targetScope",
  "existing",
  "import",
  "using",
  "metadata",
  "type",
  "func",
  "assert",
  "if",
  "for",
  "in",
  "true",
  "false",
  "null",
  "resourceGroup",
  "subscription",
  "tenant",
  "json",
]);

interface Printing {
  readonly known: ReadonlyMap<ResourceKey, CloudResource>;
  readonly inline: ReadonlySet<ResourceKey>;
}

/** Bicep of a graph: for each subscription a main file, its parameters, and a module for each part. */
export function printBicep(graph: ResourceGraph): readonly RepositoryFile[] {
  const printing = { known: byKey(graph.resources), inline: inlineKeys(graph) };
  return deploymentPlan(graph).flatMap((plan) => {
    const folder = `infra/bicep/${folderOf(plan.subscription)}`;
    const extra = foreignSubscriptions(plan, printing);
    return [
      { path: `${folder}/main.bicep`, text: mainFile(plan, extra, printing), tells: "Estate" },
      { path: `${folder}/main.bicepparam`, text: parameterFile(plan, extra), tells: "Estate" },
      ...plan.parts.map((part) => ({
        path: `${folder}/modules/${part.name}.bicep`,
        text: moduleFile(part, printing),
        tells: part.resources[0]?.tells ?? "Estate",
      })),
    ];
  });
}

/** Names of parameters with ids of other subscriptions that a plan needs. */
function foreignSubscriptions(plan: SubscriptionPlan, printing: Printing): readonly string[] {
  const names = plan.parts.flatMap((part) => [
    ...idParameters(part, printing),
    ...(subscriptionOfGroup(part.group, printing) === plan.subscription
      ? []
      : [subscriptionParameter(subscriptionOfGroup(part.group, printing))]),
  ]);
  return [...new Set(names)].toSorted();
}

function subscriptionOfGroup(group: ResourceKey | undefined, { known }: Printing): string {
  return (group === undefined ? undefined : known.get(group)?.subscription) ?? "default";
}

/** Parameters of a module that give the ids of subscriptions other than the one that it is deployed to. */
function idParameters(part: PartPlan, printing: Printing): readonly string[] {
  const own = subscriptionOfGroup(part.group, printing);
  const others = part.foreign
    .map((resource) => subscriptionOfGroup(groupOf(resource, printing.known), printing))
    .filter((subscription) => subscription !== own);
  return [...new Set(others.map(subscriptionParameter))].toSorted();
}

function mainFile(plan: SubscriptionPlan, extra: readonly string[], printing: Printing): string {
  const groupSymbols = symbolNames(plan.groups, printing.known, { word: camelWord, reserved });
  const moduleSymbols = moduleNames(plan, groupSymbols);
  const blocks = [
    "targetScope = 'subscription'",
    ...allParameters(plan.parameters, extra).map(parameterText),
    ...plan.groups.map((group) => resourceText(group, groupSymbols, printing, [])),
    ...plan.parts.map((part) => moduleText(part, plan, { groupSymbols, moduleSymbols }, printing)),
    `output subscription string = ${quoted(plan.subscription)}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function moduleNames(plan: SubscriptionPlan, groupSymbols: Symbols): ReadonlyMap<string, string> {
  const taken = new Set([...reserved, ...groupSymbols.values(), ...plan.parameters.map((entry) => entry.$parameter)]);
  const names = new Map<string, string>();
  for (const { name } of plan.parts) {
    const wanted = camelWord(name.split(/[^A-Za-z0-9]+/));
    let symbol = wanted;
    for (let copy = 2; taken.has(symbol); copy += 1) symbol = `${wanted}${copy}`;
    taken.add(symbol);
    names.set(name, symbol);
  }
  return names;
}

function moduleText(
  part: PartPlan,
  plan: SubscriptionPlan,
  symbols: { readonly groupSymbols: Symbols; readonly moduleSymbols: ReadonlyMap<string, string> },
  printing: Printing,
): string {
  const scopeSubscription = subscriptionOfGroup(part.group, printing);
  const groupName = printing.known.get(part.group)?.name ?? "";
  const scope =
    scopeSubscription === plan.subscription
      ? (symbols.groupSymbols.get(part.group) ?? "unknown")
      : `resourceGroup(${subscriptionParameter(scopeSubscription)}, ${quoted(groupName)})`;
  const given = allParameters(part.parameters, idParameters(part, printing)).map(({ $parameter }) => $parameter);
  const lines = [
    `module ${symbols.moduleSymbols.get(part.name) ?? "unknown"} ${quoted(`modules/${part.name}.bicep`)} = {`,
    `  name: ${quoted(part.name)}`,
    `  scope: ${scope}`,
  ];
  if (given.length > 0) lines.push("  params: {", ...given.map((name) => `    ${name}: ${name}`), "  }");
  if (part.after.length > 0) {
    lines.push(
      "  dependsOn: [",
      ...part.after.map((name) => `    ${symbols.moduleSymbols.get(name) ?? "unknown"}`),
      "  ]",
    );
  }
  return [...lines, "}"].join("\n");
}

function moduleFile(part: PartPlan, printing: Printing): string {
  const { inline, known } = printing;
  const own = part.resources.filter(({ key }) => !inline.has(key));
  const referred = neededExisting(part, printing);
  const symbols = symbolNames([...own, ...referred], known, {
    word: camelWord,
    reserved: new Set([
      ...reserved,
      ...allParameters(part.parameters, idParameters(part, printing)).map(({ $parameter }) => $parameter),
    ]),
  });
  const blocks = [
    ...allParameters(part.parameters, idParameters(part, printing)).map(parameterText),
    ...referred.map((resource) => existingText(resource, part, symbols, printing)),
    ...own.map((resource) =>
      resourceText(
        resource,
        symbols,
        printing,
        part.resources.filter(({ key, parent }) => parent === resource.key && inline.has(key)),
      ),
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** What is referred to and not written here as a resource of its own: foreign ones, and those inside their parents. */
function neededExisting(part: PartPlan, { inline }: Printing): readonly CloudResource[] {
  const text = JSON.stringify(part.resources);
  const insideParents = part.resources.filter(
    ({ key }) => inline.has(key) && text.includes(`{"$ref":${JSON.stringify(key)}`),
  );
  return [...part.foreign, ...insideParents].toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

function existingText(resource: CloudResource, part: PartPlan, symbols: Symbols, printing: Printing): string {
  const place = existingPlace(resource, part, symbols, printing);
  const lines = [
    `resource ${symbols.get(resource.key) ?? "unknown"} ${typeText(resource.type)} existing = {`,
    ...(place?.startsWith("parent") === true ? [`  ${place}`] : []),
    `  name: ${nameText(resource)}`,
    ...(place !== undefined && !place.startsWith("parent") ? [`  ${place}`] : []),
    "}",
  ];
  return lines.join("\n");
}

function existingPlace(
  resource: CloudResource,
  part: PartPlan,
  symbols: Symbols,
  printing: Printing,
): string | undefined {
  const { known } = printing;
  const own = subscriptionOfGroup(part.group, printing);
  if (resource.type === resourceGroupType) {
    const argument = resource.subscription === own ? "" : subscriptionParameter(resource.subscription);
    return `scope: subscription(${argument})`;
  }
  if (resource.parent !== undefined) return parentText(resource, symbols, printing);
  if (resource.resourceGroup === undefined || resource.resourceGroup === part.group) return undefined;
  const group = known.get(resource.resourceGroup);
  const subscription = group?.subscription ?? own;
  const name = quoted(group?.name ?? "");
  return `scope: resourceGroup(${subscription === own ? name : `${subscriptionParameter(subscription)}, ${name}`})`;
}

function parentText(resource: CloudResource, symbols: Symbols, { known }: Printing): string {
  const parent = known.get(resource.parent ?? "");
  const symbol = symbols.get(resource.parent ?? "") ?? "unknown";
  return parent !== undefined && isChildType(resource.type, parent.type) ? `parent: ${symbol}` : `scope: ${symbol}`;
}

function resourceText(
  resource: CloudResource,
  symbols: Symbols,
  printing: Printing,
  inside: readonly CloudResource[],
): string {
  const { kind, sku, identity, zones, tags, location } = resource;
  const lines = [`resource ${symbols.get(resource.key) ?? "unknown"} ${typeText(resource.type)} = {`];
  if (resource.parent !== undefined) lines.push(`  ${parentText(resource, symbols, printing)}`);
  lines.push(`  name: ${nameText(resource)}`);
  const add = (name: string, text: string | undefined): void => {
    if (text !== undefined) lines.push(`  ${name}: ${text}`);
  };
  add("location", location === undefined ? undefined : quoted(location));
  add("kind", kind === undefined ? undefined : quoted(kind));
  add("sku", sku === undefined ? undefined : bicepValue(sku, symbols, "  "));
  add("zones", zones === undefined ? undefined : bicepValue(zones, symbols, "  "));
  add("tags", tags === undefined ? undefined : bicepValue(tags, symbols, "  "));
  add("identity", identity === undefined ? undefined : identityText(identity, symbols));
  const properties = withInlineChildren(resource, inside);
  if (Object.keys(properties).length > 0) add("properties", objectText(Object.entries(properties), symbols, "  "));
  const after = (resource.dependsOn ?? []).flatMap((key) =>
    printing.known.get(key)?.part === resource.part ? (symbols.get(key) ?? []) : [],
  );
  if (after.length > 0) lines.push("  dependsOn: [", ...after.map((symbol) => `    ${symbol}`), "  ]");
  return [...lines, "}"].join("\n");
}

function nameText({ name }: CloudResource): string {
  const value = nameValue(name);
  return typeof value === "string" ? quoted(value) : value.$parameter;
}

function identityText(
  { type, userAssignedIdentities }: NonNullable<CloudResource["identity"]>,
  symbols: Symbols,
): string {
  const lines = ["{", `    type: ${quoted(type)}`];
  if (userAssignedIdentities !== undefined) {
    const keys = userAssignedIdentities.map(({ $ref }) => `      '\${${symbols.get($ref) ?? "unknown"}.id}': {}`);
    lines.push("    userAssignedIdentities: {", ...keys, "    }");
  }
  return [...lines, "  }"].join("\n");
}

function typeText(type: string): string {
  return quoted(`${type}@${armApiVersion(type)}`);
}

function parameterText({ $parameter, secure }: DeploymentParameter): string {
  return `${secure ? "@secure()\n" : ""}param ${$parameter} string`;
}

function allParameters(own: readonly DeploymentParameter[], ids: readonly string[]): readonly DeploymentParameter[] {
  const all = new Map(own.map((parameter) => [parameter.$parameter, parameter]));
  for (const name of ids) if (!all.has(name)) all.set(name, { $parameter: name, secure: false });
  return [...all.values()].toSorted((left, right) => (left.$parameter < right.$parameter ? -1 : 1));
}

/** Values come from the environment of the pipeline: no file holds them. */
function parameterFile({ parameters }: SubscriptionPlan, extra: readonly string[]): string {
  const lines = allParameters(parameters, extra).map(
    ({ $parameter }) => `param ${$parameter} = readEnvironmentVariable(${quoted(environmentVariable($parameter))})`,
  );
  return `${["using 'main.bicep'", ...(lines.length === 0 ? [] : [lines.join("\n")])].join("\n\n")}\n`;
}

/** `tenantId` is `TENANT_ID`. */
export function environmentVariable(parameter: string): string {
  return parameter.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
}

function camelWord(words: readonly string[]): string {
  const [first = "resource", ...others] = words.filter((word) => word !== "");
  const text = [
    `${first.slice(0, 1).toLowerCase()}${first.slice(1)}`,
    ...others.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`),
  ].join("");
  return /^[A-Za-z_]/.test(text) ? text : `resource${text}`;
}
