import type { JourneyPrediction } from "../../availability/drills/prediction.ts";
import {
  type Observation,
  type ObservationVerdict,
  verifyObservation,
} from "../../availability/drills/verify-observation.ts";
import { chaosPlanUnreadable, observationRefused } from "../../estate/diagnostics/chaos-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import { readObservations } from "./chaos-observations.ts";
import { PlannedSchema } from "./chaos-schemas.ts";

interface VerifiedObservation extends ObservationVerdict {
  readonly experiment: string;
  readonly journey: string;
  readonly predictedSeconds: number;
  readonly observedSeconds: number;
}

/** What `scantling chaos verify -o json` prints. */
export interface ChaosVerification {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "ChaosVerification";
  readonly tolerance: number;
  /** The worst first. */
  readonly observations: readonly VerifiedObservation[];
  /** Planned experiments and drills of which nothing was seen. */
  readonly notObserved: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** Sets what was seen against a plan. @param tolerance share of a prediction that it may be off */
export function chaosVerify(plan: NamedText, observed: NamedText, tolerance: number): ChaosVerification {
  const planned = readPlan(plan);
  const read = readObservations(observed.file, observed.text);
  const diagnostics: Diagnostic[] = [];
  if (typeof planned === "string")
    return verification(tolerance, [], [], [diagnose(chaosPlanUnreadable, { file: plan.file, problem: planned })]);
  const observations = read.observations.flatMap((each) => {
    const found = findPrediction(planned, each);
    if (typeof found !== "string") return verified(each, found, tolerance);
    const where = `The observation of ${each.experiment}`;
    diagnostics.push(diagnose(observationRefused, { file: observed.file, where, problem: found }));
    return [];
  });
  const seen = new Set(observations.map(({ experiment }) => experiment));
  const notObserved = [...planned.keys()].filter((id) => !seen.has(id));
  return verification(tolerance, observations, notObserved, [...read.diagnostics, ...diagnostics]);
}

type Planned = ReadonlyMap<string, readonly JourneyPrediction[]>;

function readPlan({ text }: NamedText): Planned | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  const parsed = PlannedSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join(".") || "the document"}: ${issue?.message ?? "not readable"}`;
  }
  const { experiments, drills } = parsed.data;
  return new Map([...experiments, ...drills].map(({ id, predictions }) => [id, predictions]));
}

/** Without a journey the one that is hit most. */
function findPrediction(planned: Planned, { experiment, journey }: Observation): JourneyPrediction | string {
  const predictions = planned.get(experiment);
  if (predictions === undefined) {
    const near = nearestName(experiment, [...planned.keys()]);
    return `the plan has no experiment of this name${near === undefined ? "" : `; did you mean ${near}?`}`;
  }
  const found = predictions.find(
    (each) => journey === "" || each.journey === journey || each.journey.endsWith(`/${journey}`),
  );
  if (found !== undefined) return found;
  return journey === "" ? "the plan predicts nothing for it" : unpredicted(journey, predictions);
}

/** A journey that the plan leaves out is predicted to stay up. */
function unpredicted(journey: string, predictions: readonly JourneyPrediction[]): JourneyPrediction | string {
  if (!predictions.some((each) => each.journey.split("/")[0] === journey.split("/")[0]))
    return `it is about ${journey}, which is no journey of the plan's environment`;
  return {
    journey,
    downtimeSeconds: 0,
    recoveredAfterSeconds: 0,
    basis: "bridged",
    parts: [],
    minutesPerMonth: 0,
    words: `${journey} is not touched`,
  };
}

function verified(each: Observation, prediction: JourneyPrediction, tolerance: number): VerifiedObservation {
  return {
    experiment: each.experiment,
    journey: prediction.journey,
    predictedSeconds: prediction.downtimeSeconds,
    observedSeconds: Math.round(each.downtimeSeconds * 10) / 10,
    ...verifyObservation(each, prediction, tolerance),
  };
}

const order: readonly ObservationVerdict["verdict"][] = ["worse", "better", "agrees"];

function verification(
  tolerance: number,
  observations: readonly VerifiedObservation[],
  notObserved: readonly string[],
  diagnostics: readonly Diagnostic[],
): ChaosVerification {
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "ChaosVerification",
    tolerance,
    observations: observations.toSorted(
      (left, right) =>
        order.indexOf(left.verdict) - order.indexOf(right.verdict) ||
        right.observedSeconds - right.predictedSeconds - (left.observedSeconds - left.predictedSeconds) ||
        (left.experiment < right.experiment ? -1 : 1),
    ),
    notObserved,
    diagnostics,
  };
}
