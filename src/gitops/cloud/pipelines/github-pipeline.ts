import { pinnedAction, runnerImage, terraformVersion } from "../../../catalog/pipeline-tools.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import {
  APPROVED_PLAN,
  NO_SECRET,
  type PipelineStage,
  type PushTarget,
  SHOWN_PLAN,
  stageCommands,
} from "./pipeline-stage.ts";

/**
 * The workflow of GitHub: previews on the pull request; on the main branch stage after stage a preview that is approved in
 * the environment of the stage and then done as it was; and each night a look for drift.
 */
export function githubPipeline(target: PushTarget, stages: readonly PipelineStage[]): RepositoryFile {
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
  const isSaved = target === "terraform";
  const after = stage.after.map((id) => `apply_${id}`);
  return [
    ...job(`preview_${stage.id}`, stage, {
      needs: after,
      condition: previewCondition(after),
      commands: commands.preview,
      target,
      after: isSaved
        ? [
            `      - uses: ${pinnedAction("actions/upload-artifact")}`,
            "        if: github.event_name == 'push'",
            "        with:",
            `          name: ${artifact}`,
            `          path: ${stage.folder}/${SHOWN_PLAN}`,
            "          retention-days: 7",
          ]
        : [],
    }),
    ...job(`apply_${stage.id}`, stage, {
      needs: [`preview_${stage.id}`],
      condition: `!cancelled() && github.event_name == 'push' && needs.preview_${stage.id}.result == 'success'`,
      environment: stage.environment,
      commands: commands.apply,
      target,
      before: isSaved
        ? [
            `      - uses: ${pinnedAction("actions/download-artifact")}`,
            "        with:",
            `          name: ${artifact}`,
            `          path: ${stage.folder}`,
            `      - run: mv ${SHOWN_PLAN} ${APPROVED_PLAN}`,
            `        working-directory: ${stage.folder}`,
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

/**
 * A pull request previews every stage at once. On the main branch a stage is previewed when those before it are done: a plan
 * of before would be stale, and what it refers to may not be there yet.
 */
function previewCondition(after: readonly string[]): string {
  if (after.length === 0) return "github.event_name != 'schedule'";
  const done = after.map((job) => `needs.${job}.result == 'success'`).join(" && ");
  return `!cancelled() && (github.event_name == 'pull_request' || (github.event_name == 'push' && ${done}))`;
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
    `      - uses: ${pinnedAction("azure/login")}`,
    "        with:",
    `          client-id: ${given(clientOf(stage, how))}`,
    `          tenant-id: ${given("TENANT_ID")}`,
    `          subscription-id: ${given(stage.subscriptionVariable)}`,
  ];
  const terraform = how.target === "terraform";
  return [
    `  ${name}:`,
    `    if: \${{ ${how.condition} }}`,
    ...(how.needs.length === 0 ? [] : [`    needs: [${how.needs.join(", ")}]`]),
    `    runs-on: ${runnerImage}`,
    "    timeout-minutes: 120",
    ...(how.environment === undefined ? [] : [`    environment: ${how.environment}`]),
    "    env:",
    ...(terraform ? githubTerraformIdentity(stage, clientOf(stage, how)) : []),
    ...stage.variables.map((entry) => `      ${entry.name}: ${variableOf(entry, how.environment !== undefined)}`),
    "    steps:",
    `      - uses: ${pinnedAction("actions/checkout")}`,
    "        with:",
    "          persist-credentials: false",
    ...login,
    ...(terraform ? terraformSetup() : []),
    ...(how.before ?? []),
    "      - run: |",
    ...how.commands.map((command) => `          ${command}`),
    `        working-directory: ${stage.folder}`,
    ...(how.after ?? []),
  ];
}

function terraformSetup(): readonly string[] {
  return [
    `      - uses: ${pinnedAction("hashicorp/setup-terraform")}`,
    "        with:",
    `          terraform_version: "${terraformVersion}"`,
    "          terraform_wrapper: false",
  ];
}

/** What a pull request brings runs before anybody has looked at it: it gets no secret, and plans with a word in its place. */
function variableOf({ given: name, secure }: PipelineStage["variables"][number], isApproved: boolean): string {
  if (!secure) return given(name, "vars");
  if (isApproved) return given(name, "secrets");
  return `\${{ github.event_name == 'pull_request' && '${NO_SECRET}' || secrets.${name} }}`;
}

/** What a pull request runs must not be able to change anything: it previews as somebody else than the one who applies. */
function clientOf({ clients }: PipelineStage, { environment }: { readonly environment?: string }): string {
  return environment === undefined ? clients.preview : clients.apply;
}

function githubTerraformIdentity(stage: PipelineStage, client: string): readonly string[] {
  return [
    '      ARM_USE_OIDC: "true"',
    `      ARM_CLIENT_ID: ${given(client)}`,
    `      ARM_TENANT_ID: ${given("TENANT_ID")}`,
    `      TF_BACKEND_CONFIG: ${given(stage.backendVariable)}`,
  ];
}

/** A variable or secret of the repository. */
function given(name: string, from: "vars" | "secrets" = "vars"): string {
  return `\${{ ${from}.${name} }}`;
}
