import { auditEstate } from "../../audit/audit-estate.ts";
import type { AuditReport, Finding } from "../../audit/finding.ts";
import { fingerprints } from "../../audit/report/finding-identity.ts";
import { compareFindings, compareText } from "../../audit/report/finding-order.ts";
import { ruleIdOf } from "../../audit/settings/effective-rules.ts";
import { planFaults } from "../../audit/source-edits/check-plan.ts";
import type { FixRefusal } from "../../audit/source-edits/edit-plan.ts";
import { planEdits } from "../../audit/source-edits/plan-edits.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { placementOnDemand } from "../../scheduling/placement-on-demand.ts";
import { withCatalogDiagnostics } from "../check-against-catalog.ts";
import type { ReadEstate } from "../read-estate.ts";
import { type AuditRunOptions, auditOptions } from "./audit.ts";

/** Texts with fixes, and what became of each finding. */
export interface AuditFix {
  /** Texts that changed or are new, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly fixed: readonly Finding[];
  /** Fixes that exist as data and were not written. */
  readonly refused: readonly FixRefusal[];
  /** The estate as the texts now describe it. */
  readonly after: ReadEstate;
}

/** Fixes bring others with them (a second replica asks for a budget), but not without end. */
const maximumRounds = 12;
/** Each attempt leaves out what the one before could not fix for good. */
const maximumAttempts = 6;

/**
 * Writes the fixes of all findings that count into the texts, in memory: round after round until nothing is left to fix.
 * What a round does is held against what was planned and audited anew; a fix that does not do what it says is left out.
 */
export function fixAudit(input: ReadEstate, catalog: Catalog, options: AuditRunOptions): AuditFix {
  const refused = new Map<string, FixRefusal>();
  for (let attempt = 1; ; attempt += 1) {
    const result = new FixRun(input, catalog, options, refused).run();
    const returned = attempt === maximumAttempts ? [] : result.returned;
    for (const finding of returned) {
      refused.set(keyOf(finding), { finding, reason: "the same rule would fail again afterwards" });
    }
    if (returned.length === 0) return { ...result, refused: standingRefusals(result, refused, options) };
  }
}

/** A refusal does not matter when another fix took the finding away. */
function standingRefusals(
  { report }: Round,
  refused: ReadonlyMap<string, FixRefusal>,
  options: AuditRunOptions,
): readonly FixRefusal[] {
  const standing = new Set(openFails(report, options).map(keyOf));
  return [...refused.values()]
    .filter(({ finding }) => standing.has(keyOf(finding)))
    .toSorted((left, right) => compareFindings(left.finding, right.finding));
}

interface Round {
  readonly read: ReadEstate;
  readonly report: AuditReport;
}

class FixRun {
  private readonly input: ReadEstate;
  private readonly catalog: Catalog;
  private readonly options: AuditRunOptions;
  /** By finding; added to on the way. */
  private readonly refused: Map<string, FixRefusal>;
  private readonly fixed = new Map<string, Finding>();
  /** Fields that a fix has set, with the rule that did. */
  private readonly settled = new Map<string, string>();

  constructor(input: ReadEstate, catalog: Catalog, options: AuditRunOptions, refused: Map<string, FixRefusal>) {
    this.input = input;
    this.catalog = catalog;
    this.options = options;
    this.refused = refused;
  }

  run(): Omit<AuditFix, "refused"> & Round & { readonly returned: readonly Finding[] } {
    let round: Round = { read: this.input, report: this.audit(this.input, this.options) };
    const first = round;
    for (let count = 0; count < maximumRounds; count += 1) {
      const next = this.next(round);
      if (next === undefined) break;
      round = next;
    }
    const standing = new Set(openFails(round.report, this.options).map(keyOf));
    const returned = [...this.fixed].filter(([key]) => standing.has(key)).map(([, finding]) => finding);
    const texts = new Map(
      [...round.read.sources.texts]
        .filter(([path, text]) => first.read.sources.texts.get(path) !== text)
        .toSorted(([left], [right]) => compareText(left, right)),
    );
    return {
      texts,
      fixed: [...this.fixed.values()].toSorted(compareFindings),
      returned: [...returned, ...this.worsened(first.report, round.report, [...this.fixed.values()])],
      after: round.read,
      ...round,
    };
  }

