import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import { formatAvailability, formatMinutes, formatMoney, formatResult } from "../../estate/figures/format-figure.ts";
import type { Availability } from "../../operations/availability/availability.ts";
import type { JourneyInDepth } from "../../operations/availability/journey-in-depth.ts";
import { changesSection } from "./availability-changes.ts";
import { outagesInWords, singlePointCount } from "./availability-words.ts";
import { bullets, code, type Document, heading, numbered, paragraph, table } from "./document.ts";
import { printedCommand } from "./printed-command.ts";

const mostSensitivities = 12;
const minutesPerMonth = 43_830;
const negligibleMinutes = 0.005;

/** One journey in depth; `paths` as the command was given. */
export function journeyDocument(report: Availability, paths: readonly string[]): Document {
  const [journey] = report.journeys;
  if (journey === undefined) return [paragraph("The journey is not in the report.")];
  return [
    heading(1, `Availability of ${journey.journey}`),
    ...bigNumbers(journey),
    ...bullets(facts(journey, report.currency)),
    ...singlePoints(journey),
    ...combinations(journey),
    ...sensitivity(journey),
    ...dependencies(journey),
    ...recovery(journey),
    ...changesSection(report),
    paragraph(`Where the figures come from: ${printedCommand(["explain", journey.unavailability.id], paths)}.`),
  ];
}

function bigNumbers(journey: JourneyInDepth): Document {
  const { unavailability, downtimeMinutesPerMonth, atLeast } = journey;
  const q = likelyValue(unavailability);
  const minutes = likelyValue(downtimeMinutesPerMonth);
  if (q === undefined || minutes === undefined) {
    const known = atLeast === undefined ? undefined : likelyValue(atLeast);
    return [
      paragraph(
        `${formatResult(unavailability.result, "")}.${known === undefined ? "" : ` Of what is known it is down at least ${formatMinutes(known)} a month.`}`,
      ),
    ];
  }
  return [
    paragraph(
      [
        `${formatAvailability(q)} available`,
        `down ${formatMinutes(minutes)} a month`,
        outagesInWords(journey) ?? "outages unknown, as only bounds are",
      ].join(" · "),
    ),
  ];
}

function facts(journey: JourneyInDepth, currency: string): readonly string[] {
  const { objective, objectiveMet, marginMinutesPerMonth: margin, downtimeCost, withoutCommonCause } = journey;
  const { minutesWithoutDeclared, worstCase } = journey;
  const cost = downtimeCost === undefined ? undefined : likelyValue(downtimeCost);
  const alone = withoutCommonCause === undefined ? undefined : likelyValue(withoutCommonCause);
  const by = margin === undefined ? "" : ` by ${formatMinutes(Math.abs(margin))} a month`;
  const verdict = objectiveMet === true ? `met${by}` : objectiveMet === false ? `MISSED${by}` : "not evaluable";
  return [
    objective === undefined ? "Objective: none declared" : `Objective: ${objective}, ${verdict}`,
    ...(cost === undefined || downtimeCost === undefined
      ? []
      : [`Downtime costs ${formatMoney(cost, currency)} a month (${code(downtimeCost.id)})`]),
    ...(alone === undefined
      ? []
      : [
          `If no cause were common to all replicas of a workload: ${formatAvailability(alone)}, ${formatMinutes(alone * minutesPerMonth)} a month`,
        ]),
    ...(minutesWithoutDeclared === undefined
      ? []
      : [
          `By published SLAs and assumptions alone, without the availabilities that the estate declares: ${formatMinutes(minutesWithoutDeclared)} a month. An SLA says when money is paid back, not how often a service fails`,
        ]),
    ...partsInWords(journey),
    ...(worstCase === undefined ? [] : [`Crowded: ${worstCase.words}`]),
  ];
}

/** Upgrades are planned, and so apart from the figure above. */
function partsInWords({ parts, planned }: JourneyInDepth): readonly string[] {
  const minutes = (figure: Figure) => {
    const value = likelyValue(figure) ?? 0;
    return value < negligibleMinutes ? "nothing to speak of" : formatMinutes(value);
  };
  return [
    ...(parts === undefined
      ? []
      : [
          `Of a month: ${minutes(parts.unplanned)} by failures, ${minutes(parts.deployments)} by bad deployments, ${minutes(parts.upgrades)} by upgrades of node pools; ${minutes(parts.total)} in all`,
        ]),
    ...(planned?.blocked.map(({ words }) => `Upgrades: ${words}`) ?? []),
  ];
}

