import type { Estate } from "../estate/model/estate.ts";

/** The estate with what runs in the last stage of promotion first, so that witnesses are cited from production. */
export function productionFirst(estate: Estate): Estate {
  const stages = new Map(estate.environments.map(({ name }, stage) => [name, stage]));
  const stageOf = (environment: string) => stages.get(environment) ?? -1;
  const lastStageOf = (environments: readonly string[]) => Math.max(-1, ...environments.map(stageOf));
  return {
    ...estate,
    clusters: estate.clusters.toSorted(
      (left, right) => lastStageOf(right.environments) - lastStageOf(left.environments) || byName(left, right),
    ),
    workloads: estate.workloads.toSorted((left, right) => stageOf(right.environment) - stageOf(left.environment)),
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
