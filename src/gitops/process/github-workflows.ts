import { yamlText } from "../repository/yaml-text.ts";
import { approvals } from "./approvals.ts";
import { buildCommands, renderCommand } from "./check-script.ts";
import type { RepositoryShape } from "./repository-shape.ts";

const runner = "ubuntu-24.04";
const checkout = { uses: "actions/checkout@v4" };
const node = { uses: "actions/setup-node@v4", with: { "node-version": "24" } };

/** Checks that a pull request has to pass: every leaf builds, and the files are those that the estate gives. */
export function requiredChecksText(shape: RepositoryShape): string {
  return yamlText({
    name: "checks",
    on: { pull_request: {} },
    permissions: { contents: "read" },
    env: { ESTATE: expression("vars.ESTATE_FOLDER") },
    jobs: {
      build: { "runs-on": runner, steps: [checkout, { name: "Build every leaf", run: script(buildCommands(shape)) }] },
      rendered: {
        "runs-on": runner,
        if: "vars.ESTATE_FOLDER != ''",
        steps: [checkout, node, { name: "Compare with the estate", run: renderCommand(shape) }],
      },
    },
  });
}

/**
 * Promotion: the change of one environment is opened as a pull request for the next one. The environments of GitHub hold
 * the approvals: as many reviewers as the criticality asks for.
 */
export function promotionWorkflowText(shape: RepositoryShape): string {
  const stages = approvals(shape.estate);
  const jobs = stages.map((stage, index): [string, unknown] => {
    const before = stages[index - 1];
    return [
      stage.environment,
      {
        "runs-on": runner,
        ...(before === undefined ? {} : { needs: [before.environment] }),
        environment: stage.environment,
        steps: [
          checkout,
          { name: `Move the version into ${stage.environment}`, run: script(promoteCommands(stage.environment)) },
        ],
      },
    ];
  });
  return yamlText({
    name: "promote",
    on: {
      workflow_dispatch: {
        inputs: {
          application: { description: "Application to promote", required: true },
          image: { description: "Image without its tag", required: true },
          version: { description: "Tag or digest", required: true },
        },
      },
    },
    permissions: { contents: "write", "pull-requests": "write" },
    concurrency: { group: `promote-${expression("inputs.application")}`, "cancel-in-progress": false },
    env: {
      APPLICATION: expression("inputs.application"),
      IMAGE: expression("inputs.image"),
      VERSION: expression("inputs.version"),
      ESTATE: expression("vars.ESTATE_FOLDER"),
      GH_TOKEN: expression("github.token"),
    },
    jobs: Object.fromEntries(jobs),
  });
}

/** The version is set where the estate reads it; the render that follows is part of the same pull request. */
function promoteCommands(environment: string): readonly string[] {
  return [
    "set -euo pipefail",
    `branch="promote/$APPLICATION/$VERSION/${environment}"`,
    'git switch -c "$branch"',
    `(cd "$ESTATE/apps/$APPLICATION/overlays/${environment}" && kustomize edit set image "$IMAGE=$IMAGE:$VERSION")`,
    'npx scantling render "$ESTATE" --to . --force',
    `git add --all && git commit --message "$APPLICATION $VERSION to ${environment}"`,
    'git push origin "$branch" && gh pr create --fill',
  ];
}

function script(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

/** Evaluated by GitHub when the workflow runs. */
function expression(text: string): string {
  return `\${{ ${text} }}`;
}
