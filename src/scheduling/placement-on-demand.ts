import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import { placeWorkloads } from "./place-workloads.ts";
import type { Placement } from "./placement.ts";

/**
 * What `placeWorkloads` gives, worked out when it is first looked at: for callers that need it for some estates only, since
 * placing takes time by pods and nodes.
 */
export function placementOnDemand(estate: Estate, catalog: Catalog): Placement {
  let known: Placement | undefined;
  const placement = (): Placement => {
    known ??= placeWorkloads(estate, catalog);
    return known;
  };
  return {
    get pools() {
      return placement().pools;
    },
    get unplaced() {
      return placement().unplaced;
    },
    get assumptions() {
      return placement().assumptions;
    },
  };
}
