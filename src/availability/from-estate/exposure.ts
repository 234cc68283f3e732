import type { Reason } from "../../estate/figures/figure.ts";
import { type NodeId, TRUE } from "../fault-tree/fault-tree.ts";
import { durationInWords } from "../words/duration-in-words.ts";
import type { EventBook } from "./event-book.ts";

/**
 * Which part of an outage counts. Outages last an exponential time of mean M (the event's repair time), so that the
 * share of down time beyond `b` is exp(-b/M) and the share within the first `t` is 1 - exp(-t/M).
 */
export interface Exposure {
  /** Identifies the exposure in event ids; empty when every outage counts in full. */
  readonly key: string;
  /** What an asynchronous buffer bridges: shorter outages do not count. */
  readonly bufferHours: number;
  /** How long until another region takes over: only that part of an outage counts. Infinite when none does. */
  readonly windowHours: number;
  readonly reasons: readonly Reason[];
}

export const fullExposure: Exposure = {
  key: "",
  bufferHours: 0,
  windowHours: Number.POSITIVE_INFINITY,
  reasons: [],
};

/** The exposure behind a buffer. */
export function behindBuffer(exposure: Exposure, bufferHours: number, reason: Reason): Exposure {
  return named({ ...exposure, bufferHours, reasons: [...exposure.reasons, reason] });
}

/** The exposure until another region takes over. */
export function untilSwitch(exposure: Exposure, windowHours: number, reasons: readonly Reason[]): Exposure {
  return named({ ...exposure, windowHours, reasons: [...exposure.reasons, ...reasons] });
}

function named(exposure: Exposure): Exposure {
  const buffer = exposure.bufferHours > 0 ? `beyond ${durationInWords(exposure.bufferHours)}` : "";
  const window = Number.isFinite(exposure.windowHours) ? `within ${durationInWords(exposure.windowHours)}` : "";
  const key = [buffer, window].filter((part) => part !== "").join(" ");
  return { ...exposure, key };
}

/** A condition that holds this often is left out: the outage then counts in full, which never flatters. */
const NEARLY_ALL = 0.999;

/**
 * The event as far as it counts under the exposure. One condition serves all events with the same repair time. What only
 * some of the requests meet leaves the region in service: no switch cuts it short.
 */
export function exposed(book: EventBook, failure: NodeId, under: Exposure): NodeId {
  const { repairHours, requestShare = 1 } = book.eventOf(failure) ?? {};
  const exposure = requestShare < 1 ? named({ ...under, windowHours: Number.POSITIVE_INFINITY }) : under;
  if (exposure.key === "" || repairHours === undefined || repairHours <= 0) return failure;
  const counted = countedShare(exposure, repairHours, Number.POSITIVE_INFINITY);
  if (counted.share >= NEARLY_ALL) return failure;
  const condition = book.node(`window/${exposure.key}/${durationInWords(repairHours)}/${repairHours}`, () => ({
    label: `outages of mean ${durationInWords(repairHours)} ${exposure.key}`,
    category: "window",
    unavailability: counted.share,
    repairHours: undefined,
    frequencyPerHour: counted.frequencyPerHour,
    clause: clauseOf(exposure),
    counted: { bufferHours: exposure.bufferHours, windowHours: exposure.windowHours },
    reasons: [countedFormula(exposure.bufferHours, exposure.windowHours), ...exposure.reasons],
  }));
  return book.tree.and([failure, condition]);
}

/** What is said of a replica that comes back elsewhere while the failed part is still down. */
export interface Recovery {
  /** Identifies who comes back from what. */
  readonly id: string;
  readonly hours: number;
  /** A clause such as `before web is back elsewhere (345 s)`. */
  readonly clause: string;
  readonly group: string;
  readonly reasons: readonly Reason[];
}

/**
 * The failure of something that pods leave: counts until they run elsewhere, or in full while `blocked` (the control
 * plane is down, so that nothing is rescheduled).
 */
export function exposedUntilRecovery(
  book: EventBook,
  failure: NodeId,
  recovery: Recovery,
  blocked: NodeId,
  exposure: Exposure,
): NodeId {
  const repairHours = book.eventOf(failure)?.repairHours ?? 0;
  const stuck = book.tree.and([exposed(book, failure, exposure), blocked]);
  const until = Math.min(exposure.windowHours, recovery.hours);
  if (until <= exposure.bufferHours) return stuck;
  const whole = countedShare(fullExposure, repairHours, recovery.hours);
  if (whole.share >= 1) return exposed(book, failure, exposure);
  const away = book.node(`window/${recovery.id}`, () => ({
    label: recovery.clause,
    category: "window",
    unavailability: whole.share,
    repairHours: undefined,
    frequencyPerHour: whole.frequencyPerHour,
    clause: recovery.clause,
    lastsHours: recovery.hours,
    reasons: [countedFormula(0, recovery.hours), ...recovery.reasons],
    group: recovery.group,
  }));
  const part = partOfRecovery(book, recovery, whole.share, repairHours, exposure);
  return book.tree.or([book.tree.and([failure, away, part]), stuck]);
}

/** The part of the time until recovery that counts under the exposure, given that it is such a time. */
function partOfRecovery(
  book: EventBook,
  recovery: Recovery,
  whole: number,
  repairHours: number,
  exposure: Exposure,
): NodeId {
  const counted = countedShare(exposure, repairHours, recovery.hours);
  const share = counted.share / whole;
  if (share >= 1 - 1e-12) return TRUE;
  const id = `window/${exposure.key}/${durationInWords(repairHours)} until ${recovery.hours}/${repairHours}`;
  return book.node(id, () => ({
    label: `time until recovery ${exposure.key}`,
    category: "window",
    unavailability: share,
    repairHours: undefined,
    frequencyPerHour: 0,
    clause: clauseOf(exposure),
    counted: { bufferHours: exposure.bufferHours, windowHours: exposure.windowHours },
    reasons: [
      countedFormula(exposure.bufferHours, Math.min(exposure.windowHours, recovery.hours)),
      ...exposure.reasons,
    ],
  }));
}

/**
 * Share of an outage's time that counts, and the frequency that the condition must have so that the failure and the
 * condition together happen as often as outages reach the buffer: w(failure) exp(-b/M).
 */
function countedShare(exposure: Exposure, repairHours: number, recoveryHours: number) {
  const until = Math.min(exposure.windowHours, recoveryHours);
  const reached = repairHours > 0 ? Math.exp(-exposure.bufferHours / repairHours) : 1;
  const ended = repairHours > 0 ? Math.exp(-until / repairHours) : 0;
  const share =
    until <= exposure.bufferHours
      ? 0
      : exposure.bufferHours === 0
        ? -Math.expm1(-until / repairHours)
        : reached - ended;
  return { share, frequencyPerHour: repairHours > 0 ? (reached - share) / repairHours : 0 };
}

function countedFormula(bufferHours: number, untilHours: number): Reason {
  const from = bufferHours > 0 ? `exp(-${durationInWords(bufferHours)} / MTTR)` : "1";
  const to = Number.isFinite(untilHours) ? ` - exp(-${durationInWords(untilHours)} / MTTR)` : "";
  return { kind: "formula", text: `share of an outage that counts = ${from}${to}, outages being exponential` };
}

function clauseOf({ bufferHours, windowHours }: Exposure): string {
  const parts: string[] = [];
  if (bufferHours > 0) parts.push(`for longer than the buffer of ${durationInWords(bufferHours)}`);
  if (Number.isFinite(windowHours)) parts.push(`before the other region takes over (${durationInWords(windowHours)})`);
  return parts.join(", ");
}
