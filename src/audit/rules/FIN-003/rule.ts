import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { idleFrom, idleMillicores } from "../../../estate/assumptions/sizing-rules.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import type { EstateStudies } from "../../studies/estate-studies.ts";
import { costing } from "../../studies/finding-terms.ts";
import { requestsCost } from "../../studies/requests-cost.ts";
import { unmeasured } from "../../studies/unmeasured-clusters.ts";
import { daysOf } from "../../studies/usage-reasons.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** FIN-003: nothing runs that does nothing. */
export const noIdleWorkload: Rule = {
  id: "FIN-003",
  name: "no-idle-workload",
  title: "What runs does something, and what has not run for a month is gone.",
  severity: { high: "low", medium: "low", low: "low" },
  inputs: ["manifests", "usage", "prices"],
  judges: "objects",
  parameters: [
    {
      name: "mostIdleShare",
      description: "Share of the CPU request below which the P95 of use is idle.",
      default: 0.01,
    },
    { name: "leastDays", description: "Days of usage below which nothing is called idle.", default: 7 },
    {
      name: "mostDaysSwitchedOff",
      description: "Days without a replica after which a workload should be gone.",
      default: 30,
    },
  ],
  *evaluate(context) {
    const serving = ({ opaque, run }: Workload) => !opaque && run === "serving";
    const { studies } = context;
    if (studies?.usage === undefined) {
      yield* unmeasured(context, serving);
      return;
    }
    for (const workload of context.estate.workloads) if (serving(workload)) yield judge(context, studies, workload);
  },
};

function judge(context: AuditContext, studies: EstateStudies, workload: Workload): RuleOutcome {
  const { parameters } = context;
  if (workload.replicas.maximum === 0) return switchedOff(context, studies, workload);
  // What is off for now, and comes with work, is what the rule asks for.
  if (workload.replicas.minimum === 0) return passed(workload);
  const profile = studies.usage?.profiles.get(workload.id);
  const least = Number(parameters["leastDays"]);
  if (profile === undefined || profile.cpu.samples === 0 || daysOf(profile) < least) {
    const days = profile === undefined ? 0 : daysOf(profile);
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "1",
      missing: ["needs-X"],
      place: workload.place,
      message: `The usage holds ${Number(days.toFixed(1))} days of ${workload.label}, and ${least} are needed to call it idle.`,
    });
  }
  const asked = studies.money.requestsOf(workload.id)?.cpuMillicores ?? 0;
  const p95 = profile.cpu.percentile(0.95);
  // A service that answers now and then wakes up in some sample.
  const isIdle = p95 < asked * Number(parameters["mostIdleShare"]) && profile.cpu.peak <= idleMillicores;
  if (!isIdle) return passed(workload);
  const { text } = assume(idleFrom, workload.id, undefined);
  const cost = requestsCost(studies.money, workload, "FIN-003.1");
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field: ["spec", "replicas"],
    message: `${workload.label} asks for ${Math.round(asked)}m of CPU a pod, and no pod used more than ${Math.ceil(profile.cpu.peak)}m in ${Math.floor(daysOf(profile))} days: nobody calls it, or it has nothing to do.`,
    fix: { description: "Delete it, or scale it to zero and let a KEDA trigger start it." },
    ...costing(cost && { ...cost, reasons: [...cost.reasons, { kind: "assumption", id: idleFrom.id, text }] }),
  });
}

/** Costs nothing while it is off; Services, volumes and reviews go on. */
function switchedOff({ estate, parameters }: AuditContext, { usage }: EstateStudies, workload: Workload): RuleOutcome {
  const most = Number(parameters["mostDaysSwitchedOff"]);
  const spans = [...(usage?.profiles.values() ?? [])];
  const days = spans.length === 0 ? 0 : spanOf(spans) / 86_400;
  const seen = (usage?.profiles.get(workload.id)?.cpu.samples ?? 0) > 0;
  if (seen) return passed(workload);
  const [service] = lookupOf(estate).servicesOf.get(workload.id) ?? [];
  const behind = service === undefined ? "" : `, and Service ${service.name} leads to nothing`;
  if (days < most) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "2",
      missing: ["needs-X"],
      place: workload.place,
      message: `${workload.label} has no replicas${behind}; whether it has had none for ${most} days cannot be told from ${Number(days.toFixed(1))} days of usage.`,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field: ["spec", "replicas"],
    message: `${workload.label} has no replicas, and in ${Math.floor(days)} days of usage no pod of it ran${behind}.`,
    fix: { description: "Delete it: Git keeps it for whoever wants it back." },
  });
}

function spanOf(profiles: readonly { readonly start: number; readonly end: number }[]): number {
  return Math.max(...profiles.map(({ end }) => end)) - Math.min(...profiles.map(({ start }) => start));
}
