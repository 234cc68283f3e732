import { objectiveWindow } from "../assumptions/estate-rules.ts";
import {
  objectiveNotAvailability,
  objectivesDisagree,
  objectiveWithoutTarget,
} from "../diagnostics/objective-diagnostics.ts";
import { indicatorLabel, openSloDays, openSloSeconds } from "../kinds/open-slo.ts";
import type { SloDocument } from "../kinds/slo-document.ts";
import type { ValidDocument } from "../kinds/validate-document.ts";
import type { Journey } from "../model/application.ts";
import type { ServiceLevelObjective } from "../model/estate.ts";
import { parseUnavailability } from "../quantities/percentage.ts";
import { type AlertDocuments, bindAlertConditions } from "./bind-alert-conditions.ts";
import { bindIndicator } from "./bind-indicator.ts";
import type { BindingLog } from "./binding-log.ts";

const DEFAULT_WINDOW_DAYS = 30;

type Objective = SloDocument["spec"]["objectives"][number];

/** An objective on availability with the text of its target. */
interface AvailabilityTarget {
  readonly slo: string;
  readonly service: string;
  readonly unavailability: number;
  readonly text: string;
  readonly document: ValidDocument<"SLO">;
}

/** SLOs with the documents that they name. */
export interface ObjectiveDocuments extends AlertDocuments {
  readonly objectives: readonly ValidDocument<"SLO">[];
  readonly indicators: readonly ValidDocument<"SLI">[];
}

/** SLOs, and the journeys with the objectives that hold for them. */
export interface BoundObjectives {
  readonly serviceLevelObjectives: readonly ServiceLevelObjective[];
  readonly journeys: readonly Journey[];
}

/**
 * Reads the SLO documents and puts their targets on the journeys of the service they name: an Application, a journey, or
 * `application/journey`, in production; or a journey of one environment, `environment/application/journey`. Where a journey's own objective differs, the SLO holds.
 */
export function bindObjectives(
  documents: ObjectiveDocuments,
  journeys: readonly Journey[],
  applications: readonly string[],
  log: BindingLog,
): BoundObjectives {
  const objectives: ServiceLevelObjective[] = [];
  const targets: AvailabilityTarget[] = [];
  for (const document of documents.objectives) {
    checkService(document, journeys, applications, log);
    const read = readObjectives(document, documents, log);
    objectives.push(...read.objectives);
    targets.push(...read.targets);
  }
  return { serviceLevelObjectives: objectives, journeys: applyTargets(journeys, targets, log) };
}

function checkService(
  document: ValidDocument<"SLO">,
  journeys: readonly Journey[],
  applications: readonly string[],
  log: BindingLog,
): void {
  const { service } = document.value.spec;
  if (applications.includes(service) || journeys.some((journey) => isOf(journey, service))) return;
  const candidates = new Set([...applications, ...journeys.flatMap(({ name, application }) => [name, application])]);
  const parameters = {
    field: document.id,
    what: "service",
    target: service,
    candidates: [...candidates],
  };
  log.dangling(parameters, { place: document.locate(["spec", "service"]), affects: [document.id] });
}

function isOf({ id, name, application }: Journey, service: string): boolean {
  return service === application || service === name || service === `${application}/${name}` || service === id;
}

