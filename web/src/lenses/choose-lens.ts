import type { Assessment } from "../../../src/operations/assessment.ts";
import type { LensName } from "../view-state/view-state.ts";
import { availabilityLens } from "./availability-lens.ts";
import { costLens } from "./cost-lens.ts";
import { findingsLens } from "./findings-lens.ts";
import type { Lens } from "./look.ts";
import { structureLens } from "./structure-lens.ts";

/** The lens of a name over an assessment. */
export function chooseLens(name: LensName, assessment: Assessment): Lens {
  switch (name) {
    case "structure":
      return structureLens(assessment);
    case "cost":
      return costLens(assessment);
    case "availability":
      return availabilityLens;
    case "findings":
      return findingsLens;
  }
}
