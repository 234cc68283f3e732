import { approvals } from "./approvals.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/** What a newcomer has to know of the repository. */
export function readmeText(shape: RepositoryShape): string {
  const { estate, units, packaging, agent } = shape;
  const clusters = estate.clusters.filter(({ name }) =>
    units.some(({ leaves }) => leaves.some((leaf) => leaf.cluster === name)),
  );
  return `# ${estate.name}: what runs where

This repository is what ${plural(clusters.length, "cluster")} run: ${agent === "flux" ? "Flux" : "Argo CD"} brings it there. It is written by \`scantling render\`.
${sourceSentence(shape)}

## Folders

| folder | holds |
| --- | --- |
${folderRows(shape).join("\n")}

## Places

| cluster | region | ring | environments | applications |
| --- | --- | --- | --- | --- |
${clusters.map((cluster) => `| ${cluster.name} | ${cluster.region} | ${cluster.ring ?? "-"} | ${cluster.environments.join(", ")} | ${countAt(shape, cluster.name)} |`).join("\n")}

## How to change something

1. Change the source and run \`scantling render\` again: it writes what changed, and nothing else.
${packaging === "kustomize" ? kustomizeAdvice : helmAdvice}
3. Open a pull request. The checks build every leaf and compare the files with the source.

An edit of a generated file is noticed: the next render merges it, or refuses it where both changed the same lines.
\`clusters/<cluster>/facts.yaml\` belongs to the pipeline that sets up the infrastructure; a render reads it.
${valuesSentence(shape)}
## Before the first pull request

${setUp(shape).join("\n")}

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

function valuesSentence({ cloudTarget }: RepositoryShape): string {
  if (cloudTarget !== "serviceOperator" && cloudTarget !== "crossplane") return "";
  return `\`infra/${infraFolders[cloudTarget]}/*/parameters.yaml\` is yours to fill in: it was written once, and no render changes it.\n`;
}

/** What is edited, and what only follows from it. */
function sourceSentence({ sourceFolder, hasCopy, packaging }: RepositoryShape): string {
  if (sourceFolder !== undefined)
    return `The source of truth is \`${sourceFolder}/\` in this repository: edit there, and render. Everything else follows from it.`;
  const reader = packaging === "kustomize" ? "every command of scantling" : "`scantling import`";
  const copy = hasCopy
    ? `\n\`estate/\` is a copy of its documents, so that ${reader} reads this repository by itself: an edit there does not reach the source.`
    : "";
  return `The source of truth is the folder that it was rendered from, which is not in this repository.${copy}`;
}

