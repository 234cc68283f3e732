import type { JourneyAvailability } from "../../../availability/availability-report.ts";
import type { ScopeRecovery } from "../../../availability/recovery/recovery-report.ts";
import { type Figure, likelyValue } from "../../../estate/figures/figure.ts";
import { formatMinutes } from "../../../estate/figures/format-figure.ts";
import type { Journey } from "../../../estate/model/application.ts";
import { journeyOutcome, journeyPasses, solvedJourneys, withoutPools } from "../../journeys/journey-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AVL-032: what fails is back as soon, and with as little lost, as was promised. */
export const recoveryInTime: Rule = {
  id: "AVL-032",
  name: "recovery-in-time",
  title: "Every journey recovers within the times and with the data that its application declares.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools", "objectives"],
  judges: "objects",
  *evaluate(context) {
    const { estate } = context;
    const declaring = new Set(
      estate.applications.filter(({ recovery }) => Object.keys(recovery).length > 0).map(({ name }) => name),
    );
    for (const { journey, report } of solvedJourneys(context, ({ application }) => declaring.has(application))) {
      yield* judge(context, journey, report);
    }
  },
};

function* judge(
  { estate }: AuditContext,
  journey: Journey,
  report: JourneyAvailability | undefined,
): Iterable<RuleOutcome> {
  if (report === undefined) {
    yield withoutPools(estate, journey);
    return;
  }
  const outcomes = (report.recovery ?? []).flatMap((scope) => [
    ...ofTime(estate, journey, scope),
    ...ofData(estate, journey, scope),
  ]);
  yield* outcomes.length === 0 ? [journeyPasses(estate, journey)] : outcomes;
}

function* ofTime(
  estate: AuditContext["estate"],
  journey: Journey,
  { scope, rtoSeconds, rtoSetBy, rtoObjectiveSeconds: wanted, rtoMet }: ScopeRecovery,
): Iterable<RuleOutcome> {
  if (wanted === undefined || rtoMet === undefined || rtoMet === true) return;
  const path = `spec.recovery.${scope}.rto`;
  if (rtoMet === "notEvaluable") {
    yield unknown(
      estate,
      journey,
      "1",
      `how long journey ${journey.id} is down after the loss of a ${scope}`,
      rtoSeconds,
      path,
    );
    return;
  }
  const setBy = rtoSetBy === undefined ? "" : `; ${rtoSetBy}`;
  yield journeyOutcome(estate, journey, {
    verdict: "fail",
    part: "1",
    path,
    message: `Journey ${journey.id} is to be back ${seconds(wanted)} after the loss of a ${scope}, and is down for ${said(rtoSeconds)}${setBy}.`,
    fix: { description: "Keep enough of it apart from what fails, make the switch shorter, or declare what it takes." },
  });
}

function* ofData(
  estate: AuditContext["estate"],
  journey: Journey,
  { scope, rpoSeconds, rpoSetBy, rpoObjectiveSeconds: wanted, rpoMet }: ScopeRecovery,
): Iterable<RuleOutcome> {
  if (wanted === undefined || rpoMet === undefined || rpoMet === true) return;
  const path = `spec.recovery.${scope}.rpo`;
  if (rpoMet === "notEvaluable") {
    yield unknown(estate, journey, "2", `what journey ${journey.id} loses with a ${scope}`, rpoSeconds, path);
    return;
  }
  const setBy = rpoSetBy === undefined ? "" : ` (${rpoSetBy})`;
  yield journeyOutcome(estate, journey, {
    verdict: "fail",
    part: "2",
    path,
    message: `Journey ${journey.id} may lose ${wanted === 0 ? "nothing" : `the writes of ${seconds(wanted)}`} with a ${scope}, and loses those of ${said(rpoSeconds)}${setBy}.`,
    fix: {
      description: "Replicate the store synchronously over that scope, copy more often, or declare what is lost.",
    },
  });
}

function unknown(
  estate: AuditContext["estate"],
  journey: Journey,
  part: string,
  what: string,
  { result }: Figure,
  path: string,
): RuleOutcome {
  const needs = result.kind === "notEvaluable" ? `: it needs ${result.missing.join(", ")}` : "";
  return journeyOutcome(estate, journey, {
    verdict: "notEvaluable",
    part,
    path,
    missing: ["needs-A"],
    message: `Nothing tells ${what}${needs}.`,
  });
}

function said(figure: Figure): string {
  const value = likelyValue(figure);
  return value === undefined ? "a time that is not known" : seconds(value);
}

function seconds(value: number): string {
  return formatMinutes(value / 60);
}
