import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import type { Estate } from "../../../src/estate/model/estate.ts";
import { availabilityOf } from "../../../src/operations/availability/availability.ts";
import type { Progress } from "../../../src/operations/ports.ts";
import { simulateAvailability } from "../../../src/operations/simulation/simulate-availability.ts";
import type { AvailabilityAnswers, AvailabilityRequest } from "./availability-request.ts";

/** The same as the command line takes by default: equal questions have equal answers there and here. */
const seed = 1;
/** At most this many years, fewer when every journey is known to the precision. */
const years = 1000;
const precision = 0.05;

/** Answers the availability view; `today` is `YYYY-MM-DD`. */
export function answerAvailability(
  estate: Estate,
  today: string,
  request: AvailabilityRequest,
  onProgress: Progress,
): AvailabilityAnswers[AvailabilityRequest["what"]] {
  switch (request.what) {
    case "depth":
      return availabilityOf(estate, defaultCatalog, { today, changes: false });
    case "changes":
      return availabilityOf(estate, defaultCatalog, {
        today,
        changes: true,
        environment: request.environment,
        onProgress,
      });
    case "years": {
      const journeys = estate.journeys.filter(({ environment }) => environment === request.environment);
      return simulateAvailability(estate, defaultCatalog, {
        years,
        precision,
        seed,
        repair: "exponential",
        journeys: journeys.map(({ id }) => id),
        onProgress,
      });
    }
  }
}
