import type { IntervalEstimate } from "./interval-estimate.ts";

/** How the simulation stands to what the fault tree has. */
export type Agreement = "agrees" | "lower" | "higher" | "notComparable";

/** A part of a journey's downtime, in minutes a year. */
export interface DowntimePart {
  /**
   * `hard`: failures that no recovery shortens, `recovery`: pods on their way to another node, `room`: pods that wait for
   * a new node or for what was lost, `controlPlane`: pods that nobody schedules, `switch`: the other region takes over.
   */
  readonly part: "hard" | "recovery" | "room" | "controlPlane" | "switch";
  readonly minutesPerYear: number;
  readonly share: number;
}

/** What began outages. */
export interface OutageCause {
  /** Id of the basic event. */
  readonly event: string;
  readonly label: string;
  readonly category: string;
  readonly outagesPerYear: number;
  readonly minutesPerYear: number;
  readonly share: number;
}

/** Minutes of downtime in one year, over the simulated years. */
export interface YearlyDowntime {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly worst: number;
  /** Share of years without any downtime. */
  readonly withoutAny: number;
}

/** Outages and how long they last. */
export interface OutageLengths {
  readonly perYear: number;
  readonly meanMinutes: number;
  readonly p50Minutes: number;
  readonly p95Minutes: number;
  readonly p99Minutes: number;
  readonly longestMinutes: number;
}

/** The objective against single years. */
interface ObjectiveOdds {
  readonly objective: string;
  readonly allowedMinutesPerYear: number;
  /** Probability that a year has more downtime than the objective allows. */
  readonly broken: IntervalEstimate;
}

/** One journey, simulated and compared with its fault tree. */
export interface SimulatedJourney {
  /** `environment/application/journey`. */
  readonly journey: string;
  /** What is not known, so that only a part of the journey is simulated; empty where nothing is missing. */
  readonly missing: readonly string[];
  readonly unavailability: IntervalEstimate;
  /** The part that the tree solves is exact in it; only what the tree cannot see is sampled. */
  readonly downtimeMinutesPerYear: IntervalEstimate;
  /** The same with everything sampled. */
  readonly sampledMinutesPerYear: IntervalEstimate;
  /** What the fault tree has; undefined where only bounds are known. */
  readonly exactMinutesPerYear?: number;
  readonly agreement: Agreement;
  /** Why, as sentences. */
  readonly differences: readonly string[];
  /** The part without recovery: sampled, and exact. The simulation is wrong where these do not fit. */
  readonly check: {
    readonly sampledMinutesPerYear: number;
    readonly exactMinutesPerYear: number;
    readonly standardErrors: number;
  };
  readonly parts: readonly DowntimePart[];
  readonly yearly: YearlyDowntime;
  readonly outages: OutageLengths;
  readonly odds?: ObjectiveOdds;
  /** By downtime, the most first; at most 10. */
  readonly causes: readonly OutageCause[];
}

/** What a run of the simulation found. */
export interface SimulatedAvailability {
  readonly years: number;
  readonly events: number;
  readonly stoppedBy: "years" | "precision" | "events";
  /** Losses of nodes and zones that were replayed on the scheduler. */
  readonly replays: number;
  readonly journeys: readonly SimulatedJourney[];
}
