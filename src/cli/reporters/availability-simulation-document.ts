import type { OutageCause, SimulatedJourney } from "../../availability/simulation/simulation-report.ts";
import type { AvailabilitySimulationReport } from "../../operations/simulation/simulate-availability.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

/** Journeys told in full below the tables, which name them all. */
const MOST_TOLD = 5;
/** Causes told below each journey. */
const MOST_CAUSES = 4;

/** What a year of each journey looks like, the worst journey first. */
export function availabilitySimulationDocument(report: AvailabilitySimulationReport): Document {
  const journeys = report.journeys.toSorted(
    (left, right) =>
      right.downtimeMinutesPerYear.mean - left.downtimeMinutesPerYear.mean || (left.journey < right.journey ? -1 : 1),
  );
  return [
    heading(1, `${counted(report.years, "year")} simulated`),
    paragraph(headText(report)),
    heading(2, "Downtime a year"),
    ...meansTable(journeys),
    heading(2, "Single years and single outages"),
    ...yearsTable(journeys),
    ...tellingJourneys(journeys).flatMap(journeySection),
    ...(journeys.length > MOST_TOLD
      ? [paragraph(`And ${counted(journeys.length - MOST_TOLD, "journey")} more; -o json has them all.`)]
      : []),
    heading(2, "How to read it"),
    ...bullets(readingHints(report)),
  ];
}

/** Those that differ from their tree, then those with an objective, then the worst. */
function tellingJourneys(journeys: readonly SimulatedJourney[]): readonly SimulatedJourney[] {
  const weight = ({ differences, odds }: SimulatedJourney) =>
    (odds === undefined ? 0 : 2) + Math.min(1, differences.length);
  return journeys.toSorted((left, right) => weight(right) - weight(left)).slice(0, MOST_TOLD);
}

function headText({ journeys, seed, events, replays, stoppedBy, repair }: AvailabilitySimulationReport): string {
  const stop = stoppedBy === "precision" ? " It stopped when every mean was as precise as asked for." : "";
  return `${counted(journeys.length, "journey")}, ${events.toLocaleString("en-US")} failures, repairs and recoveries with ${repair} repair times (seed ${seed}); ${counted(replays, "different loss", "different losses")} of nodes and zones scheduled anew to see who finds room.${stop}`;
}

const agreementWords = {
  agrees: "agrees",
  lower: "simulation lower",
  higher: "simulation higher",
  notComparable: "not comparable",
} as const;

function meansTable(journeys: readonly SimulatedJourney[]): Document {
  return table(
    [
      { title: "Journey" },
      { title: "Available", align: "right" },
      { title: "Simulated", align: "right" },
      { title: "95 % interval", align: "right" },
      { title: "Fault tree", align: "right" },
      { title: "Verdict" },
    ],
    journeys.map((journey) => {
      const { mean, lower, upper } = journey.downtimeMinutesPerYear;
      return [
        journey.journey,
        journey.missing.length > 0 ? "not evaluable" : percent(1 - journey.unavailability.mean),
        `${journey.missing.length > 0 ? "at least " : ""}${duration(mean)}`,
        upper - lower < 1e-9 * mean ? "exact" : `± ${share((upper - mean) / mean)}`,
        journey.exactMinutesPerYear === undefined ? "" : duration(journey.exactMinutesPerYear),
        agreementWords[journey.agreement],
      ];
    }),
  );
}

function yearsTable(journeys: readonly SimulatedJourney[]): Document {
  return table(
    [
      { title: "Journey" },
      { title: "Median year", align: "right" },
      { title: "1 in 20", align: "right" },
      { title: "1 in 100", align: "right" },
      { title: "Outages", align: "right" },
      { title: "Mean", align: "right" },
      { title: "1 in 100", align: "right" },
      { title: "Years over", align: "right" },
    ],
    journeys.map(({ journey, yearly, outages, odds }) => [
      journey,
      duration(yearly.p50),
      duration(yearly.p95),
      duration(yearly.p99),
      outages.perYear >= 10 ? outages.perYear.toFixed(0) : outages.perYear.toFixed(2),
      duration(outages.meanMinutes),
      duration(outages.p99Minutes),
      odds === undefined ? "" : share(odds.broken.mean),
    ]),
  );
}

