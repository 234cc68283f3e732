import { approvals } from "./approvals.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/** What a newcomer has to know of the repository. */
export function readmeText(shape: RepositoryShape): string {
  const { estate, units, packaging, agent } = shape;
  const clusters = estate.clusters.filter(({ name }) =>
    units.some(({ leaves }) => leaves.some((leaf) => leaf.cluster === name)),
  );
  return `# ${estate.name}: what runs where

This repository is the source of truth for ${plural(clusters.length, "cluster")}. It is written by \`scantling render\` from the estate;
${agent === "flux" ? "Flux" : "Argo CD"} brings it to the clusters.

## Folders

| folder | holds |
| --- | --- |
${folderRows(shape).join("\n")}

## Places

| cluster | region | ring | environments | applications |
| --- | --- | --- | --- | --- |
${clusters.map((cluster) => `| ${cluster.name} | ${cluster.region} | ${cluster.ring ?? "-"} | ${cluster.environments.join(", ")} | ${countAt(shape, cluster.name)} |`).join("\n")}

## How to change something

1. Change the estate and run \`scantling render\` again: it writes what changed, and nothing else.
${packaging === "kustomize" ? kustomizeAdvice : helmAdvice}
3. Open a pull request. The checks build every leaf and compare the files with the estate.

An edit of a generated file is noticed: the next render merges it, or refuses it where both changed the same lines.
\`clusters/<cluster>/facts.yaml\` belongs to the pipeline that sets up the infrastructure; a render reads it.

## Who approves

| environment | approvals | because |
| --- | --- | --- |
${approvals(estate)
  .map(
    ({ environment, reviewers, needsPlatform, because }) =>
      `| ${environment} | ${reviewers}${needsPlatform ? " and the platform" : ""} | ${because} |`,
  )
  .join("\n")}
`;
}

const kustomizeAdvice =
  "2. What the estate cannot say goes into `overrides/` beside a leaf: a Kustomize `Component` of your own, which comes last\n   and which no render ever touches. Render once after creating it.";
const helmAdvice = "2. What the estate cannot say goes into the manifests that the estate reads.";

function folderRows({ packaging, agent, cloudTarget }: RepositoryShape): readonly string[] {
  const isKustomize = packaging === "kustomize";
  return [
    isKustomize
      ? "| `platform/<tenant>/base`, `apps/<application>/base` | what all places have, one object a file |"
      : "| `platform/<tenant>/chart`, `apps/<application>/chart` | a chart for all places, with the schema of its values |",
    isKustomize
      ? "| `.../components/{env,ring,region,cluster}/<name>` | what one environment, ring, region or cluster changes; later ones win, in this order |"
      : "| `.../values/{env,ring,region,cluster}/<name>.yaml` | what one environment, ring, region or cluster changes; later ones win, in this order |",
    ...(isKustomize ? ["| `clusters/<cluster>/{platform,apps}/<name>` | the leaf: one base and its components |"] : []),
    agent === "flux"
      ? "| `clusters/<cluster>/flux` | what Flux delivers there, in which order and with whose rights |"
      : "| `argocd` | projects and ApplicationSets |",
    "| `clusters/<cluster>/facts.yaml` | what is known only once the infrastructure stands |",
    ...(cloudTarget === undefined
      ? []
      : [`| \`infra/${cloudTarget}\` | clusters, identities, data stores and networks |`]),
    "| `.github`, `.azuredevops` | checks, promotion, forms and owners |",
    "| `.scantling` | what the last render wrote; by it, edits are noticed |",
  ];
}

function countAt({ units }: RepositoryShape, cluster: string): number {
  return units.filter(({ tree, leaves }) => tree === "apps" && leaves.some((leaf) => leaf.cluster === cluster)).length;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
