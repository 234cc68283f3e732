import { objectiveAlwaysMet, objectiveNeverMet } from "../diagnostics/availability-diagnostics.ts";
import type { Journey } from "../model/application.ts";
import type { BindingLog } from "./binding-log.ts";

/** Reports objectives that say nothing: 100 %, which nothing meets, and 0 %, which everything meets. */
export function reportEmptyObjectives(journeys: readonly Journey[], log: BindingLog): void {
  for (const { application, name, objective, objectiveUnavailability: allowed, place } of journeys) {
    if (objective === undefined || allowed === undefined || (allowed > 0 && allowed < 1)) continue;
    const rule = allowed <= 0 ? objectiveNeverMet : objectiveAlwaysMet;
    log.report(rule, { journey: `${application}/${name}`, objective }, { place });
  }
}
