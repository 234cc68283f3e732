import type { RecoveryObjective } from "../../../estate/model/application.ts";
import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import { type DemandedScope, demandedScopes } from "../../../stateful/advice/store-need.ts";
import { lossStanding, outageStanding } from "../../../stateful/timelines/objectives.ts";
import type { ScopeTimeline } from "../../../stateful/timelines/scope-timeline.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { type StoreVerdict, storeInPlaceOutcome, storeInWords } from "../../stores/store-outcome.ts";
import { type StoreInPlace, storesInPlace } from "../../stores/stores-in-place.ts";
import { workloadChange } from "../../studies/structural-change.ts";

/** STA-001: what a store promises to survive, it survives in time. */
export const storeRecoveryInTime: Rule = {
  id: "STA-001",
  name: "store-recovery-in-time",
  title: "A store is back within the times, and with the data, that its document declares.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["objectives", "manifests", "storageClasses", "cluster"],
  judges: "objects",
  *evaluate(context) {
    for (const inPlace of storesInPlace(context)) {
      for (const scope of demandedScopes) {
        const objective = inPlace.store.recovery[scope];
        if (objective !== undefined) yield* judge(context, inPlace, scope, objective);
      }
    }
  },
};

const lossOf: { readonly [scope in DemandedScope]: string } = {
  node: "the loss of a node",
  zone: "the loss of a zone",
  region: "the loss of a region",
  operatorError: "data destroyed by mistake",
};

function* judge(
  { estate }: AuditContext,
  inPlace: StoreInPlace,
  scope: DemandedScope,
  { rtoSeconds, rpoSeconds }: RecoveryObjective,
): Iterable<RuleOutcome> {
  const { holder } = inPlace;
  const outcome = (verdict: StoreVerdict) => storeInPlaceOutcome(estate, inPlace, verdict);
  if (holder.kind === "workload" && !holder.poolsDeclared) {
    yield outcome({
      verdict: "notEvaluable",
      missing: ["needs-P"],
      path: `spec.recovery.${scope}`,
      message: `How ${storeInWords(inPlace)} comes back after ${lossOf[scope]} depends on zones and version of its cluster, which are not declared.`,
    });
    return;
  }
  const timeline = inPlace.recovery(scope);
  // What no backup brings back is said once, by STA-004.
  if (holder.kind === "workload" && scope === "operatorError" && timeline.outcome === "lost") return;
  if (rtoSeconds !== undefined) yield outcome(ofTime(inPlace, scope, rtoSeconds, timeline));
  if (rpoSeconds !== undefined) yield outcome(ofData(inPlace, scope, rpoSeconds, timeline));
}

const passes: StoreVerdict = { verdict: "pass", message: "" };

function ofTime(inPlace: StoreInPlace, scope: DemandedScope, asked: number, timeline: ScopeTimeline): StoreVerdict {
  const { range, rto, lever } = timeline;
  const path = `spec.recovery.${scope}.rto`;
  const wanted = `${storeInWords(inPlace)} is to be back ${durationText(asked)} after ${lossOf[scope]}`;
  const fix = { description: lever === undefined ? slowness(scope) : `Have ${lever}, or declare what it takes.` };
  switch (outageStanding(timeline, asked)) {
    case "yes":
      return passes;
    case "notEvaluable":
      return {
        verdict: "notEvaluable",
        path,
        part: "1",
        missing: ["needs-A"],
        message: `${wanted}; ${nobodySays(rto)}.`,
      };
    case "likely":
      return {
        verdict: "fail",
        part: "2",
        severity: "low",
        path,
        message: `${wanted}, which holds as a rule (${durationText(range?.likely ?? 0)}) but not one time in twenty (${durationText(range?.high ?? 0)})${longest(timeline)}.`,
        fix,
      };
    case "no":
      return {
        verdict: "fail",
        part: "1",
        path,
        message:
          range === undefined
            ? `${wanted}, and does not come back by itself: ${rto.kind === "never" ? rto.why : ""}.`
            : `${wanted}, and takes ${spread(range)}${longest(timeline)}.`,
        fix,
        ...mending(inPlace, timeline),
      };
  }
}

function ofData(inPlace: StoreInPlace, scope: DemandedScope, asked: number, { rpo }: ScopeTimeline): StoreVerdict {
  const path = `spec.recovery.${scope}.rpo`;
  const wanted = `${storeInWords(inPlace)} may lose ${asked === 0 ? "nothing" : `the writes of ${durationText(asked)}`} with ${lossOf[scope]}`;
  switch (lossStanding(rpo, asked)) {
    case "yes":
      return passes;
    case "notEvaluable":
      return {
        verdict: "notEvaluable",
        path,
        part: "3",
        missing: ["needs-A"],
        message: `${wanted}; ${nobodySays(rpo)}.`,
      };
    case "likely":
      return {
        verdict: "fail",
        part: "4",
        severity: "medium",
        path,
        message: `${wanted}; that is typical, but no SLA holds it.`,
        fix: { description: "Copy synchronously over that scope, or declare a loss that somebody promises." },
      };
    case "no":
      return {
        verdict: "fail",
        part: "3",
        path,
        message: `${wanted}, and ${rpo.kind === "within" ? `loses up to those of ${durationText(rpo.value)}` : `loses all: ${rpo.kind === "never" ? rpo.why : ""}`}.`,
        fix: { description: "Copy synchronously over that scope, back up more often, or declare what is lost." },
      };
  }
}

function nobodySays(bound: ScopeTimeline["rto"]): string {
  return `nobody says ${bound.kind === "unknown" ? bound.missing : "how long that takes"}`;
}

/** As a rule and at worst, or once where that is the same. */
function spread({ likely, high }: NonNullable<ScopeTimeline["range"]>): string {
  const [rule, worst] = [durationText(likely), durationText(high)];
  return rule === worst ? rule : `${rule} as a rule, ${worst} at worst`;
}

/** The step that takes most of the time. */
function longest({ steps }: ScopeTimeline): string {
  const [most] = steps.toSorted((left, right) => right.seconds.likely - left.seconds.likely);
  return most === undefined ? "" : `; most of it: ${most.label} (${durationText(most.seconds.likely)})`;
}

function slowness(scope: DemandedScope): string {
  return scope === "operatorError"
    ? "Restore less at once, drill the restore, or declare what it takes."
    : "Keep a second copy apart from what fails, or declare what it takes.";
}

/** A disk in the lost zone is what the structure can change. */
function mending({ holder }: StoreInPlace, { scope, outcome }: ScopeTimeline): Pick<StoreVerdict, "mendedBy"> {
  const waitsForDisk =
    holder.kind === "workload" && scope === "zone" && outcome === "waits" && holder.held.disk === "lrs";
  return waitsForDisk ? workloadChange("diskRedundancy", holder.workload) : {};
}
