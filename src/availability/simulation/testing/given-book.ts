import type { NodeId } from "../../fault-tree/fault-tree.ts";
import type { BasicEvent, EventBook } from "../../from-estate/event-book.ts";
import { readJourneyStructure } from "../journey-structure.ts";
import { asTheTreeHasIt } from "../relocation.ts";
import { type FailureSimulation, type FailureSimulationOptions, simulateFailures } from "../simulate-failures.ts";
import { givenGroup } from "./given-group.ts";

/** A failure with its share of time down and its mean repair. */
export function givenFailure(
  book: EventBook,
  id: string,
  unavailability: number,
  repairHours: number,
  category: BasicEvent["category"] = "node",
): NodeId {
  return book.node(id, () => ({
    label: id,
    category,
    unavailability,
    repairHours,
    frequencyPerHour: unavailability / repairHours,
    clause: id,
    reasons: [],
  }));
}

/** One journey with this top event, of group `web` on cluster `main`, over years without a scheduler. */
export function simulateTop(
  book: EventBook,
  top: NodeId,
  given: Partial<FailureSimulationOptions> = {},
): FailureSimulation {
  return simulateFailures(book, [readJourneyStructure(book, top)], new Map([["web", givenGroup("web")]]), {
    seed: 1,
    years: 20,
    repair: "exponential",
    relocations: asTheTreeHasIt,
    newNode: { medianSeconds: 190, p95Seconds: 190 },
    mostEvents: 10_000_000,
    ...given,
  });
}

/** Mean hours down a year. */
export function hoursDown({ records: [record] }: FailureSimulation): number {
  const hours = record?.hoursByYear ?? [];
  return hours.reduce((sum, each) => sum + each, 0) / hours.length;
}
