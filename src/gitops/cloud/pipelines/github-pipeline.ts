import type { RepositoryFile } from "../../repository/repository-file.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { type PipelineStage, type PushTarget, pipelineStages, stageCommands } from "./pipeline-stage.ts";

/**
 * The workflow of GitHub: a preview on the pull request, a preview that is approved in the environment `infrastructure`
 * and then done as it was, and each night a look for drift.
 */
export function githubPipeline(target: PushTarget, graph: ResourceGraph): RepositoryFile {
  const stages = pipelineStages(target, graph);
  const lines = [
    `name: Infrastructure by ${target === "bicep" ? "Bicep" : "Terraform"}`,
    "",
    "on:",
    "  pull_request:",
    `    paths: ["infra/${target}/**"]`,
    "  push:",
    "    branches: [main]",
    `    paths: ["infra/${target}/**"]`,
    "  schedule:",
    '    - cron: "17 3 * * *"',
    "",
    "permissions:",
    "  contents: read",
    "  id-token: write",
    "",
    "concurrency:",
    `  group: infra-${target}-\${{ github.ref }}`,
    "  cancel-in-progress: false",
    "",
    "jobs:",
    ...stages.flatMap((stage) => stageJobs(target, stage)),
  ];
  return { path: `.github/workflows/infra-${target}.yaml`, text: `${lines.join("\n")}\n`, tells: "Estate" };
}

function stageJobs(target: PushTarget, stage: PipelineStage): readonly string[] {
  const commands = stageCommands(target, stage);
  const artifact = `plan-${stage.id}`;
  const path = `${stage.folder}/tfplan`;
  const isSaved = target === "terraform";
  const after = stage.after.map((id) => `apply_${id}`);
  return [
    ...job(`preview_${stage.id}`, stage, {
      needs: [],
      condition: "github.event_name != 'schedule'",
      commands: commands.preview,
      target,
      after: isSaved
        ? [
            "      - uses: actions/upload-artifact@v4",
            "        with:",
            `          name: ${artifact}`,
            `          path: ${path}`,
          ]
        : [],
    }),
    ...job(`apply_${stage.id}`, stage, {
      needs: [`preview_${stage.id}`, ...after],
      condition: "github.event_name == 'push'",
      environment: "infrastructure",
      commands: commands.apply,
      target,
      before: isSaved
        ? [
            "      - uses: actions/download-artifact@v4",
            "        with:",
            `          name: ${artifact}`,
            `          path: ${stage.folder}`,
          ]
        : [],
    }),
    ...job(`drift_${stage.id}`, stage, {
      needs: [],
      condition: "github.event_name == 'schedule'",
      commands: commands.drift,
      target,
    }),
  ];
}

function job(
  name: string,
  stage: PipelineStage,
  how: {
    readonly needs: readonly string[];
    readonly condition: string;
    readonly environment?: string;
    readonly commands: readonly string[];
    readonly target: PushTarget;
    readonly before?: readonly string[];
    readonly after?: readonly string[];
  },
): readonly string[] {
  const login = [
    "      - uses: azure/login@v2",
    "        with:",
    `          client-id: ${given("AZURE_CLIENT_ID")}`,
    `          tenant-id: ${given("TENANT_ID")}`,
    `          subscription-id: ${given(stage.subscriptionVariable)}`,
  ];
  const terraform = how.target === "terraform";
  return [
    `  ${name}:`,
    `    if: ${how.condition}`,
    ...(how.needs.length === 0 ? [] : [`    needs: [${how.needs.join(", ")}]`]),
    "    runs-on: ubuntu-24.04",
    ...(how.environment === undefined ? [] : [`    environment: ${how.environment}`]),
    "    env:",
    ...(terraform ? githubTerraformIdentity(stage) : []),
    ...stage.variables.map((entry) => `      ${entry.name}: ${given(entry.given, entry.secure ? "secrets" : "vars")}`),
    "    steps:",
    "      - uses: actions/checkout@v4",
    ...login,
    ...(terraform ? ["      - uses: hashicorp/setup-terraform@v3"] : []),
    ...(how.before ?? []),
    "      - run: |",
    ...how.commands.map((command) => `          ${command}`),
    `        working-directory: ${stage.folder}`,
    ...(how.after ?? []),
  ];
}

function githubTerraformIdentity(stage: PipelineStage): readonly string[] {
  return [
    '      ARM_USE_OIDC: "true"',
    `      ARM_CLIENT_ID: ${given("AZURE_CLIENT_ID")}`,
    `      ARM_TENANT_ID: ${given("TENANT_ID")}`,
    `      TF_BACKEND_CONFIG: ${given(`TF_BACKEND_CONFIG_${stage.id.toUpperCase()}`)}`,
  ];
}

/** A variable or secret of the repository. */
function given(name: string, from: "vars" | "secrets" = "vars"): string {
  return `\${{ ${from}.${name} }}`;
}
