import type { ExperimentDesign, Worth } from "../../availability/drills/choose-experiments.ts";
import type { InjectedFault } from "../../availability/drills/injected-fault.ts";
import type { FileParameter } from "../../availability/drills/manifests/chaos-mesh.ts";
import type { JourneyPrediction } from "../../availability/drills/prediction.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { BudgetCheck, JourneyTarget } from "./chaos-plan-budget.ts";
import type { RunBook } from "./chaos-plan-run-book.ts";

/** Who can run an experiment, and what it needs. */
export interface ExperimentTools {
  readonly chaosMesh: boolean;
  readonly chaosStudio: boolean;
  /** Values to fill in. */
  readonly parameters: readonly FileParameter[];
  /** What Chaos Studio must be allowed: capability of each target, role of the identity. */
  readonly capabilities: readonly { readonly target: string; readonly capability: string; readonly role: string }[];
}

/** An experiment that a tool runs, with what must hold for it to start, to go on and to have passed. */
export interface ChaosExperiment {
  readonly id: string;
  readonly title: string;
  readonly hypothesis: string;
  /** Failures that it takes; with two, either alone comes first. */
  readonly order: number;
  readonly faults: readonly InjectedFault[];
  /** How long a stage keeps its faults up. */
  readonly faultSeconds: number;
  readonly stages: number;
  readonly predictions: readonly JourneyPrediction[];
  readonly alone: ExperimentDesign["alone"];
  /** The same failure played by the scheduler, in words; absent for what is no loss of nodes. */
  readonly replay?: string;
  readonly abort: { readonly afterSeconds: number; readonly condition: string; readonly action: string };
  readonly blastRadius: string;
  readonly budget: BudgetCheck;
  /** Environments in the order to run it in; the last one only where the budget allows. */
  readonly environments: readonly string[];
  readonly tools: ExperimentTools;
  readonly files: readonly string[];
  readonly worth: Worth;
}

/** A drill that people play. */
export interface ChaosDrill extends RunBook {
  readonly id: string;
  readonly predictions: readonly JourneyPrediction[];
  readonly file: string;
  readonly worth: Worth;
}

/** What `scantling chaos plan -o json` prints. */
export interface ChaosPlan {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "ChaosPlan";
  readonly estate: string;
  readonly currency: string;
  readonly environment: string;
  readonly journeys: readonly JourneyTarget[];
  /** Most worth first. */
  readonly experiments: readonly ChaosExperiment[];
  readonly drills: readonly ChaosDrill[];
  /** Sets of faults of order one and two; those beyond the limit are not in the plan. */
  readonly candidates: number;
  readonly notPlanned: number;
  /** Journeys that are planned for by their known part only, with what they lack. */
  readonly incomplete: readonly { readonly journey: string; readonly missing: readonly string[] }[];
  readonly assumptions: readonly Assumption[];
}
