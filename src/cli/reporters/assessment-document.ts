import { likelyValue } from "../../estate/figures/figure.ts";
import { formatAvailability, formatMinutes, formatResult } from "../../estate/figures/format-figure.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Assessment } from "../../operations/assessment/assessment.ts";
import { journeysOfProduction, worstJourney } from "../../operations/assessment/headline.ts";
import { availabilitySection } from "./availability-section.ts";
import { costSection } from "./cost-section.ts";
import { diagnosticsSummary } from "./diagnostics-text.ts";
import { bullets, code, type Document, heading, numbered, paragraph, table } from "./document.ts";
import { findingsSection } from "./findings-section.ts";
import { printedCommand } from "./printed-command.ts";
import { structureSection } from "./structure-section.ts";
import { counted } from "./words.ts";

/**
 * The page that `assess` prints: what it is, the worst of it, the three answers, findings and assumptions.
 * @param paths as the command was given, for the commands that the page offers
 */
export function assessmentDocument(assessment: Assessment, paths: readonly string[] = []): Document {
  return [
    heading(1, `Assessment of ${assessment.estate.name}`),
    paragraph(estateSentence(assessment)),
    ...bullets(headlineItems(assessment)),
    ...worstSection(assessment),
    ...structureSection(assessment.structure),
    ...costSection(assessment.cost),
    ...availabilitySection(assessment.availability, assessment.estate.environments, assessment.cost.currency, paths),
    ...findingsSection(assessment.findings, assessment.verdicts),
    ...assumptionsSection(assessment),
    ...diagnosticsSection(assessment),
    ...sharpenSection(assessment),
    paragraph(
      `Prices as of ${assessment.catalog.pricesAsOf}, SLAs as of ${assessment.catalog.slasAsOf}. Every figure unfolds, such as the bill: ${printedCommand(["explain", assessment.cost.monthly.id], paths)}; ${printedCommand(["explain"], paths)} lists their ids.`,
    ),
  ];
}

function estateSentence({ estate }: Assessment): string {
  const { counts } = estate;
  const unknown =
    counts.unknownKinds === 0 ? "" : ` ${counted(counts.unknownKinds, "kind")} of custom resources among them.`;
  return `${counted(counts.workloads, "workload")} of ${counted(estate.applications.length, "declared application")} and ${counted(estate.tenants.length, "tenant")} on ${counted(estate.clusters.length, "cluster")} in ${counted(estate.regions.length, "region")}, ${counted(estate.environments.length, "environment")}, read from ${counted(counts.objects, "object")}.${unknown}`;
}

function headlineItems(assessment: Assessment): string[] {
  const { headline, cost, findings } = assessment;
  const { critical, high, medium, low, info, notEvaluable } = headline.findings;
  const partial = cost.partial ? `, partial: ${counted(cost.unpriced.length, "thing")} without a price` : "";
  return [
    `Cost: ${formatResult(cost.monthly.result, cost.monthly.unit)}${partial}`,
    `Availability: ${availabilityInWords(assessment)}`,
    `Findings: ${critical} critical, ${high} high, ${medium} medium, ${low} low, ${info} info; ${notEvaluable} not evaluable${exempted(findings.filter((finding) => finding.exemptedBy !== undefined).length)}`,
  ];
}

function exempted(count: number): string {
  return count === 0 ? "" : `; ${count} exempted`;
}

function availabilityInWords({ availability, estate }: Assessment): string {
  const { journeys } = availability;
  if (journeys.length === 0) return "no journey: nothing is exposed and none is declared";
  const ofProduction = journeysOfProduction(journeys, estate.environments);
  const unknown = ofProduction.filter((journey) => journey.unavailability.result.kind === "notEvaluable").length;
  const unknownInWords =
    unknown === 0 ? "" : `${unknown} of ${counted(ofProduction.length, "journey")} of production not evaluable`;
  const worst = worstJourney(ofProduction, estate.environments);
  const unavailability = worst === undefined ? undefined : likelyValue(worst.unavailability);
  if (worst === undefined || unavailability === undefined) return unknownInWords;
  const missed = worst.objectiveMet === false ? `, misses ${worst.objective}` : "";
  const others = unknown === 0 ? "" : `; ${unknownInWords}`;
  return `worst journey ${worst.label} down ${formatMinutes(unavailability * 43_830)} a month (${formatAvailability(unavailability)})${missed}${others}`;
}

function assumptionsSection({ assumptions }: Assessment): Document {
  if (assumptions.length === 0) return [];
  const groups = new Map<string, { first: Assessment["assumptions"][number]; count: number }>();
  for (const assumption of assumptions) {
    const key = `${assumption.id} ${assumption.value}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: assumption, count: 1 });
    else group.count += 1;
  }
  return [
    heading(2, "Assumptions"),
    paragraph(
      "What the documents leave out was filled by these rules. Each one you replace by a fact makes the answer better.",
    ),
    ...table(
      [{ title: "Rule" }, { title: "About" }, { title: "Assumed" }, { title: "Replace by" }, { title: "Why" }],
      [...groups.values()].map(({ first, count }) => [
        `${first.id} ${first.name}`,
        count === 1 ? first.subject : `${first.subject} and ${count - 1} more`,
        first.value,
        code(first.replaceBy),
        first.text,
      ]),
    ),
  ];
}

function diagnosticsSection({ diagnostics }: Assessment): Document {
  if (diagnostics.length === 0) return [];
  return [
    heading(2, "Problems in the input"),
    paragraph(
      `${capitalize(diagnosticsSummary(diagnostics))}. The rest of the input counts; what depends on a broken part is not evaluable.`,
    ),
    ...table(
      [
        { title: "Code" },
        { title: "Severity" },
        { title: "Count", align: "right" },
        { title: "First place" },
        { title: "What" },
      ],
      groupProblems(diagnostics).map(([first, count]) => [
        first.code,
        first.severity,
        String(count),
        first.place === undefined ? "" : formatPlace(first.place),
        first.message,
      ]),
    ),
  ];
}

/** Errors and warnings one by one, notes by their code: a large repository gives the same note many times. */
function groupProblems(diagnostics: Assessment["diagnostics"]): [Assessment["diagnostics"][number], number][] {
  const severityOrder = ["error", "warning", "note"];
  const groups = Map.groupBy(diagnostics, (diagnostic) =>
    diagnostic.severity === "note"
      ? diagnostic.code
      : `${diagnostic.code} ${diagnostic.message} ${JSON.stringify(diagnostic.place)}`,
  );
  return [...groups.values()]
    .flatMap((group): [Assessment["diagnostics"][number], number][] =>
      group[0] === undefined ? [] : [[group[0], group.length]],
    )
    .sort(([left], [right]) => severityOrder.indexOf(left.severity) - severityOrder.indexOf(right.severity));
}

function worstSection({ worst }: Assessment): Document {
  return [
    heading(2, "The three worst things"),
    ...(worst.length === 0
      ? [paragraph("Nothing stands out.")]
      : numbered(worst.map((thing) => `${capitalize(thing.question)}: ${thing.sentence} (${code(thing.reference)})`))),
  ];
}

function sharpenSection({ sharpen }: Assessment): Document {
  if (sharpen.length === 0) return [];
  return [
    heading(2, "The facts that would sharpen this most"),
    ...numbered(sharpen.map((fact) => `${fact.sentence} (${fact.assumption})`)),
  ];
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
