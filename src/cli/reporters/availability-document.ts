import { likelyValue } from "../../estate/figures/figure.ts";
import { formatAvailability, formatMinutes, formatMoney } from "../../estate/figures/format-figure.ts";
import type { Availability } from "../../operations/availability/availability.ts";
import type { JourneyInDepth } from "../../operations/availability/journey-in-depth.ts";
import { changesSection } from "./availability-changes.ts";
import { outagesInWords, singlePointCount, timesPerYear } from "./availability-words.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { printedCommand } from "./printed-command.ts";
import { counted } from "./words.ts";

/** Journeys told one by one, and single points of failure told of each. */
const mostJourneys = 12;
const mostSinglePoints = 3;

/** Journeys worst first, what takes each down, and what one unit of money buys; `paths` as the command was given. */
export function availabilityDocument(report: Availability, paths: readonly string[]): Document {
  const { journeys, changesFor, currency } = report;
  if (journeys.length === 0) {
    return [
      heading(1, `Availability of ${report.estate}`),
      paragraph("No journey: no Ingress, Gateway route or LoadBalancer Service was found and none is declared."),
    ];
  }
  const told = journeys.filter(({ environment }) => changesFor.includes(environment));
  const others = journeys.filter(({ environment }) => !changesFor.includes(environment));
  return [
    heading(1, `Availability of ${report.estate}`),
    paragraph(summary(told, others.length, currency)),
    ...journeyTable(told, currency),
    paragraph("Alone: things that stop the journey by themselves. Worst first."),
    heading(2, "What takes them down"),
    ...told.slice(0, mostJourneys).flatMap((journey) => journeyItems(journey, paths)),
    ...(told.length > mostJourneys
      ? [
          paragraph(
            `${told.length - mostJourneys} more journeys; one of them: ${printedCommand(["availability", "--journey", told[mostJourneys]?.journey ?? ""], paths)}.`,
          ),
        ]
      : []),
    ...changesSection(report),
    ...clusterTable(report),
    ...otherTable(others),
    ...furtherCommands(told[0] ?? journeys[0], paths),
  ];
}

function furtherCommands(journey: JourneyInDepth | undefined, paths: readonly string[]): Document {
  if (journey === undefined) return [];
  return [
    paragraph(
      `One journey in depth, with every single point of failure: ${printedCommand(["availability", "--journey", journey.journey], paths)}. Where a figure comes from: ${printedCommand(["explain", journey.unavailability.id], paths)}.`,
    ),
  ];
}

function summary(told: readonly JourneyInDepth[], others: number, currency: string): string {
  const missed = told.filter(({ objectiveMet }) => objectiveMet === false);
  const unknown = told.filter(({ unavailability }) => unavailability.result.kind === "notEvaluable");
  const cost = told.reduce(
    (sum, { downtimeCost }) => sum + (downtimeCost === undefined ? 0 : (likelyValue(downtimeCost) ?? 0)),
    0,
  );
  const environments = new Set(told.map(({ environment }) => environment));
  const parts = [
    `${counted(told.length, "journey")} of ${[...environments].join(", ")}`,
    missed.length === 0 ? "no objective missed" : `${counted(missed.length, "objective")} missed`,
    ...(unknown.length === 0 ? [] : [`${unknown.length} not evaluable`]),
    ...(cost > 0 ? [`downtime costs ${formatMoney(cost, currency)} a month`] : []),
  ];
  return `${parts.join(", ")}.${others === 0 ? "" : ` ${counted(others, "journey")} of other environments at the end.`} Minutes are those of an average month (43,830).`;
}

function journeyTable(journeys: readonly JourneyInDepth[], currency: string): Document {
  const right = (title: string) => ({ title, align: "right" }) as const;
  const costs = journeys.some(({ downtimeCost }) => downtimeCost !== undefined);
  return table(
    [
      { title: "Journey" },
      right("Available"),
      right("Down a month"),
      right("Outages"),
      { title: "Objective" },
      right("Alone"),
      ...(costs ? [right(`${currency} a month`)] : []),
    ],
    journeys.map((journey) => [
      nameIn(journey),
      availabilityCell(journey),
      downtimeCell(journey),
      timesPerYear(journey),
      objectiveCell(journey),
      singlePointCount(journey),
      ...(costs ? [costCell(journey)] : []),
    ]),
  );
}

