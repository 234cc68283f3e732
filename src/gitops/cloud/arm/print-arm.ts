import { armApiVersion } from "../../../catalog/arm-api-versions.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { deploymentPlan, type PartPlan, type SubscriptionPlan } from "../graph/deployment-plan.ts";
import { inlineKeys, withInlineChildren } from "../graph/inline-children.ts";
import type { CloudResource, ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { byKey, groupOf, nameValue } from "../graph/resource-value.ts";
import { folderOf, subscriptionParameter } from "../graph/subscriptions.ts";
import {
  type ArmScope,
  armObject,
  armText,
  armValue,
  childChain,
  idExpression,
  literal,
  nameExpression,
} from "./arm-values.ts";

interface Printing {
  readonly known: ReadonlyMap<ResourceKey, CloudResource>;
  readonly inline: ReadonlySet<ResourceKey>;
}

/** The same deployment as the Bicep files in one JSON template for each subscription, with a nested one for each part. */
export function printArm(graph: ResourceGraph): readonly RepositoryFile[] {
  const printing = { known: byKey(graph.resources), inline: inlineKeys(graph) };
  return deploymentPlan(graph).map((plan) => ({
    path: `infra/arm/${folderOf(plan.subscription)}/main.json`,
    text: `${JSON.stringify(mainTemplate(plan, printing), null, 2)}\n`,
    tells: "Estate",
  }));
}

function mainTemplate(plan: SubscriptionPlan, printing: Printing): JsonObject {
  const scope = { known: printing.known, subscription: plan.subscription };
  return {
    $schema: "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    metadata: { subscription: plan.subscription },
    parameters: parametersOf(plan.parts, printing, plan.subscription),
    resources: [
      ...plan.groups.map((group) => armResource(group, scope, printing, [])),
      ...plan.parts.map((part) => nestedDeployment(part, plan, printing)),
    ],
  };
}

function parametersOf(parts: readonly PartPlan[], printing: Printing, subscription: string): JsonObject {
  const secure = new Map(
    parts.flatMap(({ parameters }) => parameters.map((entry) => [entry.$parameter, entry.secure])),
  );
  for (const part of parts) {
    for (const other of subscriptionsOf(part, printing)) {
      if (other !== subscription) secure.set(subscriptionParameter(other), false);
    }
  }
  const entries = [...secure].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, isSecure]) => [name, { type: isSecure ? "securestring" : "string" }]));
}

/** Subscriptions that a part is deployed to or refers to. */
function subscriptionsOf(part: PartPlan, { known }: Printing): readonly string[] {
  const groups = [part.group, ...part.foreign.map((resource) => groupOf(resource, known) ?? "")];
  return [...new Set(groups.flatMap((group) => known.get(group)?.subscription ?? []))];
}

function nestedDeployment(part: PartPlan, plan: SubscriptionPlan, printing: Printing): JsonObject {
  const { known, inline } = printing;
  const group = known.get(part.group);
  const subscription = group?.subscription ?? plan.subscription;
  const scope = { known, subscription };
  const parameters = parametersOf([part], printing, subscription);
  const isHere = subscription === plan.subscription;
  return {
    type: "Microsoft.Resources/deployments",
    apiVersion: armApiVersion("Microsoft.Resources/deployments"),
    name: literal(part.name),
    ...(isHere ? {} : { subscriptionId: `[parameters('${subscriptionParameter(subscription)}')]` }),
    resourceGroup: literal(group?.name ?? ""),
    dependsOn: [
      ...(isHere ? [`[${idExpression(group ?? part.resources[0] ?? fallback, { known, subscription })}]`] : []),
      ...part.after.map((name) => `[${deploymentId(name, plan, printing)}]`),
    ],
    properties: {
      mode: "Incremental",
      expressionEvaluationOptions: { scope: "inner" },
      parameters: Object.fromEntries(
        Object.keys(parameters).map((name) => [name, { value: `[parameters('${name}')]` }]),
      ),
      template: {
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        contentVersion: "1.0.0.0",
        parameters,
        resources: part.resources
          .filter(({ key }) => !inline.has(key))
          .map((resource) =>
            armResource(
              resource,
              scope,
              printing,
              part.resources.filter(({ key, parent }) => parent === resource.key && inline.has(key)),
            ),
          ),
      },
    },
  };
}

