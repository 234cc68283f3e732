import type { Assumption } from "../assumptions/assumption.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EntryPoint } from "../model/application.ts";
import type { PlacedObject } from "../model/estate.ts";
import { checkObjects } from "./check-objects.ts";
import { readEntryPoints } from "./entry-points.ts";
import { indexObjects } from "./object-index.ts";
import { readServices } from "./read-services.ts";
import { readWorkloads } from "./read-workloads.ts";
import { readStandaloneClaims } from "./volume-claims.ts";
import type { ServiceEndpoint, StandaloneClaim, Workload } from "./workload.ts";

/** What the objects on all clusters amount to: what runs, how it is reached, what it stores. */
export interface ClusterState {
  /** Sorted by id, like everything here. */
  readonly workloads: readonly Workload[];
  readonly services: readonly ServiceEndpoint[];
  readonly claims: readonly StandaloneClaim[];
  readonly entryPoints: readonly EntryPoint[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Joins the objects of every cluster: objects -> index -> workloads -> Services and claims -> ways in. Never throws on
 * what a manifest holds; what cannot be used is a diagnostic that names what it leaves not evaluable.
 */
export function readClusterState(placed: readonly PlacedObject[]): ClusterState {
  const { index, diagnostics } = indexObjects(placed);
  const workloadReading = readWorkloads(index);
  const serviceReading = readServices(index, workloadReading.pods);
  const entryReading = readEntryPoints(index, serviceReading.services);
  return {
    workloads: workloadReading.workloads,
    services: serviceReading.services,
    claims: readStandaloneClaims(index).toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    entryPoints: entryReading.entryPoints,
    assumptions: [...workloadReading.assumptions, ...entryReading.assumptions],
    diagnostics: [
      ...diagnostics,
      ...checkObjects(index.objects),
      ...workloadReading.diagnostics,
      ...serviceReading.diagnostics,
      ...entryReading.diagnostics,
    ],
  };
}