/** Clusters that cannot mend themselves keep running: it tells only when something else fails too. */
function clusterTable({ clusters, journeys }: Availability): Document {
  if (clusters === undefined || clusters.length === 0 || journeys.length === 0) return [];
  const right = (title: string) => ({ title, align: "right" }) as const;
  return [
    heading(2, "Can the clusters mend themselves"),
    paragraph("Time in which a cluster cannot reschedule, scale or deploy; what runs goes on."),
    ...table(
      [
        { title: "Cluster" },
        right("Able"),
        right("Unable a month"),
        right("Alone"),
        { title: "No room after a lost node" },
      ],
      clusters.map(({ cluster, unavailability, downtimeMinutesPerMonth, cutSetCounts, shortages }) => {
        const share = likelyValue(unavailability);
        const minutes = likelyValue(downtimeMinutesPerMonth);
        return [
          cluster,
          share === undefined ? "not evaluable" : formatAvailability(share),
          minutes === undefined ? "" : formatMinutes(minutes),
          cutSetCounts[0] ?? "0",
          shortages
            .map(({ pool, resource, grows }) => `${pool} (${resource}${grows ? ", until it grows" : ""})`)
            .join(", "),
        ];
      }),
    ),
  ];
}

/** Journeys of environments that are not told one by one. */
function otherTable(journeys: readonly JourneyInDepth[]): Document {
  const right = (title: string) => ({ title, align: "right" }) as const;
  if (journeys.length === 0) return [];
  return [
    heading(2, "Other environments"),
    ...table(
      [{ title: "Environment" }, { title: "Journey" }, right("Available"), right("Down a month"), right("Alone")],
      journeys.map((journey) => [
        journey.environment,
        nameIn(journey),
        availabilityCell(journey),
        downtimeCell(journey),
        singlePointCount(journey),
      ]),
    ),
  ];
}

/** The journey inside its environment. */
function nameIn({ label, environment }: JourneyInDepth): string {
  return label.startsWith(`${environment}/`) ? label.slice(environment.length + 1) : label;
}

function availabilityCell({ unavailability }: JourneyInDepth): string {
  const value = likelyValue(unavailability);
  return value === undefined ? "not evaluable" : formatAvailability(value);
}

function downtimeCell({ downtimeMinutesPerMonth, atLeast }: JourneyInDepth): string {
  const minutes = likelyValue(downtimeMinutesPerMonth);
  if (minutes !== undefined) return formatMinutes(minutes);
  const least = atLeast === undefined ? undefined : likelyValue(atLeast);
  return least === undefined ? "" : `at least ${formatMinutes(least)}`;
}

function objectiveCell({ objective, objectiveMet, marginMinutesPerMonth: margin }: JourneyInDepth): string {
  if (objective === undefined) return "none";
  const by = margin === undefined ? "" : ` by ${formatMinutes(Math.abs(margin))}`;
  if (objectiveMet === true) return `${objective} met${by}`;
  return objectiveMet === false ? `${objective} MISSED${by}` : `${objective} not evaluable`;
}

function costCell({ downtimeCost }: JourneyInDepth): string {
  const cost = downtimeCost === undefined ? undefined : likelyValue(downtimeCost);
  return cost === undefined ? "" : cost.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

function journeyItems(journey: JourneyInDepth, paths: readonly string[]): Document {
  const { singlePointsOfFailure, cutSets, unavailability, label } = journey;
  const sets = singlePointsOfFailure.length > 0 ? singlePointsOfFailure : cutSets;
  const { result } = unavailability;
  const outages = outagesInWords(journey);
  return [
    heading(3, label),
    ...(outages === undefined
      ? []
      : [paragraph(`${availabilityCell(journey)} · down ${downtimeCell(journey)} a month · ${outages}`)]),
    ...(result.kind === "notEvaluable"
      ? [paragraph(`Not evaluable: it needs ${result.missing.join(", ")}. Of what is known:`)]
      : []),
    ...(singlePointsOfFailure.length > 0 || sets.length === 0
      ? []
      : [paragraph("No single point of failure; the likeliest combinations:")]),
    ...bullets([
      ...sets
        .slice(0, mostSinglePoints)
        .map((set) => `${set.words}: ${formatMinutes(set.unavailability * 43_830)} a month`),
      ...(sets.length > mostSinglePoints
        ? [
            `${sets.length - mostSinglePoints} more in ${printedCommand(["availability", "--journey", journey.journey], paths)}`,
          ]
        : []),
    ]),
  ];
}
