import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { Placement } from "../scheduling/placement.ts";
import { createFaultModel } from "./from-estate/fault-model.ts";
import { writeOpenPsa } from "./open-psa/write-open-psa.ts";
import { buildJourneyTrees } from "./solve-journey.ts";

/** The fault tree of one journey in the Open-PSA Model Exchange Format. */
export interface ExportedFaultTree {
  /** Id of the journey: `environment/application/journey`. */
  readonly journey: string;
  readonly text: string;
  /** What the tree leaves out because it is not known; its probability is then only a part of the truth. */
  readonly missing: readonly string[];
}

/** The fault trees of all journeys, as they are solved: other tools can check the figures with them. */
export function exportFaultTrees(estate: Estate, placement: Placement, catalog: Catalog): readonly ExportedFaultTree[] {
  const model = createFaultModel(estate, placement, catalog);
  const { book } = model;
  return buildJourneyTrees(model).map(({ journey, scope, top }) => ({
    journey: journey.id,
    missing: [...scope.missing].sort(),
    text: writeOpenPsa({
      label: `${journey.id} fails`,
      tree: book.tree,
      top,
      events: (index) => {
        const event = book.event(index);
        return { label: `${event?.id ?? ""}: ${event?.label ?? ""}`, probability: event?.unavailability ?? 0 };
      },
    }),
  }));
}
