import type { LoadSimulation, LoadStrategy } from "../../../src/operations/simulation/simulate-load-report.ts";
import type { NoLoadTarget } from "../../../src/operations/simulation/simulate-load-target.ts";

/** What is simulated. */
export interface LoadRequest {
  readonly environment: string;
  readonly entryPoint: string;
  readonly days: number;
  /** Undefined: the usual ones. */
  readonly strategies: readonly LoadStrategy[] | undefined;
}

/** The simulation, or why there is none. */
export type LoadAnswer = LoadSimulation | NoLoadTarget;

/** An entry point that leads to a workload whose pods are known. */
export interface LoadChoice {
  readonly environment: string;
  readonly entryPoint: string;
  /** Application of the workload; undefined where none is declared. */
  readonly application: string | undefined;
  /** `namespace/kind/name`. */
  readonly workload: string;
  /** Name of its LoadProfile; undefined where none is declared. */
  readonly profile: string | undefined;
}

export interface LoadChoices {
  /** Those with a profile first, then in the order of the estate. */
  readonly choices: readonly LoadChoice[];
  /** What the command line would take by itself. */
  readonly usual: LoadChoice | undefined;
}

/** An entry point as the address writes it. */
export function choiceKey({ environment, entryPoint }: LoadChoice): string {
  return `${environment}/${entryPoint}`;
}
