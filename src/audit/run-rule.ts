import { auditRuleDefect } from "../estate/diagnostics/audit-diagnostics.ts";
import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../estate/diagnostics/diagnostic-rule.ts";
import { entryOf } from "../estate/kubernetes/map-entry.ts";
import { formatPlace } from "../estate/sources/place.ts";
import { watchOpaque } from "./opaque-outcomes.ts";
import type { AuditContext, Rule, RuleOutcome } from "./rule.ts";

/**
 * Runs one rule and hands over each verdict as it is given, so that the many passes need not be kept. A rule that throws is a
 * defect of Scantling: it is returned, and neither other rules nor what this one said before are lost. Each verdict counts
 * once, and workloads whose pods cannot be seen are not evaluable.
 */
export function runRule(
  rule: Rule,
  context: AuditContext,
  take: (outcome: RuleOutcome) => void,
): Diagnostic | undefined {
  const isNew = repetitionFilter();
  const opaque = watchOpaque(rule, context);
  try {
    for (const outcome of rule.evaluate(context)) {
      if (outcome.verdict !== "pass" && !isNew(outcome)) continue;
      opaque.note(outcome);
      take(outcome);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return diagnose(auditRuleDefect, { rule: rule.id, reason });
  }
  for (const outcome of opaque.outcomes()) take(outcome);
  return undefined;
}

/** Tells whether an outcome has not been seen before. Passes are only counted, and nothing tells two of them apart. */
function repetitionFilter(): (outcome: RuleOutcome) => boolean {
  const said = new Map<string, RuleOutcome[]>();
  return (outcome) => {
    const alike = entryOf(said, keyOf(outcome), (): RuleOutcome[] => []);
    if (alike.some(({ place }) => formatPlace(place) === formatPlace(outcome.place))) return false;
    alike.push(outcome);
    return true;
  };
}

/** All but the place: finding a line takes a walk of its document, and hardly two outcomes differ by it alone. */
function keyOf({ verdict, part, subject, container, path, message }: RuleOutcome): string {
  return [verdict, part, subject, container, path, message].join("\n");
}
