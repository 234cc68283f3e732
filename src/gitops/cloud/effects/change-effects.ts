import { type EffectKind, effectFact } from "../../../catalog/change-effects.ts";
import { graphDifferences, valueDifferences } from "../equality/compare-graphs.ts";
import { inlineKeys } from "../graph/inline-children.ts";
import type { CloudResource, ResourceGraph, ResourceKey, ResourceValue } from "../graph/resource-graph.ts";
import { byKey, isPlainObject } from "../graph/resource-value.ts";
import { type RollingCost, rollingCost } from "./rolling-cost.ts";

/** `create`, `delete` and `unknown` beside what an edited field does. */
type ChangeKind = EffectKind | "create" | "delete" | "unknown";

/** What one change of a graph does when a target brings it to Azure. */
export interface ChangeEffect {
  readonly resource: ResourceKey;
  readonly type: string;
  /** ARM path; empty where the whole resource comes or goes. */
  readonly path: string;
  readonly before: ResourceValue | undefined;
  readonly after: ResourceValue | undefined;
  readonly kind: ChangeKind;
  /** Id of the source in the catalog; undefined where the table does not know the field. */
  readonly source: string | undefined;
  readonly verified: boolean;
  readonly note: string | undefined;
  /** What replacing nodes costs, where nodes are replaced. */
  readonly rolling: RollingCost | undefined;
  /** Stage it has to be brought in; later ones wait until the earlier have ended. */
  readonly stage: number;
}

export type EffectTarget = "bicep" | "terraform" | "pulumi" | "serviceOperator" | "crossplane";

const clusterType = "Microsoft.ContainerService/managedClusters";
const poolType = `${clusterType}/agentPools`;

/** Every change between two graphs with its effect, the control plane before its pools; sorted by stage and resource. */
export function changeEffects(
  before: ResourceGraph,
  after: ResourceGraph,
  target: EffectTarget,
): readonly ChangeEffect[] {
  const [known, next] = [byKey(before.resources), byKey(after.resources)];
  const defaultPools = inlineKeys(before);
  const upgraded = new Set<ResourceKey>();
  const changes = graphDifferences(before, after).flatMap(({ resource, path, one, other }): readonly Change[] => {
    const changed = next.get(resource) ?? known.get(resource);
    if (changed === undefined || path === "part" || path.startsWith("dependsOn")) return [];
    if (path === "properties.kubernetesVersion") upgraded.add(resource);
    const edits = path === "" ? [{ path, one, other }] : eachField(path, one, other);
    return edits.map((edit) => ({
      resource: changed,
      path: edit.path,
      before: edit.one,
      after: edit.other,
      isDefault: defaultPools.has(resource),
    }));
  });
  return changes
    .map((change) => effectOf(change, { target, upgraded, before: known }))
    .toSorted((left, right) => left.stage - right.stage || (orderOf(left) < orderOf(right) ? -1 : 1));
}

interface Change {
  readonly resource: CloudResource;
  readonly path: string;
  readonly before: ResourceValue | undefined;
  readonly after: ResourceValue | undefined;
  /** Of a pool: whether it is the cluster's first. */
  readonly isDefault: boolean;
}

/** A block that comes or goes is as many edits as it has fields: each may have an effect of its own. */
function eachField(
  path: string,
  one: ResourceValue | undefined,
  other: ResourceValue | undefined,
): readonly {
  readonly path: string;
  readonly one: ResourceValue | undefined;
  readonly other: ResourceValue | undefined;
}[] {
  const [left, right] = [one ?? {}, other ?? {}];
  const isBlock = isPlainObject(left) && isPlainObject(right) && (one === undefined || other === undefined);
  if (!isBlock) return [{ path, one, other }];
  return valueDifferences(left, right, path).flatMap((edit) => eachField(edit.path, edit.one, edit.other));
}

function effectOf(
  change: Change,
  given: {
    readonly target: EffectTarget;
    readonly upgraded: ReadonlySet<ResourceKey>;
    readonly before: ReadonlyMap<ResourceKey, CloudResource>;
  },
): ChangeEffect {
  const { resource, path, before, after } = change;
  const fact = path === "" ? undefined : effectFact(resource.type, path);
  const kind = path === "" ? (before === undefined ? "create" : "delete") : kindOf(fact, change, given.target);
  const earlier = given.before.get(resource.key);
  const replaces = resource.type === poolType && (kind === "rolling" || kind === "rotate");
  return {
    resource: resource.key,
    type: resource.type,
    path,
    before,
    after,
    kind,
    source: fact?.source,
    verified: fact?.verified ?? false,
    note: fact?.note,
    rolling: replaces && earlier !== undefined ? rollingCost(earlier.properties, kind === "rotate") : undefined,
    stage: resource.type === poolType && given.upgraded.has(resource.parent ?? "") ? 2 : 1,
  };
}

/** Systems that one can be changed into the other while the pool stays. */
const exchangeableSystems: readonly unknown[] = ["AzureLinux", "Ubuntu"];

/** Crossplane refuses what its provider would recreate; what Pulumi recreates, only a preview tells. */
function kindOf(fact: ReturnType<typeof effectFact>, change: Change, target: EffectTarget): ChangeKind {
  if (fact === undefined) return "unknown";
  if (change.path === "properties.oidcIssuerProfile.enabled" && change.after === true) return "inPlace";
  if (target === "pulumi") return /^(?:reject|recreate)/.test(fact.arm) ? "unknown" : fact.arm;
  if (target !== "terraform" && target !== "crossplane") return fact.arm;
  const kind = throughTerraform(fact, change);
  if (target === "crossplane" && /^(?:rotate|recreate)/.test(kind)) return "reject";
  return kind;
}

/** Two fields have effects that hang on their values. */
function throughTerraform(
  fact: NonNullable<ReturnType<typeof effectFact>>,
  { path, before, after, isDefault }: Change,
): ChangeKind {
  if (path === "properties.networkProfile.networkDataplane" && before === "cilium") return "recreateCluster";
  const isExchange = exchangeableSystems.includes(before) && exchangeableSystems.includes(after);
  if (path === "properties.osSKU" && !isExchange) return isDefault ? "rotate" : "recreatePool";
  if (path === "properties.osSKU") return fact.terraform;
  return isDefault ? (fact.terraformDefaultPool ?? fact.terraform) : fact.terraform;
}

function orderOf({ resource, path }: ChangeEffect): string {
  return `${resource} ${path}`;
}
