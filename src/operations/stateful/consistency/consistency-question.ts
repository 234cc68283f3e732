import { simulationInputUnusable } from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import type { Mishaps } from "../../../stateful/simulation/scenario/scenario.ts";

/** What is asked for; what is absent comes from the DataStore, or is assumed. */
export interface ConsistencyQuestion {
  readonly store?: DataStore;
  readonly level?: string;
  /** Bounded staleness: versions that a region may lag behind (K). */
  readonly stalenessVersions?: number;
  /** Bounded staleness: seconds that a region may lag behind (T). */
  readonly stalenessSeconds?: number;
  readonly quorum?: readonly number[];
  readonly primaryReplica?: "sync" | "async";
  readonly multiWrite?: boolean;
  readonly regions?: readonly string[];
  readonly workload?: string;
  readonly clients?: number;
  readonly operations?: number;
  readonly keys?: number;
  readonly readShare?: number;
  readonly thinkSeconds?: number;
  readonly initialValue?: number;
  readonly expectedVersion?: boolean;
  readonly idempotent?: boolean;
  readonly durable?: boolean;
  readonly moveShare?: number;
  readonly keepsToken?: boolean;
  readonly faults?: readonly { readonly kind: string; readonly region: string; readonly otherRegion?: string }[];
  readonly mishaps?: Partial<Mishaps>;
  readonly clockSkewSeconds?: number;
  readonly replicationLagSeconds?: number;
  /** A latency file, in place of the published round-trip times. */
  readonly latency?: { readonly file: string; readonly text: string };
}

export function subjectOf({ store }: ConsistencyQuestion): string {
  return store === undefined ? "simulation" : `DataStore/${store.name}`;
}

const defaultRegions = ["westeurope", "northeurope"];

/** Regions of the simulation, the one that writes first. */
export function regionsOf({ regions, store }: ConsistencyQuestion): readonly string[] {
  if (regions !== undefined && regions.length > 0) return [...new Set(regions)];
  const declared = [...new Set([...(store?.regions.writers ?? []), ...(store?.regions.readers ?? [])])];
  return declared.length > 0 ? declared : defaultRegions;
}

/** Diagnoses numbers outside of what can be simulated. */
export function checkNumbers(question: ConsistencyQuestion, diagnostics: Diagnostic[]): void {
  const check = (input: string, value: number | undefined, low: number, high: number) => {
    if (value === undefined || (value >= low && value <= high)) return;
    diagnostics.push(
      diagnose(simulationInputUnusable, { input, value: String(value), range: `a number from ${low} to ${high}` }),
    );
  };
  check("The number of clients", question.clients, 1, 200);
  check("The number of operations", question.operations, 1, 1000);
  check("The number of items", question.keys, 1, 1000);
  check("The share of reads", question.readShare, 0, 1);
  check("The share of moves", question.moveShare, 0, 1);
  check("The pause between operations", question.thinkSeconds, 0.0001, 3600);
  check("The clock skew", question.clockSkewSeconds, -60, 60);
  check("The replication lag", question.replicationLagSeconds, 0, 3600);
  for (const [name, value] of Object.entries(question.mishaps ?? {})) check(`The chance of ${name}`, value, 0, 0.5);
}