  /** One round; undefined when nothing can be fixed any more. */
  private next(round: Round): Round | undefined {
    const candidates = openFails(round.report, this.options).filter((finding) => this.isFixable(finding));
    const all = this.auditEverywhere(round.read, new Set(candidates.map(({ rule }) => ruleIdOf(rule))));
    for (;;) {
      const wanted = openFails(round.report, this.options).filter((finding) => this.isWanted(finding));
      if (wanted.length === 0) return undefined;
      const { estate, sources } = round.read;
      const plan = planEdits({ estate, texts: sources.texts, wanted, all: all.findings });
      this.refuse(plan.refused);
      if (plan.made.length === 0) {
        this.refuse(plan.deferred.map((finding) => ({ finding, reason: "another fix changes the same field" })));
        return undefined;
      }
      const read = this.reload(round.read, plan.texts);
      const faults = planFaults(plan, estate, read.estate);
      this.refuse(faults);
      if (faults.length > 0) continue;
      const report = this.audit(read, this.options);
      const standing = new Set(openFails(report, this.options).map(keyOf));
      const useless = plan.made.filter((finding) => standing.has(keyOf(finding)));
      this.refuse(useless.map((finding) => ({ finding, reason: "the rule would still fail" })));
      if (useless.length > 0) continue;
      const worse = this.worsened(round.report, report, plan.made);
      this.refuse(worse.map((finding) => ({ finding, reason: "the rule would fail in another way" })));
      if (worse.length > 0) continue;
      for (const finding of plan.made) this.accept(finding);
      return { read, report };
    }
  }

  private isWanted(finding: Finding): boolean {
    if (!this.isFixable(finding)) return false;
    const owner = settledFields(finding)
      .map((field) => this.settled.get(field))
      .find((rule) => rule !== undefined && rule !== ruleIdOf(finding.rule));
    if (owner === undefined) return true;
    this.refuse([{ finding, reason: `the fix of ${owner} sets the same field` }]);
    return false;
  }

  private accept(finding: Finding): void {
    this.fixed.set(keyOf(finding), finding);
    for (const field of settledFields(finding)) this.settled.set(field, ruleIdOf(finding.rule));
  }

  private refuse(refusals: readonly FixRefusal[]): void {
    for (const refusal of refusals) this.refused.set(keyOf(refusal.finding), refusal);
  }

  /** Fixes after which their rule says something new of the same object that no other fix takes away. */
  private worsened(before: AuditReport, after: AuditReport, made: readonly Finding[]): readonly Finding[] {
    const known = new Set(openFails(before, this.options).map(keyOf));
    const fresh = new Set(
      openFails(after, this.options)
        .filter((finding) => !known.has(keyOf(finding)) && !this.isFixable(finding))
        .map(judgedBy),
    );
    return made.filter((finding) => fresh.has(judgedBy(finding)));
  }

  private isFixable(finding: Finding): boolean {
    return finding.fix?.changes !== undefined && !this.refused.has(keyOf(finding));
  }

  private reload(read: ReadEstate, changed: ReadonlyMap<string, string>): ReadEstate {
    const sources = { ...read.sources, texts: new Map([...read.sources.texts, ...changed]) };
    const { renderedCharts } = read;
    const estate = loadEstate(sources, renderedCharts === undefined ? {} : { renderedCharts });
    return { ...read, estate: withCatalogDiagnostics(estate, this.catalog), sources };
  }

  private audit({ estate, sources }: ReadEstate, options: AuditRunOptions): AuditReport {
    return auditEstate(estate, placementOnDemand(estate, this.catalog), this.catalog, auditOptions(options, sources));
  }

  /** What the rules say whether or not it counts in an environment. */
  private auditEverywhere(read: ReadEstate, rules: ReadonlySet<string>): AuditReport {
    const environments = read.estate.environments.map((environment) => ({
      ...environment,
      criticality: "high" as const,
    }));
    const { environments: _, ...options } = this.options;
    const only = options.podSecurity === undefined ? { rules: [...rules] } : {};
    return this.audit({ ...read, estate: { ...read.estate, environments } }, { ...options, ...only });
  }
}

function openFails({ findings }: AuditReport, { baseline }: AuditRunOptions): readonly Finding[] {
  const known = new Set(baseline?.findings.map(({ fingerprint }) => fingerprint));
  const identities = fingerprints(findings);
  return findings.filter(
    ({ verdict, exemptedBy }, index) =>
      verdict === "fail" && exemptedBy === undefined && !known.has(identities[index] ?? ""),
  );
}

/** What stays the same of a finding when texts move. */
function keyOf({ rule, subject, container, path }: Finding): string {
  return [rule, subject, container ?? "", path ?? ""].join("\n");
}

function judgedBy({ rule, subject }: Finding): string {
  return `${ruleIdOf(rule)} ${subject}`;
}

function settledFields({ fix, subject }: Finding): readonly string[] {
  const scope = subject.split("/").slice(0, 2).join("/");
  return (fix?.changes ?? []).flatMap((change) =>
    change.kind === "set" && typeof change.value !== "object"
      ? [[scope, change.target.kind, change.target.namespace, change.target.name, ...change.path].join("\n")]
      : [],
  );
}
