import { yamlText } from "../repository/yaml-text.ts";
import { approvals } from "./approvals.ts";
import { buildCommands, renderCommand } from "./check-script.ts";
import type { RepositoryShape } from "./repository-shape.ts";

const pool = { vmImage: "ubuntu-24.04" };

/** The same checks for Azure DevOps: a build validation policy of the main branch makes them required. */
export function azurePipelineText(shape: RepositoryShape): string {
  return yamlText({
    trigger: "none",
    pool,
    steps: [
      { bash: script(["set -euo pipefail", ...buildCommands(shape)]), displayName: "Build every leaf" },
      {
        bash: renderCommand(shape),
        displayName: "Compare with the estate",
        condition: "and(succeeded(), ne(variables['ESTATE_FOLDER'], ''))",
        env: { ESTATE: "$(ESTATE_FOLDER)" },
      },
    ],
  });
}

/** Stages in the order of promotion; each deployment job waits for the approvals of its environment. */
export function azurePromotionText(shape: RepositoryShape): string {
  const stages = approvals(shape.estate);
  return yamlText({
    trigger: "none",
    parameters: [
      { name: "application", type: "string" },
      { name: "version", type: "string" },
    ],
    stages: stages.map(({ environment, reviewers, needsPlatform, because }, index) => {
      const before = stages[index - 1];
      const people = `${reviewers} approvals${needsPlatform ? " and the platform's" : ""}`;
      return {
        stage: stageName(environment),
        displayName: `${environment} (${people}: ${because})`,
        dependsOn: before === undefined ? [] : [stageName(before.environment)],
        jobs: [
          {
            deployment: "promote",
            pool,
            environment,
            strategy: {
              runOnce: {
                deploy: {
                  steps: [{ checkout: "self" }, { bash: script(noteCommands(environment)), displayName: "Promote" }],
                },
              },
            },
          },
        ],
      };
    }),
  });
}

function noteCommands(environment: string): readonly string[] {
  return [
    "set -euo pipefail",
    `git switch -c "promote/\${{ parameters.application }}/\${{ parameters.version }}/${environment}"`,
    `(cd "$ESTATE_FOLDER/apps/\${{ parameters.application }}/overlays/${environment}" && kustomize edit set image "\${{ parameters.application }}=*:\${{ parameters.version }}")`,
    'npx scantling render "$ESTATE_FOLDER" --to . --force',
    `git commit --all --message "\${{ parameters.application }} \${{ parameters.version }} to ${environment}"`,
    "git push origin HEAD && az repos pr create --auto-complete false",
  ];
}

/** Stages are called by letters, digits and underscores. */
function stageName(environment: string): string {
  return environment.replaceAll("-", "_");
}

function script(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
