import type { PulumiClass } from "../../../catalog/pulumi-classes.ts";
import type { CloudResource, ResourceKey } from "../graph/resource-graph.ts";
import { ancestry, groupOf, nameValue } from "../graph/resource-value.ts";
import { identifier } from "./constant-names.ts";
import { providerProperties } from "./provider-properties.ts";
import { Expression, type ExpressionNames, expressionText, type PrintableObject } from "./typescript-expression.ts";

/** What statements are written against. */
export interface ProgramNames extends ExpressionNames {
  readonly known: ReadonlyMap<ResourceKey, CloudResource>;
  readonly constants: ReadonlyMap<ResourceKey, string>;
  /** Pool that is written within its cluster, by key of the cluster. */
  readonly pools: ReturnType<typeof import("../service-operator/first-pool.ts").firstPools>;
}

/** One resource as `export const x = new azure.module.Class("name", { … }, { … });` */
export function resourceStatement(resource: CloudResource, of: PulumiClass, names: ProgramNames): string {
  const constant = names.constants.get(resource.key) ?? "";
  const pool = names.pools.get(resource.key);
  const given = {
    ...placeOf(resource, of, names),
    ...envelopeOf(resource),
    ...(of.keepsProperties ? { properties: providerProperties(resource) } : providerProperties(resource)),
    ...(pool === undefined ? {} : { agentPoolProfiles: [{ name: pool.name, ...providerProperties(pool) }] }),
  };
  const ignored = [
    ...(isAutoscaled(resource) ? ["count"] : []),
    ...(pool !== undefined && isAutoscaled(pool) ? ["agentPoolProfiles[0].count"] : []),
  ];
  const waitsFor = (resource.dependsOn ?? []).flatMap((key) => {
    const other = names.constants.get(key);
    return other === undefined ? [] : [new Expression(other)];
  });
  const options = {
    provider: new Expression(providerName(resource.subscription)),
    ...(ignored.length === 0 ? {} : { ignoreChanges: ignored }),
    ...(waitsFor.length === 0 ? {} : { dependsOn: waitsFor }),
  };
  const name = JSON.stringify(urnName(resource, names));
  return `export const ${constant} = new azure.${of.class}(${name}, ${expressionText(given, names)}, ${expressionText(options, names)});\n`;
}

/** Constant of the provider of a subscription. */
export function providerName(subscription: string): string {
  return `${identifier([subscription])}Subscription`;
}

/** Resources of one class need different names in a program, whatever they are called in Azure. */
function urnName(resource: CloudResource, { known }: ProgramNames): string {
  const chain = ancestry(resource, known)
    .map(({ name }) => name)
    .reverse();
  const group = groupOf(resource, known);
  return [known.get(group ?? "")?.name ?? resource.subscription, ...chain].join("/");
}

function placeOf(resource: CloudResource, of: PulumiClass, names: ProgramNames): PrintableObject {
  const { known, constants } = names;
  const above = ancestry(resource, known).slice(1).reverse();
  const group = groupOf(resource, known);
  const nameOf = (key: ResourceKey) => new Expression(`${constants.get(key)}.name`);
  const own = { [of.nameArgument]: nameValue(resource.name) };
  if (resource.key === group) return own;
  const inGroup: PrintableObject = group === undefined ? {} : { resourceGroupName: nameOf(group) };
  const parent = above.at(-1);
  switch (of.scope) {
    case "scope":
    case "resourceUri":
      return { ...own, [of.scope]: new Expression(`${constants.get(parent?.key ?? group ?? "")}.id`) };
    case "cluster":
      return {
        ...inGroup,
        clusterRp: "Microsoft.ContainerService",
        clusterResourceName: "managedClusters",
        clusterName: nameOf(parent?.key ?? ""),
        ...own,
      };
    case "": {
      const parents = of.parentArguments.flatMap((argument, index) => {
        const each = above[index];
        return each === undefined ? [] : [[argument, nameOf(each.key)] as const];
      });
      return { ...inGroup, ...Object.fromEntries(parents), ...own };
    }
  }
}

function envelopeOf({ location, kind, sku, identity, zones, tags }: CloudResource): PrintableObject {
  return {
    ...(location === undefined ? {} : { location }),
    ...(kind === undefined ? {} : { kind }),
    ...(sku === undefined ? {} : { sku }),
    ...(identity === undefined ? {} : { identity: { ...identity } }),
    ...(zones === undefined ? {} : { zones }),
    ...(tags === undefined ? {} : { tags }),
  };
}

function isAutoscaled({ type, properties }: CloudResource): boolean {
  return type.endsWith("/agentPools") && properties["enableAutoScaling"] === true;
}