function readObjectives(
  document: ValidDocument<"SLO">,
  documents: ObjectiveDocuments,
  log: BindingLog,
): { readonly objectives: readonly ServiceLevelObjective[]; readonly targets: readonly AvailabilityTarget[] } {
  const { spec } = document.value;
  const common = {
    service: spec.service,
    windowDays: windowOf(document, log),
    isRolling: spec.timeWindow?.[0]?.isRolling ?? spec.timeWindow?.[0]?.calendar === undefined,
    budgetingMethod: spec.budgetingMethod ?? "Occurrences",
    alertConditions: bindAlertConditions(document, documents, log),
    spec,
  };
  const objectives: ServiceLevelObjective[] = [];
  const targets: AvailabilityTarget[] = [];
  spec.objectives.forEach((objective, index) => {
    const place = document.locate(["spec", "objectives", index]);
    const text = targetText(objective);
    const unavailability = text === undefined ? undefined : parseUnavailability(text);
    if (text === undefined || unavailability === undefined) {
      log.report(objectiveWithoutTarget, { slo: document.name }, { place, affects: [document.id] });
      return;
    }
    const suffix = spec.objectives.length === 1 ? "" : `/${objective.displayName ?? index}`;
    const name = `${document.name}${suffix}`;
    const indicator = bindIndicator(document, index, documents.indicators, log);
    objectives.push({ ...common, name, unavailability, indicator, ...comparisonOf(objective), place });
    if (objective.op !== undefined || objective.value !== undefined) {
      log.report(objectiveNotAvailability, { slo: name }, { place });
    } else if ((document.value.metadata.labels?.[indicatorLabel] ?? "requests") === "requests") {
      targets.push({ slo: name, service: spec.service, unavailability, text, document });
    }
  });
  return { objectives, targets };
}

function comparisonOf({
  op,
  value,
  timeSliceTarget,
  timeSliceWindow,
}: Objective): Pick<ServiceLevelObjective, "threshold" | "timeSlice"> {
  return {
    ...(value === undefined ? {} : { threshold: { operator: op ?? "lte", value } }),
    ...(timeSliceTarget === undefined && timeSliceWindow === undefined
      ? {}
      : { timeSlice: { seconds: sliceSeconds(timeSliceWindow), target: timeSliceTarget } }),
  };
}

/** A number is of minutes. */
function sliceSeconds(window: string | number | undefined): number | undefined {
  if (typeof window === "string") return openSloSeconds(window);
  return window !== undefined && Number.isFinite(window) && window > 0 ? window * 60 : undefined;
}

function windowOf(document: ValidDocument<"SLO">, log: BindingLog): number {
  const duration = document.value.spec.timeWindow?.[0]?.duration;
  const days = duration === undefined ? undefined : openSloDays(duration);
  if (days !== undefined) return days;
  log.assume(objectiveWindow, document.id, { days: DEFAULT_WINDOW_DAYS }, document.locate(["spec"]));
  return DEFAULT_WINDOW_DAYS;
}

/** The target as a percentage, exact by its decimal text. */
function targetText({ target, targetPercent }: Objective): string | undefined {
  if (targetPercent !== undefined) return `${decimalText(targetPercent)}%`;
  return target === undefined ? undefined : `${timesHundred(decimalText(target))}%`;
}

/** The shortest decimal text of a number, without exponent. */
function decimalText(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : text;
}

function timesHundred(text: string): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const digits = fraction.padEnd(2, "0");
  const shifted = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = digits.slice(2);
  return rest === "" ? shifted : `${shifted}.${rest}`;
}

function applyTargets(
  journeys: readonly Journey[],
  targets: readonly AvailabilityTarget[],
  log: BindingLog,
): readonly Journey[] {
  const reported = new Set<string>();
  // Journeys stand in the order of promotion: of one journey the last is production's, which an SLO means by the name alone.
  const production = new Map(journeys.map((journey) => [`${journey.application}/${journey.name}`, journey.id]));
  return journeys.map((journey) => {
    const isProduction = production.get(`${journey.application}/${journey.name}`) === journey.id;
    const strictest = targets
      .filter(({ service }) => service === journey.id || (isProduction && isOf(journey, service)))
      .reduce<AvailabilityTarget | undefined>(stricter, undefined);
    if (strictest === undefined) return journey;
    const { objective, objectiveUnavailability } = journey;
    const key = `${journey.application}/${journey.name}`;
    if (objective !== undefined && objectiveUnavailability !== strictest.unavailability && !reported.has(key)) {
      reported.add(key);
      const parameters = { journey: key, objective, slo: strictest.slo, target: strictest.text };
      log.report(objectivesDisagree, parameters, { place: journey.place });
    }
    return { ...journey, objective: strictest.text, objectiveUnavailability: strictest.unavailability };
  });
}

function stricter(one: AvailabilityTarget | undefined, other: AvailabilityTarget): AvailabilityTarget {
  return one === undefined || other.unavailability < one.unavailability ? other : one;
}
