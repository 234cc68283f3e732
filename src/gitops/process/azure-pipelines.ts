import { runnerImage } from "../../catalog/pipeline-tools.ts";
import { approvals } from "./approvals.ts";
import { promotedApplications, pushBranch, scripts } from "./pipeline-scripts.ts";
import type { RepositoryShape } from "./repository-shape.ts";

/**
 * Variables come from the group `estate`: Azure DevOps gives them to scripts as variables of the environment, and a variable
 * that nobody set stays empty.
 */
const begin = ["variables:", "  - group: estate", "", "pool:", `  vmImage: ${runnerImage}`, ""];

/** The same checks for Azure DevOps: a build validation policy of the main branch makes them required. */
export function azurePipelineText({ sourceFolder }: RepositoryShape): string {
  return text([
    "# Runs as a build validation policy of the main branch.",
    "trigger: none",
    "",
    ...begin,
    "steps:",
    "  - checkout: self",
    `  - bash: bash ${scripts.build}`,
    "    displayName: Build every leaf",
    `  - bash: bash ${scripts.compare}`,
    "    displayName: Compare with the source",
    ...(sourceFolder === undefined ? ["    condition: and(succeeded(), ne(variables['ESTATE_FOLDER'], ''))"] : []),
  ]);
}

/**
 * The same promotion; the environment that is chosen holds the approvals. Undefined where nothing can be promoted by itself.
 */
export function azurePromotionText({ estate, promotions }: RepositoryShape): string | undefined {
  if (promotions.length === 0) return undefined;
  const environments = approvals(estate).map(({ environment }) => environment);
  return text([
    "trigger: none",
    "pr: none",
    "",
    "parameters:",
    ...parameter("application", promotedApplications(promotions)),
    ...parameter("environment", environments),
    ...parameter("image"),
    ...parameter("version"),
    "",
    ...begin,
    "jobs:",
    "  - deployment: promote",
    "    displayName: Promote",
    `    environment: ${expression("parameters.environment")}`,
    "    strategy:",
    "      runOnce:",
    "        deploy:",
    "          steps:",
    "            - checkout: self",
    `            - bash: bash ${scripts.promote}`,
    "              displayName: Move the version",
    "              env:",
    ...["application", "environment", "image", "version"].map(
      (name) => `                ${name.toUpperCase()}: ${expression(`parameters.${name}`)}`,
    ),
    "            - bash: |",
    "                set -euo pipefail",
    '                export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader GIT_CONFIG_VALUE_0="AUTHORIZATION: bearer $AZURE_DEVOPS_EXT_PAT"',
    `                ${pushBranch}`,
    '                az repos pr create --detect --source-branch "$(git branch --show-current)" --title "$APPLICATION $VERSION to $ENVIRONMENT"',
    "              displayName: Open the pull request",
    "              env:",
    ...["application", "environment", "version"].map(
      (name) => `                ${name.toUpperCase()}: ${expression(`parameters.${name}`)}`,
    ),
    "                AZURE_DEVOPS_EXT_PAT: $(System.AccessToken)",
  ]).replace("", "");
}

function parameter(name: string, values: readonly string[] = []): readonly string[] {
  return [
    `  - name: ${name}`,
    "    type: string",
    ...(values.length === 0 ? [] : ["    values:", ...values.map((value) => `      - ${JSON.stringify(value)}`)]),
  ];
}

/** Expanded by Azure DevOps before the pipeline runs: only ever into variables, never into a script. */
function expression(of: string): string {
  return `\${{ ${of} }}`;
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
