import { auditRuleDefect } from "../estate/diagnostics/audit-diagnostics.ts";
import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../estate/diagnostics/diagnostic-rule.ts";
import { entryOf } from "../estate/kubernetes/map-entry.ts";
import { formatPlace } from "../estate/sources/place.ts";
import { opaqueOutcomes } from "./opaque-outcomes.ts";
import type { AuditContext, Rule, RuleOutcome } from "./rule.ts";

/** What one rule said, and the defect that ended it, if one did. */
export interface RuleRun {
  readonly outcomes: readonly RuleOutcome[];
  readonly defect?: Diagnostic;
}

/**
 * Runs one rule. A rule that throws is a defect of Scantling: it is reported, and neither other rules nor what this one
 * said before are lost. Each verdict counts once, and workloads whose pods cannot be seen are not evaluable.
 */
export function runRule(rule: Rule, context: AuditContext): RuleRun {
  const outcomes: RuleOutcome[] = [];
  const said = new Map<string, RuleOutcome[]>();
  try {
    for (const outcome of rule.evaluate(context)) {
      if (outcome.verdict !== "pass") {
        const alike = entryOf(said, keyOf(outcome), (): RuleOutcome[] => []);
        if (alike.some(({ place }) => formatPlace(place) === formatPlace(outcome.place))) continue;
        alike.push(outcome);
      }
      outcomes.push(outcome);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcomes, defect: diagnose(auditRuleDefect, { rule: rule.id, reason }) };
  }
  for (const outcome of opaqueOutcomes(rule, outcomes, context)) outcomes.push(outcome);
  return { outcomes };
}

/** All but the place: finding a line takes a walk of its document, and hardly two outcomes differ by it alone. */
function keyOf({ verdict, part, subject, container, path, message }: RuleOutcome): string {
  return [verdict, part, subject, container, path, message].join("\n");
}