/** What nobody but the owners of the repository can set up. */
function setUp(shape: RepositoryShape): readonly string[] {
  const { sourceFolder, promotions, estate } = shape;
  const estateFolder =
    sourceFolder === undefined
      ? [
          "   - `ESTATE_FOLDER`: folder of the checkout that is rendered. Without it the comparison with the source is left out.",
        ]
      : [];
  const token =
    promotions.length === 0
      ? []
      : [
          "   - secret `PROMOTION_TOKEN` (GitHub): may write contents and pull requests. Checks do not start for pull requests that the",
          "     token of a workflow opens.",
        ];
  return [
    "1. Variables of the repository (GitHub) or of the group `estate` (Azure DevOps):",
    "   - `SCANTLING_REPOSITORY` and `SCANTLING_COMMIT`: address of the Git repository of scantling, and the commit to run. It is in",
    "     no registry; a pipeline that lacks one of them fails and says so.",
    ...estateFolder,
    ...token,
    `2. Environments with required reviewers: ${approvals(estate)
      .map(({ environment, reviewers }) => `\`${environment}\` (${reviewers})`)
      .join(", ")}.`,
    "3. On the main branch (GitHub): the checks `build` and `rendered` are required, and so are reviews of code owners. In Azure",
    "   DevOps: a build validation policy with the pipeline `.azuredevops/checks.yaml`, and required reviewers for the paths that",
    "   `.github/CODEOWNERS` names.",
    ...(promotions.length === 0
      ? []
      : [
          "   The build service of Azure DevOps may contribute to the repository and to pull requests, so that promotions can.",
        ]),
    ...infrastructureSetUp(shape),
  ];
}

function infrastructureSetUp({ stages, cloudTarget }: RepositoryShape): readonly string[] {
  if (stages.length === 0) return [];
  const variables = quotedNames(stages.flatMap((stage) => stage.variables));
  const secrets = quotedNames(stages.flatMap((stage) => stage.secrets));
  return [
    `4. The infrastructure comes in this order, each stage after its approval: ${stages
      .map(({ environment, reviewers }) => `\`${environment}\` (${reviewers})`)
      .join(", ")}.`,
    `   - Variables of the repository, or of the group \`estate-infrastructure\`: ${variables}.`,
    ...(secrets === ""
      ? []
      : [
          `   - Secrets of the repository, or of the group \`estate-infrastructure-secrets\`: ${secrets}. Pull requests get none of them;`,
          '     in Azure DevOps give the group the check "Branch control" for the main branch, so that none can ask for it either.',
        ]),
    "   - Two identities for each stage: one may change what the stage's subscription holds, and give rights there; one may look.",
    "",
    "     | stage | GitHub: variables with client ids | Azure DevOps: service connections |",
    "     | --- | --- | --- |",
    ...stages.map(
      ({ environment, clients, connections }) =>
        `     | \`${environment}\` | \`${clients.apply}\`, \`${clients.preview}\` | \`${connections.apply}\`, \`${connections.preview}\` |`,
    ),
    "",
    "     Only approved jobs may change things: in GitHub the federated credential of the first names the environment of the stage,",
    '     in Azure DevOps its service connection has the check "Branch control" for the main branch. Service connections have',
    "     exactly these names: a pipeline cannot take them from a variable.",
    `   - In Azure DevOps, \`.azuredevops/infra-${cloudTarget ?? ""}.yaml\` is a build validation policy of the main branch, for \`infra/*\`.`,
  ];
}

function quotedNames(names: readonly string[]): string {
  return [...new Set(names)]
    .toSorted()
    .map((name) => `\`${name}\``)
    .join(", ");
}

const kustomizeAdvice =
  "2. What the estate cannot say goes into `overrides/` beside a leaf: a Kustomize `Component` of your own, which comes last\n   and which no render ever touches. Render once after creating it.";
const infraFolders = {
  bicep: "bicep",
  terraform: "terraform",
  pulumi: "pulumi",
  serviceOperator: "service-operator",
  crossplane: "crossplane",
} as const;
const helmAdvice =
  "2. What the estate cannot say goes into `overrides/values.yaml` beside a leaf, the last values of its release, which no\n   render ever touches; or into the manifests that the source reads.";

function folderRows({ packaging, agent, cloudTarget, sourceFolder, hasCopy }: RepositoryShape): readonly string[] {
  const isKustomize = packaging === "kustomize";
  return [
    ...(sourceFolder === undefined ? [] : [`| \`${sourceFolder}\` | the source: what people edit |`]),
    ...(hasCopy
      ? ["| `estate` | the documents that declare clusters, tenants, applications and stores, as a copy |"]
      : []),
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
      : [`| \`infra/${infraFolders[cloudTarget]}\` | clusters, identities, data stores and networks |`]),
    "| `.github`, `.azuredevops` | checks, promotion, forms and owners |",
    "| `pipelines` | what the pipelines of both hosts run |",
    "| `.scantling` | what the last render wrote; by it, edits are noticed |",
  ];
}

function countAt({ units }: RepositoryShape, cluster: string): number {
  return units.filter(({ tree, leaves }) => tree === "apps" && leaves.some((leaf) => leaf.cluster === cluster)).length;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
