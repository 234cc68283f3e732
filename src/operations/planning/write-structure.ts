import type { Estate } from "../../estate/model/estate.ts";
import type { Structure } from "../../planning/structure-plan.ts";
import type { VerifiedStructure } from "../../planning/verification/verify-structure.ts";
import type { ReadEstate } from "../read-estate.ts";
import { withSharedLabels } from "./write-shared-texts.ts";

/** The structure that the plan recommends, in the form in which it is written, and the estate that has it. */
export interface WritableStructure {
  readonly structure: Structure;
  readonly planned: Estate;
}

/** The structure of the report, with labels where one text serves several clusters. */
export function structureToWrite(
  { sources: { texts } }: ReadEstate,
  { structure, estate }: VerifiedStructure,
): WritableStructure {
  const { clusters, planned } = withSharedLabels(structure.clusters, estate, texts);
  return { structure: { ...structure, clusters }, planned };
}
