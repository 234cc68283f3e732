import { environmentVariable } from "../bicep/print-bicep.ts";
import { deploymentPlan } from "../graph/deployment-plan.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { folderOf, subscriptionParameter } from "../graph/subscriptions.ts";
import { snake } from "../terraform/print-hcl.ts";

export type PushTarget = "bicep" | "terraform";

/** What a pipeline does for one subscription. */
export interface PipelineStage {
  /** Name of the job; a letter first, then letters, digits and underscores. */
  readonly id: string;
  readonly folder: string;
  /** Names of the variables that hold the ids of subscriptions, first its own. */
  readonly subscriptionVariable: string;
  /** Variables of the environment that the tool reads, with the variable of the pipeline that gives each. */
  readonly variables: readonly { readonly name: string; readonly given: string; readonly secure: boolean }[];
  /** Ids of stages that go first. */
  readonly after: readonly string[];
  readonly region: string;
}

/** One stage for each subscription, in the order in which they are deployed. */
export function pipelineStages(target: PushTarget, graph: ResourceGraph): readonly PipelineStage[] {
  const plans = deploymentPlan(graph);
  const ids = plans.map(({ subscription }) => subscriptionParameter(subscription));
  return plans.map((plan) => {
    const secure = new Map<string, boolean>([
      ...ids.map((name) => [name, false] as const),
      ...plan.parameters.map((entry) => [entry.$parameter, entry.secure] as const),
    ]);
    const variables = [...secure]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, isSecure]) => ({
        name: target === "terraform" ? `TF_VAR_${snake(name)}` : environmentVariable(name),
        given: environmentVariable(name),
        secure: isSecure,
      }));
    return {
      id: stageId(plan.subscription),
      folder: `infra/${target}/${folderOf(plan.subscription)}`,
      subscriptionVariable: environmentVariable(subscriptionParameter(plan.subscription)),
      variables,
      after: plan.after.map(stageId),
      region: plan.groups[0]?.location ?? "westeurope",
    };
  });
}

function stageId(subscription: string): string {
  return `s_${subscription.replaceAll(/[^A-Za-z0-9]+/g, "_")}`;
}

/** Commands of a stage, run in its folder. */
export interface StageCommands {
  /** Shows what would change; leaves `tfplan` where a plan is saved. */
  readonly preview: readonly string[];
  readonly apply: readonly string[];
  /** Fails where Azure is not what the repository says. */
  readonly drift: readonly string[];
}

export function stageCommands(target: PushTarget, { id, region }: PipelineStage): StageCommands {
  if (target === "terraform") {
    const init = 'terraform init -input=false -backend-config="$TF_BACKEND_CONFIG"';
    return {
      preview: [init, "terraform validate", "terraform plan -input=false -lock-timeout=5m -out=tfplan"],
      apply: [init, "terraform apply -input=false -lock-timeout=5m tfplan"],
      drift: [init, "terraform plan -input=false -lock=false -detailed-exitcode"],
    };
  }
  const deployment = `--name estate-${id.replaceAll("_", "-")} --location ${region} --parameters main.bicepparam`;
  return {
    preview: ["az bicep build --file main.bicep --stdout > /dev/null", `az deployment sub what-if ${deployment}`],
    apply: [`az deployment sub create ${deployment}`],
    drift: [
      `az deployment sub what-if ${deployment} --no-pretty-print > what-if.json`,
      `jq -e '[.changes[] | select(.changeType | IN("Create", "Modify", "Delete"))] | length == 0' what-if.json`,
    ],
  };
}
