import { auditEstate } from "../audit/audit-estate.ts";
import { estateStudies } from "../audit/studies/study-estate.ts";
import { assessAvailability } from "../availability/assess-availability.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import type { Estate } from "../estate/model/estate.ts";
import { computeCost } from "../finops/compute-cost.ts";
import { placeWorkloads } from "../scheduling/place-workloads.ts";
import { describeStructure } from "../tenancy/describe-structure.ts";
import type { Assessment } from "./assessment/assessment.ts";
import { summarizeEstate } from "./assessment/estate-summary.ts";
import { summarizeHeadline } from "./assessment/headline.ts";
import { sharpeningFacts } from "./assessment/sharpening-facts.ts";
import { worstThings } from "./assessment/worst-things.ts";

/** What an assessment depends on besides the estate. */
export interface AssessOptions {
  /** `YYYY-MM-DD` in UTC: decides which exemptions, reservations and savings plans still hold. */
  readonly today: string;
}

/** The way of the data, top to bottom: estate -> placement -> structure, cost, availability, audit -> one report. */
export function assess(estate: Estate, catalog: Catalog, options: AssessOptions): Assessment {
  const placement = placeWorkloads(estate, catalog);
  const structure = describeStructure(estate, placement, catalog);
  const cost = computeCost(estate, placement, catalog, options);
  const availability = assessAvailability(estate, placement, catalog);
  const study = estateStudies(options.today, undefined, availability);
  const audit = auditEstate(estate, placement, catalog, { ...options, studies: study(estate, placement, catalog) });
  const assumptions = mergeAssumptions(
    estate.assumptions,
    placement.assumptions,
    cost.assumptions,
    availability.assumptions,
  );
  const environments = estate.environments.map(({ name }) => name);
  const answers = { structure, cost, availability, findings: audit.findings, environments };
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Assessment",
    estate: summarizeEstate(estate),
    headline: summarizeHeadline(answers),
    worst: worstThings(answers),
    sharpen: sharpeningFacts(answers, assumptions),
    structure,
    cost,
    availability,
    findings: audit.findings,
    verdicts: audit.verdicts,
    assumptions,
    diagnostics: [...estate.diagnostics, ...audit.diagnostics],
    catalog: { pricesAsOf: catalog.pricesAsOf, slasAsOf: catalog.slasAsOf },
  };
}

/** Engines may fill the same gap: one row for each rule and subject, sorted by id, then subject. */
function mergeAssumptions(...lists: readonly (readonly Assumption[])[]): Assumption[] {
  const byKey = new Map<string, Assumption>();
  for (const assumption of lists.flat()) {
    const key = `${assumption.id} ${assumption.subject}`;
    if (!byKey.has(key)) byKey.set(key, assumption);
  }
  return [...byKey.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, assumption]) => assumption);
}
