import { ignoredCheckUnknown } from "../../estate/diagnostics/audit-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { AuditedObject } from "../audited-objects.ts";
import type { FindingExemption } from "../finding.ts";
import type { Rule, RuleOutcome } from "../rule.ts";
import { coversOutcome, isCovered } from "./peer-coverage.ts";
import { type IgnoredCheck, ignoredChecks } from "./tool-annotations.ts";
import { trivyComments } from "./trivy-comments.ts";

/** What objects ask other tools to leave out, honoured for the rules that check the same. */
export class IgnoreAnnotations {
  private readonly read = new Map<KubernetesObject, readonly IgnoredCheck[]>();
  private readonly texts: ReadonlyMap<string, string>;

  /** `texts`: the sources, for comments; may be empty. */
  constructor(texts: ReadonlyMap<string, string>) {
    const withComments = [...texts].filter(([, text]) => text.includes("trivy:ignore:"));
    this.texts = new Map(withComments);
  }

  /** The annotation that silences an outcome, if one does. */
  find(rule: Rule, outcome: RuleOutcome, { object }: AuditedObject): FindingExemption | undefined {
    if (object === undefined || rule.peers === undefined) return undefined;
    const ignored = this.of(object).find((candidate) => coversOutcome(candidate, rule, outcome));
    if (ignored === undefined) return undefined;
    const { tool, check, reason } = ignored;
    return { tool, ...(check === undefined ? {} : { check }), reason: reason === "" ? "no reason is given" : reason };
  }

  /** Annotations for checks that no rule covers, each check once. */
  problems(estate: Estate, rules: readonly Rule[]): Diagnostic[] {
    const unknown = new Map<string, Diagnostic>();
    for (const { object } of estate.objects) {
      for (const ignored of this.of(object)) {
        const { tool, check, path } = ignored;
        const key = `${tool} ${check}`;
        if (check === undefined || unknown.has(key) || isCovered(ignored, rules)) continue;
        unknown.set(key, diagnose(ignoredCheckUnknown, { tool, check }, { place: object.locate(path) }));
      }
    }
    return [...unknown.values()];
  }

  private of(object: KubernetesObject): readonly IgnoredCheck[] {
    const known = this.read.get(object);
    if (known !== undefined) return known;
    const comments = this.texts.size === 0 ? [] : trivyComments(object, this.texts);
    const checks = [...ignoredChecks(object), ...comments];
    this.read.set(object, checks);
    return checks;
  }
}
