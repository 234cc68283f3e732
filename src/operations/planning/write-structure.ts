import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { withDeclaredPoolNames } from "../../planning/estate/declared-pool-names.ts";
import { plannedEstate } from "../../planning/estate/planned-estate.ts";
import { defaultPolicy } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import type { PlanSolvers } from "../../planning/pools/bound-pools.ts";
import type { Structure } from "../../planning/structure-plan.ts";
import { verifyStructure } from "../../planning/verification/verify-structure.ts";
import type { Progress } from "../ports.ts";
import type { ReadEstate } from "../read-estate.ts";
import { withSharedLabels } from "./write-shared-texts.ts";

export interface StructureOptions {
  readonly solvers: PlanSolvers;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** The structure that the plan recommends, in the form in which it is written, and the estate that has it. */
export interface WritableStructure {
  readonly structure: Structure;
  readonly planned: Estate;
}

/** Plans as the report does, keeps the names of declared pools that can stay, and lets one text serve several clusters. */
export function structureToWrite(
  { estate, sources: { texts } }: ReadEstate,
  catalog: Catalog,
  options: StructureOptions,
): WritableStructure {
  const { solvers, onProgress, signal } = options;
  const packed = planStructure(estate, catalog, { policy: defaultPolicy, solvers, onProgress, signal });
  const { structure } = verifyStructure(estate, packed, { catalog, onProgress, signal });
  const named = withDeclaredPoolNames(structure.clusters);
  const { clusters, planned } = withSharedLabels(named, plannedEstate(estate, { clusters: named }), texts);
  return { structure: { ...structure, clusters }, planned };
}
