import { environmentVariable } from "../bicep/print-bicep.ts";
import { deploymentPlan, type SubscriptionPlan } from "../graph/deployment-plan.ts";
import { folderOf, subscriptionParameter } from "../graph/subscriptions.ts";
import { snake } from "../terraform/print-hcl.ts";
import type { Criticality, StagedGraph } from "./staged-graph.ts";

export type PushTarget = "bicep" | "terraform";

/** What a pull request has in the place of a secret; it satisfies the rules for passwords. */
export const NO_SECRET = "No-secret-for-pull-requests-1";

/** What was shown to who approves, and with what the plan that is applied is compared. Neither holds a secret. */
export const SHOWN_PLAN = "plan.txt";
export const APPROVED_PLAN = "approved-plan.txt";

/** What a pipeline does for one subscription, or for the part of one that is deployed apart. */
export interface PipelineStage {
  /** Name of the job; a letter first, then letters, digits and underscores. */
  readonly id: string;
  /** Its subscription, or the name of the part that is deployed apart. */
  readonly subscription: string;
  readonly folder: string;
  /** Environment of GitHub or Azure DevOps that holds the approval. */
  readonly environment: string;
  /** Name of the variable that holds the id of the subscription. */
  readonly subscriptionVariable: string;
  /** Variables with the client ids of its identities in GitHub: one may change what the stage holds, one may only look. */
  readonly clients: { readonly apply: string; readonly preview: string };
  /** Its service connections in Azure DevOps. */
  readonly connections: { readonly apply: string; readonly preview: string };
  /** Name of the variable that says where Terraform keeps the state. */
  readonly backendVariable: string;
  /** Variables of the environment that the tool reads, with the variable of the pipeline that gives each. */
  readonly variables: readonly { readonly name: string; readonly given: string; readonly secure: boolean }[];
  /** Ids of stages that go first. */
  readonly after: readonly string[];
  readonly region: string;
}

/** A subscription that comes before a less critical one, since resources there need it. */
interface Inversion {
  readonly subscription: string;
  readonly before: string;
}

interface StageOrder {
  /** In the order in which they are deployed. */
  readonly plans: readonly SubscriptionPlan[];
  /** What goes first, by subscription: what is needed, and all that is less critical. */
  readonly after: ReadonlyMap<string, readonly string[]>;
  readonly inversions: readonly Inversion[];
}

/** The order in which subscriptions are deployed: what others need first, then the less critical before the more. */
export function stageOrder({ graph }: StagedGraph, criticality: Criticality): StageOrder {
  const plans = deploymentPlan(graph);
  const names = plans.map(({ subscription }) => subscription);
  const after = new Map(names.map((name): [string, string[]] => [name, []]));
  // What goes round stays in the order of the plans: a pipeline that waits for itself is none.
  const wait = (name: string, other: string): boolean => {
    if (reaches(after, other, name)) return false;
    after.get(name)?.push(other);
    return true;
  };
  for (const { subscription, after: needed } of plans) for (const name of needed) wait(subscription, name);
  const isLess = (one: string, other: string) => (criticality.get(one) ?? Infinity) < (criticality.get(other) ?? -1);
  const inversions = names.flatMap((subscription) =>
    names
      .filter((before) => isLess(before, subscription) && !wait(subscription, before))
      .map((before) => ({ subscription, before })),
  );
  const depth = ({ subscription }: SubscriptionPlan) =>
    names.filter((name) => reaches(after, subscription, name)).length;
  return { plans: plans.toSorted((left, right) => depth(left) - depth(right)), after, inversions };
}

/** True where one has to wait for the other, at whatever distance; also for itself. */
function reaches(after: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  if (from === to) return true;
  const seen = new Set([from]);
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const each of after.get(next) ?? []) {
      if (each === to) return true;
      if (seen.has(each)) continue;
      seen.add(each);
      waiting.push(each);
    }
  }
  return false;
}

