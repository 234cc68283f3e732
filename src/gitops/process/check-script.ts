import type { RepositoryShape } from "./repository-shape.ts";

/** Builds every leaf as the clusters will; a leaf that does not build stops the pull request. */
export function buildCommands({ packaging }: RepositoryShape): readonly string[] {
  if (packaging === "helm") {
    return [
      "find apps platform -name Chart.yaml -printf '%h\\n' | sort | while read -r chart; do",
      '  helm lint --strict "$chart"',
      "done",
    ];
  }
  return [
    "find clusters -path '*/apps/*' -name kustomization.yaml -printf '%h\\n' | grep -v /overrides | sort | while read -r leaf; do",
    '  echo "$leaf"',
    '  kubectl kustomize "$leaf" > /dev/null',
    "done",
  ];
}

/** Says what was edited by hand and what the estate would write otherwise. */
export function renderCommand({ packaging, agent, cloudTarget }: RepositoryShape): string {
  const cloud = cloudTarget === undefined ? "" : ` --cloud ${cloudTarget}`;
  return `npx scantling render "$ESTATE" --to . --packaging ${packaging} --agent ${agent}${cloud} --diff`;
}
