import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { listed, shorten } from "./wording.ts";

export const replacedByForce: DiagnosticRule<{ readonly files: readonly string[] }> = {
  code: "EST-995",
  name: "replaced-by-force",
  severity: "warning",
  message: ({ files }) =>
    `--force replaces ${files.length === 1 ? "a file that was" : `${files.length} files that were`} not written by a render, edited by hand or not committed: ${files.map(shorten).join(", ")}.`,
  hint: () => "Look at them with --force --diff first; what is committed can be brought back with git restore.",
};

export const ownersToExist: DiagnosticRule<{
  readonly organisation: string | undefined;
  readonly teams: readonly string[];
}> = {
  code: "EST-996",
  name: "owners-to-exist",
  severity: "note",
  message: ({ organisation, teams }) =>
    organisation === undefined
      ? `CODEOWNERS names nobody yet, as the address of the repository names no organisation of GitHub: ${listed(teams)} will be teams of it.`
      : `CODEOWNERS names teams that have to exist in ${shorten(organisation)}, with write access: ${listed(teams)}.`,
  hint: ({ organisation }) =>
    organisation === undefined
      ? 'Render with --repository https://github.com/ORGANISATION/REPOSITORY, or name owners by handle: entraGroup: "@organisation/team".'
      : 'Create the teams, or name others in Tenant.spec.owners: entraGroup: "@organisation/team".',
};

export const productionNotLast: DiagnosticRule<{ readonly subscription: string; readonly before: string }> = {
  code: "EST-997",
  name: "production-not-last",
  severity: "warning",
  message: ({ subscription, before }) =>
    `The pipelines bring ${shorten(subscription)} to Azure before ${shorten(before)}, which is less critical: resources there need what cannot be deployed apart from it.`,
  hint: () => "Give what both need a place of its own, or let the less critical one refer to nothing of the other.",
};

export const foldersNested: DiagnosticRule<{ readonly source: string; readonly repository: string }> = {
  code: "EST-998",
  name: "folders-nested",
  severity: "error",
  message: ({ source, repository }) =>
    `The repository ${shorten(repository)} cannot be written where its own source ${shorten(source)} is read: the next render would read what this one wrote.`,
  hint: () =>
    "Name another folder with --to. A source inside the repository has to have a folder of its own, which no render writes to, such as source/.",
};

export const targetNotReadBack: DiagnosticRule<{ readonly target: string; readonly reason: string }> = {
  code: "EST-999",
  name: "cloud-target-not-read-back",
  severity: "warning",
  message: ({ target, reason }) => `What is written for ${target} was not read back: ${reason}.`,
  hint: () =>
    "Verify with another --cloud to have the resources themselves proven; they are the same for every target.",
};

export const valuesMissing: DiagnosticRule<{ readonly file: string; readonly names: readonly string[] }> = {
  code: "EST-949",
  name: "values-to-fill-in-missing",
  severity: "warning",
  message: ({ file, names }) =>
    `${shorten(file)} belongs to you and lacks ${listed(names)}, which is read from it now.`,
  hint: () => "Add them below data; a render writes the file only where there is none.",
};

export const oneStageForAll: DiagnosticRule<{
  readonly subscription: string;
  readonly environments: readonly string[];
}> = {
  code: "EST-948",
  name: "one-stage-for-all",
  severity: "warning",
  message: ({ subscription, environments }) =>
    `Clusters of ${listed(environments)} share subscription ${shorten(subscription)}: the pipelines bring a change of the infrastructure to all of them at once.`,
  hint: () => "Give the clusters of production a subscription of their own: Cluster.spec.subscription.",
};

export const renderDiagnosticRules = [
  oneStageForAll,
  valuesMissing,
  replacedByForce,
  ownersToExist,
  productionNotLast,
  foldersNested,
  targetNotReadBack,
] as const;
