import { pinnedAction, runnerImage } from "../../catalog/pipeline-tools.ts";
import { approvals } from "./approvals.ts";
import { promotedApplications, pushBranch, scripts } from "./pipeline-scripts.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/** Checks that a pull request has to pass: every leaf builds, and the files are those that the source gives. */
export function requiredChecksText({ sourceFolder }: RepositoryShape): string {
  return text([
    "name: checks",
    "",
    "on:",
    "  pull_request:",
    "",
    "permissions:",
    "  contents: read",
    "",
    "concurrency:",
    `  group: checks-${expression("github.ref")}`,
    "  cancel-in-progress: true",
    "",
    "jobs:",
    "  build:",
    `    runs-on: ${runnerImage}`,
    "    timeout-minutes: 30",
    "    steps:",
    ...checkout,
    "      - name: Build every leaf",
    `        run: bash ${scripts.build}`,
    "  rendered:",
    ...(sourceFolder === undefined ? [`    if: ${expression("vars.ESTATE_FOLDER != ''")}`] : []),
    `    runs-on: ${runnerImage}`,
    "    timeout-minutes: 30",
    "    env:",
    ...toolVariables,
    "    steps:",
    ...checkout,
    "      - name: Compare with the source",
    `        run: bash ${scripts.compare}`,
  ]);
}

/**
 * Promotion: a version is moved into one environment by a pull request; the environment of GitHub holds the approvals, and
 * the script refuses what the environment before does not have. Undefined where nothing can be promoted by itself.
 */
export function promotionWorkflowText({ estate, promotions }: RepositoryShape): string | undefined {
  if (promotions.length === 0) return undefined;
  return text([
    "name: promote",
    "",
    "on:",
    "  workflow_dispatch:",
    "    inputs:",
    ...choice("application", "Application to promote", promotedApplications(promotions)),
    ...choice(
      "environment",
      "Environment that it goes to",
      approvals(estate).map(({ environment }) => environment),
    ),
    ...input("image", "Image without its tag"),
    ...input("version", "Tag, or digest as sha256:..."),
    "",
    "permissions:",
    "  contents: write",
    "  pull-requests: write",
    "",
    "concurrency:",
    `  group: promote-${expression("inputs.application")}`,
    "  cancel-in-progress: false",
    "",
    "jobs:",
    "  promote:",
    `    runs-on: ${runnerImage}`,
    "    timeout-minutes: 30",
    `    environment: ${expression("inputs.environment")}`,
    "    env:",
    `      APPLICATION: ${expression("inputs.application")}`,
    `      ENVIRONMENT: ${expression("inputs.environment")}`,
    `      IMAGE: ${expression("inputs.image")}`,
    `      VERSION: ${expression("inputs.version")}`,
    ...toolVariables,
    "    steps:",
    ...checkout,
    "      - name: Move the version",
    `        run: bash ${scripts.promote}`,
    "      - name: Open the pull request",
    "        run: |",
    "          gh auth setup-git",
    `          ${pushBranch}`,
    '          gh pr create --title "$APPLICATION $VERSION to $ENVIRONMENT" --body "Image $IMAGE, by $GITHUB_ACTOR."',
    "        env:",
    "          # With the token of the workflow alone, the checks of the pull request would not start: see README.md.",
    `          GH_TOKEN: ${promotionToken}`,
  ]);
}

const promotionToken = expression("secrets.PROMOTION_TOKEN || github.token");

const toolVariables = ["SCANTLING_REPOSITORY", "SCANTLING_COMMIT", "ESTATE_FOLDER"].map(
  (name) => `      ${name}: ${expression(`vars.${name}`)}`,
);

/** No token stays on the disk, where everything that runs afterwards could read it. */
const checkout = [
  `      - uses: ${pinnedAction("actions/checkout")}`,
  "        with:",
  "          persist-credentials: false",
];

function input(name: string, description: string): readonly string[] {
  return [`      ${name}:`, `        description: ${JSON.stringify(description)}`, "        required: true"];
}

function choice(name: string, description: string, options: readonly string[]): readonly string[] {
  return [
    ...input(name, description),
    "        type: choice",
    "        options:",
    ...options.map((option) => `          - ${JSON.stringify(option)}`),
  ];
}

/** Evaluated by GitHub when the workflow runs. */
function expression(of: string): string {
  return `\${{ ${of} }}`;
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