/** How long it is out of service after one failure, and what is lost. */
function recovery({ recovery: scopes }: JourneyInDepth): Document {
  if (scopes === undefined || scopes.length === 0) return [];
  const right = (title: string) => ({ title, align: "right" }) as const;
  const verdict = (met: boolean | "notEvaluable" | undefined) =>
    met === undefined ? "" : met === true ? " met" : met === false ? " MISSED" : " not evaluable";
  const time = (figure: Figure, objective: number | undefined, met: boolean | "notEvaluable" | undefined) => {
    const seconds = likelyValue(figure);
    const wanted = objective === undefined ? "" : ` (${formatMinutes(objective / 60)}${verdict(met)})`;
    return `${seconds === undefined ? "not evaluable" : seconds === 0 ? "none" : formatMinutes(seconds / 60)}${wanted}`;
  };
  return [
    heading(2, "After one failure"),
    paragraph(
      "Time out of service and writes lost, the worst over single failures; in brackets what the application asks for.",
    ),
    ...table(
      [{ title: "What fails" }, right("Out of service"), right("Writes lost"), { title: "Set by" }],
      scopes.map((each) => [
        each.scope,
        time(each.rtoSeconds, each.rtoObjectiveSeconds, each.rtoMet),
        time(each.rpoSeconds, each.rpoObjectiveSeconds, each.rpoMet),
        [each.rtoSetBy, each.rpoSetBy].filter((text) => text !== undefined).join("; "),
      ]),
    ),
  ];
}

function singlePoints(journey: JourneyInDepth): Document {
  const { singlePointsOfFailure: singles } = journey;
  const total = singlePointCount(journey);
  if (singles.length === 0) return [heading(2, "Single points of failure"), paragraph("None.")];
  const hidden = Number(total) - singles.length;
  return [
    heading(2, `Single points of failure: ${total}`),
    ...numbered(singles.map((set) => `${set.words}: ${formatMinutes(set.unavailability * minutesPerMonth)} a month`)),
    ...(hidden > 0 ? [paragraph(`${hidden} more, less likely than these.`)] : []),
  ];
}

function combinations({ cutSets, singlePointsOfFailure, cutSetCounts }: JourneyInDepth): Document {
  const singles = new Set(singlePointsOfFailure.map(({ words }) => words));
  const combined = cutSets.filter(({ words }) => !singles.has(words));
  const counts = cutSetCounts.flatMap((count, index) => (count === "0" ? [] : [`${count} of ${index + 1}`]));
  if (counts.length === 0) return [];
  return [
    heading(2, "Failures that must come together"),
    paragraph(
      `Minimal cut sets by number of failures: ${counts.slice(0, 8).join(", ")}${counts.length > 8 ? ", …" : ""}.`,
    ),
    ...bullets(
      combined.slice(0, 8).map((set) => `${set.words}: ${formatMinutes(set.unavailability * minutesPerMonth)} a month`),
    ),
  ];
}

function sensitivity({ sensitivity: events, importance }: JourneyInDepth): Document {
  if (events.length === 0) return [];
  const right = (title: string) => ({ title, align: "right" }) as const;
  const shares = new Map(importance.map(({ event, share }) => [event, share]));
  return [
    heading(2, "What the result hangs on"),
    paragraph(
      "Minutes down a month if one event were never, a third as likely, or three times as likely; exact, one at a time.",
    ),
    ...table(
      [{ title: "Event" }, right("Share"), right("Never"), right("÷ 3"), right("× 3")],
      events
        .slice(0, mostSensitivities)
        .map(({ event, label, never, third, threefold }) => [
          label,
          `${((shares.get(event) ?? 0) * 100).toPrecision(2)}%`,
          formatMinutes(never),
          formatMinutes(third),
          formatMinutes(threefold),
        ]),
    ),
  ];
}

function dependencies({ dependencyChecks: checks, objective }: JourneyInDepth): Document {
  if (checks === undefined) return [];
  const [first] = checks;
  if (first === undefined) {
    return [
      heading(2, "Dependencies"),
      paragraph(`Every dependency has one nine more than the objective ${objective ?? ""}.`),
    ];
  }
  return [
    heading(2, "Dependencies with too few nines"),
    paragraph(
      `A dependency should have one nine more than the objective ${objective ?? ""}: ${formatAvailability(first.wanted)}.`,
    ),
    ...table(
      [{ title: "Dependency" }, { title: "Has", align: "right" }, { title: "Takes a month", align: "right" }],
      checks.map(({ label, unavailability, minutesPerMonth: minutes }) => [
        label,
        formatAvailability(unavailability),
        formatMinutes(minutes),
      ]),
    ),
  ];
}
