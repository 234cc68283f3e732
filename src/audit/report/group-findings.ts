import { formatPlace } from "../../estate/sources/place.ts";
import type { Finding, FindingSeverity } from "../finding.ts";
import { costing, lasting } from "../studies/finding-terms.ts";
import { addFigures } from "./add-figures.ts";
import { fingerprints } from "./finding-identity.ts";

/** `open` counts against the estate; the others are listed and do not. */
export type FindingStatus = "open" | "exempted" | "ignored" | "baseline";

/** One object, in one environment on one cluster, that a finding holds for. */
interface Occurrence {
  readonly subject: string;
  readonly environment: string | undefined;
  readonly severity: FindingSeverity;
  /** Stable identity: hash of rule, object, container and field. */
  readonly fingerprint: string;
}

/**
 * One thing to fix: what one place of the source does wrong, wherever it is rendered to. The finding is the worst of
 * its occurrences.
 */
export interface AuditFinding extends Finding {
  readonly status: FindingStatus;
  /** That of the first occurrence. */
  readonly fingerprint: string;
  /** Worst first. Cost and downtime of the finding are those of all of them. */
  readonly occurrences: readonly Occurrence[];
}

/**
 * Findings by what there is to fix: the same rule on the same object, container and field of the same place is one
 * finding, in however many environments and clusters it is rendered. Give it sorted findings; the order stays.
 */
export function groupFindings(findings: readonly Finding[], baseline: ReadonlySet<string>): readonly AuditFinding[] {
  const identities = fingerprints(findings);
  const groups = new Map<
    string,
    { members: Finding[]; first: Finding; status: FindingStatus; occurrences: Occurrence[] }
  >();
  for (const [position, finding] of findings.entries()) {
    const fingerprint = identities[position] ?? "";
    const status = statusOf(finding, baseline.has(fingerprint));
    const key = groupKey(finding, status);
    const { subject, environment, severity } = finding;
    const occurrence = { subject, environment, severity, fingerprint };
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { members: [finding], first: finding, status, occurrences: [occurrence] });
    else {
      group.members.push(finding);
      group.occurrences.push(occurrence);
    }
  }
  return [...groups.values()].map(({ members, first, status, occurrences }) => ({
    ...first,
    ...costing(addFigures(members.map(({ monthlyCost }) => monthlyCost))),
    ...lasting(addFigures(members.map(({ downtimeMinutesPerYear }) => downtimeMinutesPerYear))),
    status,
    fingerprint: occurrences[0]?.fingerprint ?? "",
    occurrences,
  }));
}

function statusOf({ exemptedBy, verdict }: Finding, inBaseline: boolean): FindingStatus {
  if (exemptedBy !== undefined) return exemptedBy.tool === undefined ? "exempted" : "ignored";
  return inBaseline && verdict === "fail" ? "baseline" : "open";
}

function groupKey(finding: Finding, status: FindingStatus): string {
  const { rule, verdict, subject, container, path, place, exemptedBy } = finding;
  const segments = subject.split("/");
  // Only an exact place tells that two namespaces got the object from one text.
  const object = place.precision === "exact" ? segments.slice(-2) : segments.slice(2);
  return JSON.stringify([
    rule,
    verdict,
    status,
    exemptedBy?.reason,
    // A subject that is no object has no environment and cluster in front.
    segments.length < 4 ? subject : object.join("/"),
    container,
    path,
    formatPlace(place),
  ]);
}
