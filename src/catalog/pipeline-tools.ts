import table from "./tables/pipeline-tools.json" with { type: "json" };

export const pipelineToolSources = table.sources;

/** Image of GitHub's and Azure DevOps' hosted machines that generated pipelines run on. */
export const runnerImage = table.runnerImage;

/** The version of Terraform that pipelines install. */
export const terraformVersion = table.terraformVersion;

/** An action of GitHub as `uses:` takes it: pinned to a commit, which nobody can move, with its release as a comment. */
export function pinnedAction(name: keyof typeof table.actions): string {
  const { commit, tag } = table.actions[name];
  return `${name}@${commit} # ${tag}`;
}