const fallback: CloudResource = {
  key: "",
  type: "Microsoft.Resources/resourceGroups",
  name: "",
  parent: undefined,
  resourceGroup: undefined,
  subscription: "",
  part: "",
  location: undefined,
  properties: {},
  tells: "",
};

function deploymentId(name: string, plan: SubscriptionPlan, { known }: Printing): string {
  const group = known.get(plan.parts.find((part) => part.name === name)?.group ?? "");
  const subscription = group?.subscription ?? plan.subscription;
  const where = subscription === plan.subscription ? [] : [`parameters('${subscriptionParameter(subscription)}')`];
  return `resourceId(${[...where, armText(group?.name ?? ""), "'Microsoft.Resources/deployments'", armText(name)].join(", ")})`;
}

/** Children have the names of all that they are below; extensions say what they extend. */
function armResource(
  resource: CloudResource,
  scope: ArmScope,
  printing: Printing,
  inside: readonly CloudResource[],
): JsonObject {
  const { kind, sku, identity, zones, tags, location, type } = resource;
  const { known } = printing;
  const chain = childChain(resource, known);
  const top = chain[0];
  const extended = top?.parent === undefined ? undefined : known.get(top.parent);
  const properties = withInlineChildren(resource, inside);
  const after = dependenciesOf(resource, inside, scope, printing);
  return {
    type,
    apiVersion: armApiVersion(type),
    ...(extended === undefined ? {} : { scope: `[${idExpression(extended, scope)}]` }),
    name: nameOf(chain),
    ...(location === undefined ? {} : { location: literal(location) }),
    ...(kind === undefined ? {} : { kind: literal(kind) }),
    ...(sku === undefined ? {} : { sku: armObject(sku, scope) }),
    ...(zones === undefined ? {} : { zones: zones.map(literal) }),
    ...(tags === undefined ? {} : { tags: armObject(tags, scope) }),
    ...(identity === undefined ? {} : { identity: identityOf(identity, scope) }),
    ...(Object.keys(properties).length === 0 ? {} : { properties: armObject(properties, scope) }),
    ...(after.length === 0 ? {} : { dependsOn: after }),
  };
}

function nameOf(chain: readonly CloudResource[]): string {
  const [only, ...below] = chain.map(({ name }) => name);
  if (below.length === 0 && typeof nameValue(only ?? "") === "string") return literal(only ?? "");
  return `[format('${chain.map((_, index) => `{${index}}`).join("/")}', ${chain.map(({ name }) => nameExpression(name)).join(", ")})]`;
}

function identityOf(
  { type, userAssignedIdentities }: NonNullable<CloudResource["identity"]>,
  scope: ArmScope,
): JsonObject {
  if (userAssignedIdentities === undefined) return { type: literal(type) };
  const entries = userAssignedIdentities.map((reference) => [String(armValue(reference, scope)), {}]);
  return { type: literal(type), userAssignedIdentities: Object.fromEntries(entries) };
}

/** What Bicep works out by itself: everything of the same part that is referred to, and what is said outright. */
function dependenciesOf(
  resource: CloudResource,
  inside: readonly CloudResource[],
  scope: ArmScope,
  { known, inline }: Printing,
): readonly string[] {
  const text = JSON.stringify([resource, ...inside]);
  const keys = new Set<ResourceKey>();
  const wanted = [...text.matchAll(/\{"\$ref":("(?:[^"\\]|\\.)*")/g)].map((match): string =>
    JSON.parse(match[1] ?? '""'),
  );
  for (const key of [resource.parent ?? "", ...wanted, ...(resource.dependsOn ?? [])]) {
    const target = known.get(key);
    if (
      target === undefined ||
      target.part !== resource.part ||
      (target.resourceGroup === undefined && target.parent === undefined)
    )
      continue;
    const owner = inline.has(key) && target.parent !== undefined ? target.parent : key;
    if (owner !== resource.key) keys.add(owner);
  }
  return [...keys]
    .toSorted()
    .flatMap((key) => known.get(key) ?? [])
    .map((target) => `[${idExpression(target, scope)}]`);
}