function journeySection(journey: SimulatedJourney): Document {
  const { parts, causes, differences, odds, missing, outages } = journey;
  const made = parts
    .filter((part) => part.share >= 0.0005)
    .toSorted((left, right) => right.share - left.share)
    .map((part) => `${share(part.share)} ${partWords[part.part]}`);
  const [first] = missing;
  return [
    heading(3, journey.journey),
    paragraph(
      `${first === undefined ? "" : `Only a part is known (missing: ${first}). `}Downtime is ${made.join(", ")}. The longest outage took ${duration(outages.longestMinutes)}.${oddsText(odds)}`,
    ),
    ...bullets(differences),
    ...table(
      [
        { title: "Outages begin with" },
        { title: "a year", align: "right" },
        { title: "Minutes a year", align: "right" },
        { title: "Share", align: "right" },
      ],
      causes.slice(0, MOST_CAUSES).map(causeRow),
    ),
  ];
}

const partWords = {
  hard: "failures that nothing shortens",
  recovery: "pods on their way to another node",
  room: "pods waiting for room",
  controlPlane: "pods that a control plane that is down does not move",
  switch: "the switch to the other region",
} as const;

function oddsText(odds: SimulatedJourney["odds"]): string {
  if (odds === undefined) return "";
  const { broken, objective, allowedMinutesPerYear } = odds;
  return ` ${objective} allows ${duration(allowedMinutesPerYear)} a year: ${share(broken.mean)} of the years have more (between ${share(broken.lower)} and ${share(broken.upper)}).`;
}

function causeRow({ label, outagesPerYear, minutesPerYear, share: part }: OutageCause): readonly string[] {
  return [label, outagesPerYear.toPrecision(2), duration(minutesPerYear), share(part)];
}

function readingHints({ journeys, years }: AvailabilitySimulationReport): readonly string[] {
  const worst = Math.max(0, ...journeys.map(({ check }) => Math.abs(check.standardErrors)));
  return [
    "Failures that no recovery shortens have an exact mean, which is used; sampled is what the tree cannot see: who moves where, for how long, and who waits.",
    `The check on what both must have alike: the sampled mean of these failures lies at most ${worst.toFixed(1)} standard errors from the exact one over ${counted(journeys.length, "journey")} (4 would be a fault).`,
    `A row that says 1 in 100 stands on ${counted(Math.floor(years / 100), "year")} of the simulation; more --years make it steadier.`,
    "Years over: share of the years with more downtime than the journey's objective allows in a year.",
    "A fault tree takes a fixed time for pods to be back and room for all of them; the simulation has their own tolerations, probes and disks, and the scheduler's answer.",
  ];
}

/** Minutes in the unit that reads best. */
function duration(minutes: number): string {
  if (minutes >= 2880) return `${(minutes / 1440).toFixed(1)} d`;
  if (minutes >= 120) return `${(minutes / 60).toFixed(1)} h`;
  if (minutes >= 10) return `${minutes.toFixed(0)} min`;
  if (minutes >= 1) return `${minutes.toFixed(1)} min`;
  return minutes === 0 ? "0" : minutes * 60 >= 0.05 ? `${(minutes * 60).toFixed(1)} s` : "under 0.1 s";
}

/** Availability with as many nines as it has, and two digits more. */
function percent(availability: number): string {
  const down = 1 - availability;
  const digits = down <= 0 ? 4 : Math.min(9, Math.max(2, Math.ceil(-Math.log10(down)) - 1));
  return `${(availability * 100).toFixed(digits)} %`;
}

function share(value: number): string {
  const hundredths = value * 100;
  if (hundredths > 0 && hundredths < 0.1) return "under 0.1 %";
  return `${hundredths >= 10 || hundredths === 0 ? hundredths.toFixed(0) : hundredths.toFixed(1)} %`;
}
