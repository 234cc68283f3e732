import { runnerImage, terraformVersion } from "../../../catalog/pipeline-tools.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import {
  APPROVED_PLAN,
  NO_SECRET,
  type PipelineStage,
  type PushTarget,
  SHOWN_PLAN,
  type StageCommands,
  stageCommands,
} from "./pipeline-stage.ts";

/** The same pipeline for Azure DevOps: the environment of a stage holds its approval. */
export function azureDevOpsPipeline(target: PushTarget, stages: readonly PipelineStage[]): RepositoryFile {
  const lines = [
    `name: infra-${target}-$(Rev:r)`,
    "",
    "trigger:",
    "  branches: {include: [main]}",
    `  paths: {include: [infra/${target}]}`,
    "",
    "pr:",
    "  branches: {include: [main]}",
    `  paths: {include: [infra/${target}]}`,
    "",
    "schedules:",
    '  - cron: "17 3 * * *"',
    "    displayName: drift",
    "    branches: {include: [main]}",
    "    always: true",
    "",
    "variables:",
    "  - group: estate-infrastructure",
    ...secretVariables(stages),
    "",
    "pool:",
    `  vmImage: ${runnerImage}`,
    "",
    "stages:",
    ...stages.flatMap((stage) => stageLines(target, stage)),
  ];
  return { path: `.azuredevops/infra-${target}.yaml`, text: `${lines.join("\n")}\n`, tells: "Estate" };
}

/** What a pull request brings runs before anybody has looked at it: it gets no group of secrets, and a word in their place. */
function secretVariables(stages: readonly PipelineStage[]): readonly string[] {
  const secrets = stages.flatMap(({ variables }) => variables.filter(({ secure }) => secure).map(({ given }) => given));
  if (secrets.length === 0) return [];
  return [
    `  - \${{ if eq(variables['Build.Reason'], 'PullRequest') }}:`,
    ...[...new Set(secrets)].toSorted().flatMap((name) => [`    - name: ${name}`, `      value: ${NO_SECRET}`]),
    `  - \${{ else }}:`,
    "    - group: estate-infrastructure-secrets",
  ];
}

function stageLines(target: PushTarget, stage: PipelineStage): readonly string[] {
  const artifact = `plan-${stage.id}`;
  const isSaved = target === "terraform";
  const upload = [
    `          - publish: ${stage.folder}/${SHOWN_PLAN}`,
    `            artifact: ${artifact}`,
    "            condition: and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'))",
  ];
  const after = stage.after.map((id) => `apply_${id}`);
  const download = [
    "                - download: current",
    `                  artifact: ${artifact}`,
    `                - script: cp $(Pipeline.Workspace)/${artifact}/${SHOWN_PLAN} ${stage.folder}/${APPROVED_PLAN}`,
  ];
  return [
    `  - stage: preview_${stage.id}`,
    `    dependsOn: [${after.join(", ")}]`,
    `    condition: ${previewCondition(after)}`,
    "    jobs:",
    "      - job: preview",
    "        steps:",
    "          - checkout: self",
    ...step("preview", stage, target, "          "),
    ...(isSaved ? upload : []),
    `  - stage: apply_${stage.id}`,
    `    dependsOn: [preview_${stage.id}]`,
    `    condition: and(not(canceled()), eq(dependencies.preview_${stage.id}.result, 'Succeeded'), eq(variables['Build.SourceBranch'], 'refs/heads/main'), ne(variables['Build.Reason'], 'Schedule'))`,
    "    jobs:",
    "      - deployment: apply",
    `        environment: ${stage.environment}`,
    "        strategy:",
    "          runOnce:",
    "            deploy:",
    "              steps:",
    "                - checkout: self",
    ...(isSaved ? download : []),
    ...step("apply", stage, target, "                "),
    `  - stage: drift_${stage.id}`,
    "    dependsOn: []",
    "    condition: eq(variables['Build.Reason'], 'Schedule')",
    "    jobs:",
    "      - job: drift",
    "        steps:",
    "          - checkout: self",
    ...step("drift", stage, target, "          "),
  ];
}

/** As on GitHub: previewed at once on a pull request, after the stages before it on the main branch. */
function previewCondition(after: readonly string[]): string {
  if (after.length === 0) return "ne(variables['Build.Reason'], 'Schedule')";
  const done = after.map((stage) => `eq(dependencies.${stage}.result, 'Succeeded')`).join(", ");
  const isReady = `or(eq(variables['Build.Reason'], 'PullRequest'), and(true, ${done}))`;
  return `and(not(canceled()), ne(variables['Build.Reason'], 'Schedule'), ${isReady})`;
}

/** The image has no Terraform: a published release, checked against its sums. */
function terraformSetup(indent: string): readonly string[] {
  const release = `https://releases.hashicorp.com/terraform/${terraformVersion}`;
  const archive = `terraform_${terraformVersion}_linux_amd64.zip`;
  return [
    `${indent}- bash: |`,
    `${indent}    set -euo pipefail`,
    `${indent}    cd "$AGENT_TEMPDIRECTORY"`,
    `${indent}    curl -fsSLO ${release}/${archive}`,
    `${indent}    curl -fsSL ${release}/terraform_${terraformVersion}_SHA256SUMS | grep ${archive} | sha256sum --check`,
    `${indent}    unzip -oq ${archive} terraform -d bin`,
    `${indent}    echo "##vso[task.prependpath]$AGENT_TEMPDIRECTORY/bin"`,
    `${indent}  displayName: Terraform ${terraformVersion}`,
  ];
}

function step(kind: keyof StageCommands, stage: PipelineStage, target: PushTarget, indent: string): readonly string[] {
  const inner = `${indent}    `;
  // What a pull request runs must not be able to change anything.
  const connection = kind === "apply" ? stage.connections.apply : stage.connections.preview;
  const identity =
    target === "terraform"
      ? ["export ARM_USE_OIDC=true ARM_CLIENT_ID=$servicePrincipalId ARM_TENANT_ID=$tenantId ARM_OIDC_TOKEN=$idToken"]
      : [];
  return [
    ...(target === "terraform" ? terraformSetup(indent) : []),
    `${indent}- task: AzureCLI@2`,
    `${indent}  inputs:`,
    `${inner}azureSubscription: ${connection}`,
    `${inner}scriptType: bash`,
    `${inner}scriptLocation: inlineScript`,
    `${inner}addSpnToEnvironment: true`,
    `${inner}workingDirectory: ${stage.folder}`,
    `${inner}inlineScript: |`,
    ...["set -euo pipefail", ...identity, ...stageCommands(target, stage)[kind]].map(
      (command) => `${inner}  ${command}`,
    ),
    `${indent}  env:`,
    ...(target === "terraform" ? [`${inner}TF_BACKEND_CONFIG: $(${stage.backendVariable})`] : []),
    ...stage.variables.map(({ name, given }) => `${inner}${name}: $(${given})`),
  ];
}
