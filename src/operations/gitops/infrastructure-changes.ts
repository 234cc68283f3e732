import { type ChangeEffect, changeEffects, type EffectTarget } from "../../gitops/cloud/effects/change-effects.ts";
import type { ResourceGraph, ResourceValue } from "../../gitops/cloud/graph/resource-graph.ts";
import type { InfrastructureChange, InfrastructureChanges } from "./repository-report.ts";

const effectTargets = [
  "bicep",
  "terraform",
  "pulumi",
  "serviceOperator",
  "crossplane",
] as const satisfies readonly EffectTarget[];
const clusterType = "Microsoft.ContainerService/managedClusters";
const shownTypes = new Set([clusterType, `${clusterType}/agentPools`]);

/**
 * What changes of clusters and pools between two graphs, with what each edit does on every target, and how many commits it
 * takes: a stage has to have ended in Azure before the next is brought there.
 */
export function infrastructureChanges(before: ResourceGraph, after: ResourceGraph): InfrastructureChanges {
  const byTarget = new Map(effectTargets.map((target) => [target, changeEffects(before, after, target)]));
  const all = byTarget.get("bicep") ?? [];
  const found = new Map(
    [...byTarget].map(([target, effects]) => [target, new Map(effects.map((effect) => [idOf(effect), effect]))]),
  );
  const changes = all
    .filter(({ type }) => shownTypes.has(type))
    .map((effect): InfrastructureChange => {
      const on = (target: EffectTarget) => found.get(target)?.get(idOf(effect));
      const rolling = effect.rolling ?? on("terraform")?.rolling;
      return {
        stage: effect.stage,
        resource: labelOf(effect, before, after),
        path: effect.path,
        ...(effect.before === undefined ? {} : { before: textOf(effect.before) }),
        ...(effect.after === undefined ? {} : { after: textOf(effect.after) }),
        effects: {
          bicep: on("bicep")?.kind ?? "unknown",
          terraform: on("terraform")?.kind ?? "unknown",
          pulumi: on("pulumi")?.kind ?? "unknown",
          serviceOperator: on("serviceOperator")?.kind ?? "unknown",
          crossplane: on("crossplane")?.kind ?? "unknown",
        },
        verified: effect.verified,
        ...(effect.note === undefined ? {} : { note: effect.note }),
        ...(effect.source === undefined ? {} : { source: effect.source }),
        ...(rolling === undefined ? {} : { rolling }),
      };
    });
  const others = new Set(all.filter(({ type }) => !shownTypes.has(type)).map(({ resource }) => resource));
  return { changes, otherResources: others.size, stages: stagesOf(all) };
}

/** The graph once only the first stages are brought to Azure: what belongs to later ones stays as it was. */
export function graphAtStage(before: ResourceGraph, after: ResourceGraph, stage: number): ResourceGraph {
  const later = new Set(
    changeEffects(before, after, "bicep").flatMap((effect) => (effect.stage > stage ? [effect.resource] : [])),
  );
  const kept = before.resources.filter(({ key }) => later.has(key));
  const moved = after.resources.filter(({ key }) => !later.has(key));
  return { resources: [...moved, ...kept].sort((left, right) => (left.key < right.key ? -1 : 1)) };
}

function stagesOf(effects: readonly ChangeEffect[]): number {
  return effects.reduce((most, { stage }) => Math.max(most, stage), effects.length === 0 ? 0 : 1);
}

function idOf({ resource, path }: ChangeEffect): string {
  return `${resource} ${path}`;
}

/** `cluster prod-weu`, `pool prod-weu/general`: by the names of the estate where a resource tells its part of it. */
function labelOf({ resource, type }: ChangeEffect, before: ResourceGraph, after: ResourceGraph): string {
  const find = (key: string | undefined) =>
    [after, before].flatMap(({ resources }) => resources).find((each) => each.key === key);
  const found = find(resource);
  const cluster = type === clusterType ? found : find(found?.parent);
  const name = cluster?.tells.startsWith("Cluster/") === true ? cluster.tells.slice("Cluster/".length) : cluster?.name;
  return type === clusterType ? `cluster ${name ?? resource}` : `pool ${name ?? "?"}/${found?.name ?? resource}`;
}

const shownLength = 60;

/** Long values are cut: they are to be recognised in a line, not read. */
function textOf(value: ResourceValue): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= shownLength ? text : `${text.slice(0, shownLength - 1)}…`;
}
