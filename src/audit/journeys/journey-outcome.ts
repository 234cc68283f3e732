import type { JourneyAvailability } from "../../availability/availability-report.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { AuditContext, RuleOutcome } from "../rule.ts";

/** What a rule adds to the journey it speaks of. */
export type JourneyVerdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<Pick<RuleOutcome, "part" | "missing" | "fix" | "path" | "severity" | "downtimeMinutesPerYear">>;

/** An outcome about a journey in one environment. */
export function journeyOutcome(estate: Estate, journey: Journey, verdict: JourneyVerdict): RuleOutcome {
  const application = estate.applications.find(({ name }) => name === journey.application);
  return {
    subject: `${journey.environment}/${journey.application}/Journey/${journey.name}`,
    subjectLabel: journey.id,
    environment: journey.environment,
    tenant: application?.tenant,
    namespace: application?.namespace,
    place: journey.place ?? application?.place ?? estate.place ?? { precision: "file", source: "" },
    ...verdict,
  };
}

/** A pass; nothing is said of it. */
export function journeyPasses(estate: Estate, journey: Journey): RuleOutcome {
  return journeyOutcome(estate, journey, { verdict: "pass", message: "" });
}

/** A journey with what the availability engine reports of it; undefined where its clusters are only assumed. */
export interface SolvedJourney {
  readonly journey: Journey;
  readonly report: JourneyAvailability | undefined;
}

/** The journeys of which something is wanted, solved; nothing is solved where none is wanted. */
export function solvedJourneys(
  { estate, studies }: AuditContext,
  wants: (journey: Journey) => boolean,
): readonly SolvedJourney[] {
  const wanted = estate.journeys.filter(wants);
  if (wanted.length === 0) return [];
  const reports = new Map((studies?.downtime.journeys ?? []).map((report) => [report.journey, report]));
  return wanted.map((journey) => ({ journey, report: reports.get(journey.id) }));
}

/** The verdict on a journey whose clusters nobody declared. */
export function withoutPools(estate: Estate, journey: Journey): RuleOutcome {
  return journeyOutcome(estate, journey, {
    verdict: "notEvaluable",
    missing: ["needs-P"],
    message: `How available journey ${journey.id} is depends on clusters whose node pools are not declared.`,
  });
}

/** The verdict on a journey that needs something of which nothing is known. */
export function unknownPart(estate: Estate, journey: Journey, missing: readonly string[]): RuleOutcome {
  const what = missing.length === 0 ? "something of which nothing is known" : missing.join(", ");
  return journeyOutcome(estate, journey, {
    verdict: "notEvaluable",
    missing: ["needs-A"],
    message: `How available journey ${journey.id} is cannot be computed: it needs ${what}.`,
  });
}
