import { stringify } from "yaml";
import type { InjectedFault } from "../../availability/drills/injected-fault.ts";
import { meshFaults, meshWorkflow, placeholder } from "../../availability/drills/manifests/chaos-mesh.ts";
import {
  clusterAction,
  type StudioAction,
  studioAction,
  studioTemplate,
} from "../../availability/drills/manifests/chaos-studio.ts";
import { callersOf } from "../../availability/drills/manifests/chaos-targets.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { ChaosDrill, ChaosExperiment, ChaosPlan, ExperimentTools } from "./chaos-plan-report.ts";

/** Undefined where one of the faults can be brought about by neither. */
export function toolsOf(
  estate: Estate,
  environment: string,
  faults: readonly InjectedFault[],
): ExperimentTools | undefined {
  const mesh = faults.map((fault) => meshFaults(estate, environment, fault));
  const actions = faults.map((fault) => actionsOf(estate, environment, fault));
  const chaosMesh = mesh.every((each) => each.faults.length > 0);
  const chaosStudio = actions.every((each) => each.length > 0);
  if (!chaosMesh && !chaosStudio) return undefined;
  const capabilities = actions.flat().map(({ fault, text }) => ({
    target: text,
    capability: `${fault.targetType}/${fault.capability}`,
    role: fault.role,
  }));
  return {
    chaosMesh,
    chaosStudio,
    parameters: mesh.flatMap(({ parameters }) => parameters),
    capabilities: chaosStudio
      ? [...new Map(capabilities.map((each) => [each.target + each.capability, each])).values()]
      : [],
  };
}

/** A fault of the service itself where Chaos Studio has one, else what Chaos Mesh does, handed over. */
function actionsOf(estate: Estate, environment: string, fault: InjectedFault): readonly StudioAction[] {
  const own = studioAction(estate, environment, fault);
  if (own !== undefined) return [own];
  const clusters = clustersOf(estate, environment, fault);
  const { faults, parameters } = meshFaults(estate, environment, fault);
  // What is filled in with envsubst has no place in a template.
  return parameters.length > 0 ? [] : faults.map((each) => clusterAction(each, clusters));
}

/** Clusters on which a fault is brought about: those of the pods that it is done to. */
function clustersOf(estate: Estate, environment: string, fault: InjectedFault): readonly string[] {
  const workloads =
    fault.kind === "dependency"
      ? callersOf(estate, environment, fault.target)
      : fault.kind === "pods" || fault.kind === "disk"
        ? estate.workloads.filter(({ id }) => id === fault.workload)
        : [];
  return [...new Set(workloads.map(({ cluster }) => cluster))].sort();
}

/** All files of a plan, by path. */
export function chaosFiles(estate: Estate, plan: ChaosPlan, pauseSeconds: number): ReadonlyMap<string, string> {
  const files = new Map<string, string>([["plan.json", `${JSON.stringify(plan, undefined, 2)}\n`]]);
  for (const experiment of plan.experiments) {
    const { id, tools } = experiment;
    if (tools.chaosMesh)
      files.set(`experiments/${id}.chaos-mesh.yaml`, meshFile(estate, plan, experiment, pauseSeconds));
    if (tools.chaosStudio) {
      const stages = stagesOf(experiment).map((stage) =>
        stage.flatMap((fault) => actionsOf(estate, plan.environment, fault)),
      );
      const template = studioTemplate(id, stages, experiment.faultSeconds, pauseSeconds);
      files.set(`experiments/${id}.chaos-studio.json`, `${JSON.stringify(template, undefined, 2)}\n`);
    }
  }
  for (const drill of plan.drills) files.set(drill.file, runBookText(drill, plan));
  return files;
}

/** Each fault alone, then all of them. */
function stagesOf({ faults }: ChaosExperiment): readonly (readonly InjectedFault[])[] {
  return faults.length < 2 ? [faults] : [...faults.map((fault) => [fault]), faults];
}

function meshFile(
  estate: Estate,
  { environment, journeys }: ChaosPlan,
  experiment: ChaosExperiment,
  pauseSeconds: number,
): string {
  const { id, hypothesis, faultSeconds, abort, predictions, tools } = experiment;
  const url = journeys.find(({ journey }) => journey === predictions[0]?.journey)?.url;
  const workflow = meshWorkflow({
    id,
    hypothesis,
    stages: stagesOf(experiment).map((stage) =>
      stage.flatMap((fault) => meshFaults(estate, environment, fault).faults),
    ),
    faultSeconds,
    pauseSeconds,
    url: url ?? placeholder("JOURNEY_URL"),
    abortAfterSeconds: abort.afterSeconds,
  });
  const parameters = [
    ...tools.parameters,
    ...(url === undefined ? [{ name: "JOURNEY_URL", text: "address of the journey, to be watched" }] : []),
  ];
  const head = parameters.map(({ name, text }) => `# Fill in ${placeholder(name)}: ${text}.\n`).join("");
  const clusters = new Set(experiment.faults.flatMap((fault) => clustersOf(estate, environment, fault)));
  const where = `# In ${environment} apply it on ${[...clusters].sort().join(" and ")}; elsewhere on the clusters with the same workloads.\n`;
  return `${where}${head}${stringify(workflow, { lineWidth: 0 })}`;
}

function runBookText({ procedure, expectations, scenario }: ChaosDrill, { estate, environment }: ChaosPlan): string {
  const { title, because, steps, checks, rollBack } = procedure;
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = [
    row(["Journey", "Predicted RTO", "Asked for", "Predicted RPO", "Asked for"]),
    row(["---", "---:", "---:", "---:", "---:"]),
    ...expectations.map((each) =>
      row([
        each.journey,
        seconds(each.rtoSeconds, "not before it is back"),
        seconds(each.rtoObjectiveSeconds, "-"),
        scenario === "region" ? seconds(each.rpoSeconds, "not known") : "-",
        seconds(each.rpoObjectiveSeconds, "-"),
      ]),
    ),
  ];
  return [
    `# ${title}`,
    `A drill, not an experiment: ${because}. Estate ${estate}, environment ${environment}.`,
    "## It has passed when",
    [...table, "", ...checks.map((each) => `- ${each}`)].join("\n"),
    "## Roles",
    [...new Set(steps.map(({ role }) => role))].map((role) => `- ${role}: ........`).join("\n"),
    "## Steps",
    steps.map(({ role, text }, index) => `${index + 1}. **${role}**: ${text}`).join("\n"),
    "## Back to normal, or abort",
    rollBack.map((each, index) => `${index + 1}. ${each}`).join("\n"),
    "## Write down",
    "Start, end and seconds of downtime of each journey, and the last write that was kept. `scantling chaos verify` compares them with the prediction.",
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

function seconds(value: number | undefined, otherwise: string): string {
  if (value === undefined) return otherwise;
  return value < 120 ? `${Math.round(value)} s` : `${Number((value / 60).toFixed(1))} min`;
}
