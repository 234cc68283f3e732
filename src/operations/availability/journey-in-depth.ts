import type { EventImportance, JourneyAvailability } from "../../availability/availability-report.ts";
import { changedProbability } from "../../availability/fault-tree/importance.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import type { Figure } from "../../estate/figures/figure.ts";

/** How the journey's downtime moves with one event: exact, as its probability is linear in that of each event. */
export interface EventSensitivity {
  readonly event: string;
  readonly label: string;
  /** Minutes down in an average month if the event never happened, were a third as likely, or three times as likely. */
  readonly never: number;
  readonly third: number;
  readonly threefold: number;
}

/** A dependency with fewer nines than the objective and one more. */
export interface DependencyCheck {
  readonly event: string;
  readonly label: string;
  readonly unavailability: number;
  /** A tenth of what the objective allows. */
  readonly wanted: number;
  readonly minutesPerMonth: number;
}

/** A journey with all that follows from its figures. */
export interface JourneyInDepth extends JourneyAvailability {
  /** Minutes of an average month that the objective leaves; negative: that it is missed by. */
  readonly marginMinutesPerMonth?: number;
  /** Downtime a month at the declared cost of a minute, with its reasons. */
  readonly downtimeCost?: Figure;
  /** Minutes a month by published SLAs and assumptions alone, where what the estate declares changes them. */
  readonly minutesWithoutDeclared?: number;
  readonly sensitivity: readonly EventSensitivity[];
  /** Undefined without objective. */
  readonly dependencyChecks?: readonly DependencyCheck[];
}

/** Events of a journey that are set against one another. */
const mostEvents = 20;
const sensitivityFactor = 3;

/** The tornado: events by how far they move the journey's downtime. None where only bounds are known. */
export function sensitivityOf({ importance }: JourneyAvailability, minutes: number): readonly EventSensitivity[] {
  const at = ({ unavailability, birnbaum }: EventImportance, changed: number) =>
    Math.max(0, changedProbability(minutes / MINUTES_PER_MONTH, birnbaum, unavailability, changed)) * MINUTES_PER_MONTH;
  return importance.slice(0, mostEvents).map((event) => ({
    event: event.event,
    label: event.label,
    never: at(event, 0),
    third: at(event, event.unavailability / sensitivityFactor),
    threefold: at(event, Math.min(1, event.unavailability * sensitivityFactor)),
  }));
}

const dependencies: ReadonlySet<string> = new Set(["service", "dataStore", "external", "loadBalancer"]);

/**
 * Dependencies that promise less than one nine more than the objective: several of them add up to more than it allows
 * (Treynor, Dahlin, Rau and Beyer, The Calculus of Service Availability, ACM Queue 2017).
 */
export function checkDependencies({ importance }: JourneyAvailability, allowed: number): readonly DependencyCheck[] {
  const wanted = allowed / 10;
  return importance
    .filter(
      ({ category, unavailability, birnbaum }) =>
        dependencies.has(category) && birnbaum > 0 && isAbove(unavailability, wanted),
    )
    .map(({ event, label, unavailability, birnbaum }) => ({
      event,
      label,
      unavailability,
      wanted,
      minutesPerMonth: unavailability * birnbaum * MINUTES_PER_MONTH,
    }));
}

/** Shares come from decimal texts, divided: equal ones may differ in their last bit. */
function isAbove(value: number, limit: number): boolean {
  return value > limit * (1 + 1e-9);
}
