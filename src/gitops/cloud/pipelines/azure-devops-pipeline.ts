import type { RepositoryFile } from "../../repository/repository-file.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { type PipelineStage, type PushTarget, pipelineStages, stageCommands } from "./pipeline-stage.ts";

/** The same pipeline for Azure DevOps: the environment `infrastructure` holds the approval. */
export function azureDevOpsPipeline(target: PushTarget, graph: ResourceGraph): RepositoryFile {
  const stages = pipelineStages(target, graph);
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
    "# Ids and secrets of the estate; SERVICE_CONNECTION names the connection of each subscription.",
    "variables:",
    "  - group: estate-infrastructure",
    "",
    "pool:",
    "  vmImage: ubuntu-24.04",
    "",
    "stages:",
    ...stages.flatMap((stage) => stageLines(target, stage)),
  ];
  return { path: `.azuredevops/infra-${target}.yaml`, text: `${lines.join("\n")}\n`, tells: "Estate" };
}

function stageLines(target: PushTarget, stage: PipelineStage): readonly string[] {
  const commands = stageCommands(target, stage);
  const artifact = `plan-${stage.id}`;
  const isSaved = target === "terraform";
  const upload = [`          - publish: ${stage.folder}/tfplan`, `            artifact: ${artifact}`];
  const download = [
    "                - download: current",
    `                  artifact: ${artifact}`,
    `                - script: cp $(Pipeline.Workspace)/${artifact}/tfplan ${stage.folder}/tfplan`,
  ];
  return [
    `  - stage: preview_${stage.id}`,
    "    dependsOn: []",
    "    condition: ne(variables['Build.Reason'], 'Schedule')",
    "    jobs:",
    "      - job: preview",
    "        steps:",
    "          - checkout: self",
    ...step(commands.preview, stage, target, "          "),
    ...(isSaved ? upload : []),
    `  - stage: apply_${stage.id}`,
    `    dependsOn: [${[`preview_${stage.id}`, ...stage.after.map((id) => `apply_${id}`)].join(", ")}]`,
    "    condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'), ne(variables['Build.Reason'], 'Schedule'))",
    "    jobs:",
    "      - deployment: apply",
    "        environment: infrastructure",
    "        strategy:",
    "          runOnce:",
    "            deploy:",
    "              steps:",
    "                - checkout: self",
    ...(isSaved ? download : []),
    ...step(commands.apply, stage, target, "                "),
    `  - stage: drift_${stage.id}`,
    "    dependsOn: []",
    "    condition: eq(variables['Build.Reason'], 'Schedule')",
    "    jobs:",
    "      - job: drift",
    "        steps:",
    "          - checkout: self",
    ...step(commands.drift, stage, target, "          "),
  ];
}

function step(
  commands: readonly string[],
  stage: PipelineStage,
  target: PushTarget,
  indent: string,
): readonly string[] {
  const suffix = stage.id.toUpperCase();
  const inner = `${indent}    `;
  const identity =
    target === "terraform"
      ? ["export ARM_USE_OIDC=true ARM_CLIENT_ID=$servicePrincipalId ARM_TENANT_ID=$tenantId ARM_OIDC_TOKEN=$idToken"]
      : [];
  return [
    `${indent}- task: AzureCLI@2`,
    `${indent}  inputs:`,
    `${inner}azureSubscription: $(SERVICE_CONNECTION_${suffix})`,
    `${inner}scriptType: bash`,
    `${inner}scriptLocation: inlineScript`,
    `${inner}addSpnToEnvironment: true`,
    `${inner}workingDirectory: ${stage.folder}`,
    `${inner}inlineScript: |`,
    ...["set -euo pipefail", ...identity, ...commands].map((command) => `${inner}  ${command}`),
    `${indent}  env:`,
    ...(target === "terraform" ? [`${inner}TF_BACKEND_CONFIG: $(TF_BACKEND_CONFIG_${suffix})`] : []),
    ...stage.variables.map(({ name, given }) => `${inner}${name}: $(${given})`),
  ];
}
