import type { EventImportance } from "./event-report.ts";
import { importanceOf } from "./fault-tree/importance.ts";
import type { Solution } from "./fault-tree/solver.ts";
import type { BasicEvent, EventBook } from "./from-estate/event-book.ts";

/** A basic event with its weight in one journey. */
export interface RankedEvent {
  readonly event: BasicEvent;
  readonly birnbaum: number;
  readonly share: number;
}

/** Events by their share of the journey's unavailability, the largest first; none where only bounds are known. */
export function rankEvents(book: EventBook, solution: Solution): readonly RankedEvent[] {
  if (solution.kind !== "exact") return [];
  return [...solution.birnbaum]
    .flatMap(([index, birnbaum]): readonly RankedEvent[] => {
      const event = book.event(index);
      const importance = event && importanceOf(solution.probability, event.unavailability, birnbaum);
      return importance === undefined || event === undefined ? [] : [{ event, birnbaum, share: importance.share }];
    })
    .sort((left, right) => right.share - left.share || (left.event.id < right.event.id ? -1 : 1));
}

export function toEventImportance({ event, birnbaum, share }: RankedEvent): EventImportance {
  return {
    event: event.id,
    label: event.label,
    category: event.category,
    unavailability: event.unavailability,
    birnbaum,
    share,
    ...(event.place === undefined ? {} : { place: event.place }),
  };
}
