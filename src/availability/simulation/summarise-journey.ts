import type { Journey } from "../../estate/model/application.ts";
import type { EventBook } from "../from-estate/event-book.ts";
import { explainDifference } from "./explain-difference.ts";
import type { ExactPart } from "./hard-failures.ts";
import { type IntervalEstimate, meanInterval, quantile, shareInterval, standardError } from "./interval-estimate.ts";
import type { OutageRecord } from "./outage-record.ts";
import { HOURS_PER_YEAR } from "./simulate-failures.ts";
import type {
  DowntimePart,
  OutageCause,
  OutageLengths,
  SimulatedJourney,
  YearlyDowntime,
} from "./simulation-report.ts";

const MAXIMUM_CAUSES = 10;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_YEAR = HOURS_PER_YEAR * MINUTES_PER_HOUR;

export interface JourneySummaryInput {
  readonly book: EventBook;
  readonly journey: Journey;
  readonly missing: readonly string[];
  readonly record: OutageRecord;
  readonly exact: ExactPart;
}

/** Figures of one journey from the years it went through. */
export function summariseJourney(input: JourneySummaryInput): SimulatedJourney {
  const { journey, missing, record, exact } = input;
  const downtime = downtimeOf(record, exact);
  const parts = partsOf(record, exact);
  const whole = missing.length > 0 || exact.whole === undefined ? undefined : exact.whole * MINUTES_PER_YEAR;
  const { agreement, differences } = explainDifference(downtime, whole, parts, (exact.hard ?? 0) * MINUTES_PER_YEAR);
  return {
    journey: journey.id,
    missing,
    unavailability: scaled(downtime, 1 / MINUTES_PER_YEAR),
    downtimeMinutesPerYear: downtime,
    sampledMinutesPerYear: scaled(meanInterval(record.hoursByYear), MINUTES_PER_HOUR),
    ...(whole === undefined ? {} : { exactMinutesPerYear: whole }),
    agreement,
    differences,
    check: checkOf(record, exact),
    parts,
    yearly: yearlyOf(record),
    outages: outagesOf(record),
    ...oddsOf(journey, record),
    causes: causesOf(input.book, record),
  };
}

/**
 * Mean downtime a year. Hard failures have an exact mean: only what the years have beyond them is sampled (a control
 * variate with coefficient 1), so that rare long outages, which both have, cost no precision.
 */
export function downtimeOf({ hoursByYear, hardHoursByYear }: OutageRecord, { hard }: ExactPart): IntervalEstimate {
  if (hard === undefined) return scaled(meanInterval(hoursByYear), MINUTES_PER_HOUR);
  const beyond = hoursByYear.map((hours, year) => hours - (hardHoursByYear[year] ?? 0));
  const known = hard * HOURS_PER_YEAR;
  const { mean, lower, upper } = meanInterval(beyond);
  return scaled({ mean: known + mean, lower: Math.max(known, known + lower), upper: known + upper }, MINUTES_PER_HOUR);
}

function scaled({ mean, lower, upper }: IntervalEstimate, factor: number): IntervalEstimate {
  return { mean: mean * factor, lower: Math.max(0, lower * factor), upper: upper * factor };
}

function checkOf({ hardHoursByYear }: OutageRecord, { hard = Number.NaN }: ExactPart): SimulatedJourney["check"] {
  const sampled = hardHoursByYear.reduce((sum, hours) => sum + hours, 0) / Math.max(1, hardHoursByYear.length);
  const error = standardError(hardHoursByYear, sampled);
  return {
    sampledMinutesPerYear: sampled * MINUTES_PER_HOUR,
    exactMinutesPerYear: hard * MINUTES_PER_YEAR,
    standardErrors: error > 0 ? (sampled - hard * HOURS_PER_YEAR) / error : 0,
  };
}

function partsOf({ waitHours, hoursByYear }: OutageRecord, { hard }: ExactPart): readonly DowntimePart[] {
  const years = Math.max(1, hoursByYear.length);
  const waits = (["recovery", "room", "controlPlane", "switch"] as const).map((part) => ({
    part,
    minutesPerYear: (waitHours[part] / years) * MINUTES_PER_HOUR,
  }));
  const all = [{ part: "hard" as const, minutesPerYear: (hard ?? 0) * MINUTES_PER_YEAR }, ...waits];
  const sum = all.reduce((total, { minutesPerYear }) => total + minutesPerYear, 0);
  return all
    .filter(({ minutesPerYear }) => minutesPerYear > 0)
    .map((each) => ({ ...each, share: each.minutesPerYear / sum }));
}

function yearlyOf({ hoursByYear }: OutageRecord): YearlyDowntime {
  const minutes = Float64Array.from(hoursByYear, (hours) => hours * MINUTES_PER_HOUR).sort();
  const without = minutes.filter((each) => each === 0).length;
  return {
    p50: quantile(minutes, 0.5),
    p90: quantile(minutes, 0.9),
    p95: quantile(minutes, 0.95),
    p99: quantile(minutes, 0.99),
    worst: quantile(minutes, 1),
    withoutAny: minutes.length === 0 ? 0 : without / minutes.length,
  };
}

function outagesOf({ lengths, hoursByYear }: OutageRecord): OutageLengths {
  const minutes = Float64Array.from(lengths, (hours) => hours * MINUTES_PER_HOUR).sort();
  const sum = minutes.reduce((total, each) => total + each, 0);
  return {
    perYear: minutes.length / Math.max(1, hoursByYear.length),
    meanMinutes: minutes.length === 0 ? 0 : sum / minutes.length,
    p50Minutes: quantile(minutes, 0.5),
    p95Minutes: quantile(minutes, 0.95),
    p99Minutes: quantile(minutes, 0.99),
    longestMinutes: quantile(minutes, 1),
  };
}

function oddsOf({ objective, objectiveUnavailability }: Journey, { hoursByYear }: OutageRecord) {
  if (objective === undefined || objectiveUnavailability === undefined) return {};
  const allowed = objectiveUnavailability * HOURS_PER_YEAR;
  const broken = hoursByYear.filter((hours) => hours > allowed).length;
  return {
    odds: {
      objective,
      allowedMinutesPerYear: allowed * MINUTES_PER_HOUR,
      broken: shareInterval(broken, hoursByYear.length),
    },
  };
}

function causesOf(book: EventBook, { causes, hoursByYear }: OutageRecord): readonly OutageCause[] {
  const years = Math.max(1, hoursByYear.length);
  const all = [...causes].flatMap(([index, { outages, hours }]) => {
    const event = book.event(index);
    if (event === undefined) return [];
    const { id, label, category } = event;
    return [{ event: id, label, category, outagesPerYear: outages / years, minutesPerYear: (hours / years) * 60 }];
  });
  const sum = all.reduce((total, { minutesPerYear }) => total + minutesPerYear, 0);
  return all
    .filter(({ minutesPerYear }) => minutesPerYear > 0)
    .toSorted((left, right) => right.minutesPerYear - left.minutesPerYear || (left.event < right.event ? -1 : 1))
    .slice(0, MAXIMUM_CAUSES)
    .map((cause) => ({ ...cause, share: cause.minutesPerYear / sum }));
}
