import { exportFaultTrees } from "../../availability/export-fault-trees.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";

/** Fault trees as files, and the journeys that have none because something is missing. */
export interface FaultTreeFiles {
  /** Text by file name, one file a journey. */
  readonly files: ReadonlyMap<string, string>;
  readonly notEvaluable: readonly { readonly journey: string; readonly missing: readonly string[] }[];
}

/** The fault tree of every journey of the estate in the Open-PSA Model Exchange Format. */
export function faultTreeFiles(estate: Estate, catalog: Catalog): FaultTreeFiles {
  const trees = exportFaultTrees(estate, placeWorkloads(estate, catalog), catalog);
  return {
    files: new Map(
      trees
        .filter(({ missing }) => missing.length === 0)
        .map(({ journey, text }) => [`${journey.replaceAll("/", ".")}.xml`, text]),
    ),
    notEvaluable: trees
      .filter(({ missing }) => missing.length > 0)
      .map(({ journey, missing }) => ({ journey, missing })),
  };
}
