import { assessAvailability } from "../../availability/assess-availability.ts";
import { chooseExperiments, type ExperimentDesign } from "../../availability/drills/choose-experiments.ts";
import { journeyCutSets } from "../../availability/drills/journey-cut-sets.ts";
import type { JourneyPrediction } from "../../availability/drills/prediction.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { experimentWorth, journeyBudgetWindow, observationTolerance } from "../../estate/assumptions/drill-rules.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Progress } from "../ports.ts";
import { checkBudget, type JourneyTarget, journeyTargets } from "./chaos-plan-budget.ts";
import { chaosFiles, toolsOf } from "./chaos-plan-files.ts";
import { replayedEffects } from "./chaos-plan-replay.ts";
import type { ChaosDrill, ChaosExperiment, ChaosPlan } from "./chaos-plan-report.ts";
import { runBookOf } from "./chaos-plan-run-book.ts";
import { abortOf, blastRadius, hypothesisOf, titleOf } from "./chaos-plan-words.ts";

export interface ChaosPlanOptions {
  /** The last one by default. */
  readonly environment?: string;
  /** Only the journey of this id. */
  readonly journey?: string;
  /** Most experiments and drills. */
  readonly limit: number;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** Time between two stages, for all to settle. */
const pauseSeconds = 300;

/** Experiments and drills from the cut sets of the chosen journeys, and their files by name. */
export function chaosPlan(
  estate: Estate,
  catalog: Catalog,
  { limit, onProgress, signal, ...wanted }: ChaosPlanOptions,
): { readonly plan: ChaosPlan; readonly files: ReadonlyMap<string, string> } {
  const environment = environmentOf(estate, wanted);
  const journeys = estate.journeys.filter((each) =>
    wanted.journey === undefined ? each.environment === environment : each.id === wanted.journey,
  );
  onProgress?.("solving fault trees");
  const placement = placeWorkloads(estate, catalog);
  const report = assessAvailability(estate, placement, catalog);
  const { sets, missing } = journeyCutSets(estate, placement, catalog, new Set(journeys.map(({ id }) => id)));
  signal?.throwIfAborted();
  const { chosen, candidates } = chooseExperiments(sets, limit);
  const targets = journeyTargets(estate, journeys, report);
  const replayed = replayedEffects(estate, catalog, environment, chosen, {
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  const context = { estate, environment, targets };
  const experiments = chosen.flatMap((design) => experimentOf(design, context, replayed.get(design.id)) ?? []);
  const planned = new Set(experiments.map(({ id }) => id));
  const drills = chosen
    .filter(({ id }) => !planned.has(id))
    .map((design): ChaosDrill => {
      const { id, predictions, worth } = design;
      return { id, ...runBookOf(design, report), predictions, file: `run-books/${id}.md`, worth };
    });
  const plan: ChaosPlan = {
    apiVersion: "scantling/v1alpha1",
    kind: "ChaosPlan",
    estate: estate.name,
    currency: estate.currency,
    environment,
    journeys: targets,
    experiments,
    drills,
    candidates,
    notPlanned: candidates - experiments.length - drills.length,
    incomplete: [...missing].map(([journey, lacks]) => ({ journey, missing: lacks })),
    assumptions: [
      ...report.assumptions,
      assume(experimentWorth, "chaos plan", {}),
      assume(observationTolerance, "chaos verify", {}),
      assume(journeyBudgetWindow, "chaos plan", {}),
    ].toSorted(compareAssumptions),
  };
  return { plan, files: chaosFiles(estate, plan, pauseSeconds) };
}

function environmentOf(estate: Estate, { environment, journey }: Pick<ChaosPlanOptions, "environment" | "journey">) {
  const chosen = estate.journeys.find(({ id }) => id === journey)?.environment ?? environment;
  const withJourneys = estate.environments.filter(({ name }) =>
    estate.journeys.some((each) => each.environment === name),
  );
  return chosen ?? withJourneys.at(-1)?.name ?? "";
}

interface PlanContext {
  readonly estate: Estate;
  readonly environment: string;
  readonly targets: readonly JourneyTarget[];
}

/** Undefined where no tool can bring about one of the faults: that is a drill. */
function experimentOf(
  design: ExperimentDesign,
  { estate, environment, targets }: PlanContext,
  replay: string | undefined,
): ChaosExperiment | undefined {
  const tools = toolsOf(estate, environment, design.faults);
  if (tools === undefined) return undefined;
  const { id, order, faults, faultSeconds, predictions, alone, worth } = design;
  const budget = checkBudget([...predictions, ...alone.flatMap((each) => each.predictions)], predictions, targets);
  return {
    id,
    title: titleOf(faults),
    hypothesis: hypothesisOf(design, targets),
    order,
    faults,
    faultSeconds,
    stages: faults.length > 1 ? faults.length + 1 : 1,
    predictions,
    alone,
    ...(replay === undefined ? {} : { replay }),
    abort: abortOf(design, budget, targets),
    blastRadius: blastRadius(estate, environment, faults),
    budget,
    environments: environmentsOf(estate, environment, predictions, budget.fits),
    tools,
    files: [
      ...(tools.chaosMesh ? [`experiments/${id}.chaos-mesh.yaml`] : []),
      ...(tools.chaosStudio ? [`experiments/${id}.chaos-studio.json`] : []),
    ],
    worth,
  };
}

/** Earlier environments that have the journeys too, then this one where its budget allows. */
function environmentsOf(
  { environments, journeys }: Estate,
  environment: string,
  predictions: readonly JourneyPrediction[],
  fits: boolean,
): readonly string[] {
  const names = new Set(predictions.map(({ journey }) => journey.slice(journey.indexOf("/") + 1)));
  const has = (name: string) =>
    journeys.some(({ id }) => id.startsWith(`${name}/`) && names.has(id.slice(name.length + 1)));
  const index = environments.findIndex(({ name }) => name === environment);
  const before = environments
    .slice(0, Math.max(0, index))
    .map(({ name }) => name)
    .filter(has)
    .slice(-1);
  return fits ? [...before, environment] : before;
}
