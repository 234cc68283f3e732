import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { StructureValue } from "./value-structure.ts";

/** Less is the rounding of long sums: minutes a month. */
const negligibleMinutes = 0.001;

/** Journeys that miss their objective and are down longer than before, those that met it before among them. */
export function worseJourneys(
  { journeys }: Pick<Estate, "journeys">,
  before: StructureValue,
  after: StructureValue,
): readonly Journey[] {
  return journeys.filter(({ id, objectiveUnavailability }) => {
    const [was, is] = [before.minutes.get(id), after.minutes.get(id)];
    if (objectiveUnavailability === undefined || was === undefined || is === undefined) return false;
    return is > was + negligibleMinutes && is > objectiveUnavailability * MINUTES_PER_MONTH;
  });
}
