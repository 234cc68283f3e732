import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { deliveryLens } from "../delivery/delivery-lens.ts";
import type { DeliveryBoard } from "../delivery/delivery-request.ts";
import { failureLens } from "../simulation/failure-lens.ts";
import type { RankedFailure } from "../simulation/ranked-failures.ts";
import type { StoresOnMap } from "../stateful/stores-on-map.ts";
import type { LensName } from "../view-state/view-state.ts";
import { availabilityLens } from "./availability-lens.ts";
import { costLens } from "./cost-lens.ts";
import { findingsLens } from "./findings-lens.ts";
import type { Lens } from "./look.ts";
import { statefulLens } from "./stateful-lens.ts";
import { structureLens } from "./structure-lens.ts";
import { tenancyLens } from "./tenancy-lens.ts";

/** The lens of a name over an assessment; tenancy is told against `tenant` where one is selected, failure for `lost`, availability for `journey`, stateful by what is known of the stores, delivery by what lands where. */
export function chooseLens(
  name: LensName,
  assessment: Assessment,
  tenant?: string,
  lost?: RankedFailure,
  journey?: string,
  stores?: StoresOnMap,
  board?: DeliveryBoard,
): Lens {
  switch (name) {
    case "structure":
      return structureLens(assessment);
    case "tenancy":
      return tenancyLens(assessment, tenant);
    case "cost":
      return costLens(assessment);
    case "availability":
      return availabilityLens(assessment.availability.journeys.find((each) => each.journey === journey));
    case "delivery":
      return deliveryLens(board);
    case "findings":
      return findingsLens;
    case "failure":
      return failureLens(assessment, lost);
    case "stateful":
      return statefulLens(assessment, stores);
  }
}
