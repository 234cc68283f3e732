import { failureRules, podFailureInterval } from "../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { BasicEvent } from "../from-estate/event-book.ts";
import type { FailureModel } from "../from-estate/failure-model.ts";

/** A time that a prediction stands on, with the field that replaces it. */
export interface TimePart {
  /** Name of the assumption, or of what is declared. */
  readonly name: string;
  readonly origin: "assumption" | "declared";
  /** Document and field. */
  readonly field: string;
  readonly seconds: number;
}

/** How long a failure is felt, whatever holds it. */
export interface FeltFailure {
  /** Seconds until the journey is served again while the failure lasts; infinite where nothing takes over. */
  readonly recoversAfterSeconds: number;
  /** Seconds of the failure that a buffer bridges. */
  readonly bufferSeconds: number;
  /** What the two stand on, the longest first. */
  readonly parts: readonly TimePart[];
}

/** Killed pods come back by themselves; all else lasts until somebody ends it, or something takes over. */
const healing: ReadonlySet<string> = new Set(["pod", "commonCause"]);

const bufferField = "Application.spec.dependencies[].bufferMinutes";

/** How failures are felt under the conditions of their cut set. */
export function feltFailure(
  failures: readonly BasicEvent[],
  conditions: readonly BasicEvent[],
  model: FailureModel,
): FeltFailure {
  const restarts = failures.filter(({ category }) => healing.has(category));
  const ends = [
    ...conditions.flatMap((event) => (event.lastsHours === undefined ? [] : [{ event, hours: event.lastsHours }])),
    ...conditions.flatMap((event) =>
      event.counted === undefined || !Number.isFinite(event.counted.windowHours)
        ? []
        : [{ event, hours: event.counted.windowHours }],
    ),
    // A pair is over when the first of the two is back.
    ...restarts.map((event) => ({ event, hours: event.repairHours ?? Number.POSITIVE_INFINITY })),
  ].toSorted((left, right) => left.hours - right.hours);
  const buffer = Math.max(0, ...conditions.map(({ counted }) => counted?.bufferHours ?? 0));
  const buffers = conditions.filter(({ counted }) => (counted?.bufferHours ?? 0) > 0);
  const set = [...(ends[0] === undefined ? [] : [ends[0].event]), ...buffers];
  const parts = set.flatMap(({ reasons }) => reasons.flatMap((reason) => timePart(reason, model)));
  const isBuffered = buffer > 0 && !parts.some(({ name }) => name === "async-buffer");
  if (isBuffered)
    parts.push({ name: "bufferMinutes", origin: "declared", field: bufferField, seconds: rounded(buffer) });
  const unique = [...new Map(parts.map((part) => [part.name, part])).values()];
  return {
    recoversAfterSeconds: ends[0] === undefined ? Number.POSITIVE_INFINITY : rounded(ends[0].hours),
    bufferSeconds: rounded(buffer),
    parts: unique.toSorted((left, right) => right.seconds - left.seconds || (left.name < right.name ? -1 : 1)),
  };
}

const declaredField = /^failureModel\.(.+)$/;

/** A reason that is a time; nothing for shares and rates, and for the time between two failures. */
function timePart(reason: Reason, model: FailureModel): readonly TimePart[] {
  if (reason.kind !== "assumption" && reason.kind !== "declared") return [];
  const name = reason.kind === "assumption" ? undefined : declaredField.exec(reason.name)?.[1];
  const rule = failureRules.find((each) => (reason.kind === "assumption" ? each.id === reason.id : each.name === name));
  if (rule !== undefined) {
    if (rule.unit !== "hours" || rule === podFailureInterval) return [];
    return [{ name: rule.name, origin: reason.kind, field: rule.replaceBy, seconds: rounded(model.value(rule)) }];
  }
  if (reason.kind === "declared" && reason.unit === "s" && typeof reason.value === "number")
    return [
      {
        name: reason.name,
        origin: "declared",
        field: reason.name.startsWith("regions.") ? `Application.spec.${reason.name}` : reason.name,
        seconds: reason.value,
      },
    ];
  return [];
}

/** To the millisecond: hours are sums of fractions. */
function rounded(hours: number): number {
  return Math.round(hours * 3_600_000) / 1000;
}