/** One stage for each subscription, in the order in which they are deployed. */
export function pipelineStages(
  target: PushTarget,
  staged: StagedGraph,
  criticality: Criticality,
): readonly PipelineStage[] {
  const { plans, after } = stageOrder(staged, criticality);
  const subscriptions = plans.map(({ subscription }) => subscription);
  const own = (subscription: string) => staged.subscriptionOf.get(subscription) ?? subscription;
  // A stage without groups of its own keeps the record of its deployment where its subscription has the first group.
  const regionBeside = (name: string) =>
    plans.flatMap(({ subscription, groups }) => (own(subscription) === name ? groups : [])).at(0)?.location;
  const idVariable = (subscription: string) => environmentVariable(subscriptionParameter(own(subscription)));
  return plans.map(({ subscription, parameters, groups }) => {
    const secure = new Map(parameters.map((entry) => [entry.$parameter, entry.secure]));
    const given = new Map([
      ...[...secure.keys()].map((name) => [name, environmentVariable(name)] as const),
      ...subscriptions.map((each) => [subscriptionParameter(each), idVariable(each)] as const),
    ]);
    const variables = [...given]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, from]) => ({
        name: target === "terraform" ? `TF_VAR_${snake(name)}` : environmentVariable(name),
        given: from,
        secure: secure.get(name) ?? false,
      }));
    const folder = folderOf(subscription);
    return {
      id: stageId(subscription),
      subscription,
      folder: `infra/${target}/${folder}`,
      environment: `infrastructure-${folder}`,
      subscriptionVariable: idVariable(subscription),
      clients: {
        apply: `AZURE_CLIENT_ID_${stageId(subscription).toUpperCase()}`,
        preview: `AZURE_PREVIEW_CLIENT_ID_${stageId(subscription).toUpperCase()}`,
      },
      connections: { apply: `infrastructure-${folder}`, preview: `infrastructure-${folder}-preview` },
      backendVariable: `TF_BACKEND_CONFIG_${stageId(subscription).toUpperCase()}`,
      variables,
      after: [...new Set(after.get(subscription))].toSorted().map(stageId),
      region: groups[0]?.location ?? regionBeside(own(subscription)) ?? "westeurope",
    };
  });
}

function stageId(subscription: string): string {
  return `s_${subscription.replaceAll(/[^A-Za-z0-9]+/g, "_")}`;
}

/** Commands of a stage, run in its folder. */
export interface StageCommands {
  /** Shows what would change; Terraform leaves what it has shown as `plan.txt`. */
  readonly preview: readonly string[];
  readonly apply: readonly string[];
  /** Fails where Azure is not what the repository says. */
  readonly drift: readonly string[];
}

export function stageCommands(target: PushTarget, { id, region }: PipelineStage): StageCommands {
  if (target === "terraform") {
    const init = 'terraform init -input=false -backend-config="$TF_BACKEND_CONFIG"';
    return {
      preview: [
        init,
        "terraform validate",
        "terraform plan -input=false -lock=false -out=tfplan",
        `terraform show -no-color tfplan > ${SHOWN_PLAN}`,
      ],
      // A saved plan holds secrets in clear, so that it never leaves its job: the text of it does, which holds none.
      apply: [
        init,
        "terraform plan -input=false -lock-timeout=5m -out=tfplan",
        `terraform show -no-color tfplan | diff ${APPROVED_PLAN} - || { echo "This is not the plan that was approved: run the pipeline again." >&2; exit 1; }`,
        "terraform apply -input=false -lock-timeout=5m tfplan",
      ],
      drift: [init, "terraform plan -input=false -lock=false -detailed-exitcode"],
    };
  }
  const deployment = `--name estate-${id.replaceAll("_", "-")} --location ${region} --parameters main.bicepparam`;
  // Who may only look has no right to deploy, which what-if would ask for, and none to lock a state.
  const whatIf = `az deployment sub what-if ${deployment} --validation-level ProviderNoRbac`;
  return {
    preview: ["az bicep build --file main.bicep --stdout > /dev/null", whatIf],
    apply: [`az deployment sub create ${deployment}`],
    drift: [
      `${whatIf} --no-pretty-print > what-if.json`,
      `jq -e '[.changes[] | select(.changeType | IN("Create", "Modify", "Delete"))] | length == 0' what-if.json`,
    ],
  };
}
