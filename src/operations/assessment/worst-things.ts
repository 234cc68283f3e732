import type { Finding } from "../../audit/finding.ts";
import type { JourneyAvailability } from "../../availability/availability-report.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import { formatAvailability, formatMinutes, formatMoney } from "../../estate/figures/format-figure.ts";
import type { Answers } from "./answers.ts";
import type { WorstThing } from "./assessment.ts";
import { journeysOfProduction, worstJourney } from "./headline.ts";

/** A candidate with its rank: higher is worse. Ranks are comparable across the three questions by design of `rank`. */
interface Candidate {
  readonly rank: number;
  readonly thing: WorstThing;
}

const thingCount = 3;
/** Average month: 8,766 hours a year. */
const MINUTES_PER_MONTH = 43_830;
/** Idle below this share of the bill is headroom, not waste. */
const idleShareWorthSaying = 0.2;

/**
 * The three worst things, worst first. Order of rank: what cannot run at all (5), journeys of
 * production of which nothing can be said (4.5), a broken isolation demand (4), a
 * missed objective (3 to 4 by how far), waste (share of the bill, 0 to 1, plus 1), a journey with the longest downtime
 * (1 to 2), critical and high findings (0 to 1). At most one of a kind, so that the three speak of different things.
 */
export function worstThings(answers: Answers): WorstThing[] {
  return [
    ...unplacedWorkload(answers),
    ...unknownJourneys(answers),
    ...brokenIsolation(answers),
    ...worstJourneyThing(answers),
    ...waste(answers),
    ...worstFinding(answers),
  ]
    .sort((left, right) => right.rank - left.rank)
    .slice(0, thingCount)
    .map(({ thing }) => thing);
}

function unplacedWorkload({ structure }: Answers): Candidate[] {
  const unplaced = structure.clusters.flatMap((cluster) =>
    cluster.unplaced.map((entry) => ({ ...entry, cluster: cluster.cluster })),
  );
  const [first] = unplaced;
  if (first === undefined) return [];
  const others = unplaced.length > 1 ? ` and ${unplaced.length - 1} more` : "";
  return [
    {
      rank: 5,
      thing: {
        question: "structure",
        sentence: `${first.workload}${others} cannot run: ${first.reason}.`,
        reference: `structure/${first.cluster}`,
      },
    },
  ];
}

/** Input that is broken or missing must not make an estate look better: the journeys that it hides come first. */
function unknownJourneys({ availability, environments }: Answers): Candidate[] {
  const ofProduction = journeysOfProduction(availability.journeys, environments);
  const unknown = ofProduction.flatMap(({ label, unavailability }) =>
    unavailability.result.kind === "notEvaluable"
      ? [{ label, unavailability, missing: unavailability.result.missing }]
      : [],
  );
  const [first] = unknown;
  if (first === undefined) return [];
  const others = unknown.length > 1 ? ` and ${unknown.length - 1} more` : "";
  return [
    {
      rank: 4.5,
      thing: {
        question: "availability",
        sentence: `${first.label}${others} cannot be evaluated (${unknown.length} of ${ofProduction.length} journeys of production): it needs ${first.missing.join(", ")}.`,
        reference: first.unavailability.id,
      },
    },
  ];
}

function brokenIsolation({ structure }: Answers): Candidate[] {
  // Pairs come worst first.
  const broken = structure.pairs.filter((pair) => pair.layers.some((layer) => layer.met === false));
  const [worst] = broken;
  if (worst === undefined) return [];
  const others =
    broken.length > 1 ? ` ${broken.length - 1} more pairs of tenants share what one of them does not accept.` : "";
  return [
    {
      rank: 4,
      thing: {
        question: "structure",
        sentence: `${worst.verdict}${others}`,
        reference: `structure/${worst.tenants.join("+")}`,
      },
    },
  ];
}

function worstJourneyThing({ availability, environments }: Answers): Candidate[] {
  const missed = availability.journeys.filter((journey) => journey.objectiveMet === false);
  const journey = worstJourney(missed, environments) ?? worstJourney(availability.journeys, environments);
  const unavailability = journey === undefined ? undefined : likelyValue(journey.unavailability);
  if (journey === undefined || unavailability === undefined) return [];
  const [cause] = journey.singlePointsOfFailure;
  const place =
    cause === undefined ? undefined : journey.importance.find(({ event }) => event === cause.events[0])?.place;
  const sentence = `${journey.label} is available ${formatAvailability(unavailability)} (down ${formatMinutes(unavailability * MINUTES_PER_MONTH)} a month)${againstObjective(journey)}.${cause === undefined ? "" : ` The largest single cause: ${cause.words}.`}`;
  return [
    {
      rank: (journey.objectiveMet === false ? 3 : 1) + Math.min(1, unavailability * 100),
      thing: {
        question: "availability",
        sentence,
        reference: journey.unavailability.id,
        ...(place === undefined ? {} : { place }),
      },
    },
  ];
}

function againstObjective({ objective, objectiveMet }: JourneyAvailability): string {
  if (objective === undefined) return "";
  return objectiveMet === false ? `, short of its objective ${objective}` : `, objective ${objective} met`;
}

function waste({ cost }: Answers): Candidate[] {
  const bill = likelyValue(cost.monthly);
  if (bill === undefined || bill <= 0) return [];
  const wasted = cost.parts.idle + cost.parts.unusedCommitment;
  const share = wasted / bill;
  if (share < idleShareWorthSaying) return [];
  const unused =
    cost.parts.unusedCommitment > 0
      ? `, ${formatMoney(cost.parts.unusedCommitment, cost.currency)} of it the latter`
      : "";
  return [
    {
      rank: 1 + share,
      thing: {
        question: "cost",
        sentence: `${Math.round(share * 100)}% of the bill, ${formatMoney(wasted, cost.currency)} a month, pays for capacity that nothing requests (idle and unused commitments)${unused}.`,
        reference: cost.monthly.id,
      },
    },
  ];
}

function worstFinding({ findings }: Answers): Candidate[] {
  const severities = ["critical", "high"] as const;
  const open = findings.filter((finding) => finding.verdict === "fail" && finding.exemptedBy === undefined);
  for (const severity of severities) {
    const [first] = open.filter((finding) => finding.severity === severity);
    if (first === undefined) continue;
    const same = open.filter((finding) => finding.rule === first.rule).length;
    const others = same > 1 ? ` ${same - 1} more like it (${first.rule}).` : "";
    return [
      {
        rank: severity === "critical" ? 0.9 : 0.5,
        thing: {
          question: questionOf(first),
          sentence: `${first.message}${others}`,
          place: first.place,
          reference: first.rule,
        },
      },
    ];
  }
  return [];
}

/** The prefix of a rule's id tells what it is about. */
function questionOf({ rule }: Finding): WorstThing["question"] {
  if (rule.startsWith("AVL-")) return "availability";
  return rule.startsWith("FIN-") ? "cost" : "structure";
}
