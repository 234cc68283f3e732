import type { Figure } from "../../../estate/figures/figure.ts";
import { type ProposedRequests, proposeRequests } from "../../../finops/right-sizing/requests/propose-requests.ts";
import type { SizingSubject } from "../../../finops/right-sizing/requests/sizing-subject.ts";
import type { UsageProfile } from "../../../finops/right-sizing/requests/usage-profile.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import type { EstateStudies } from "../../studies/estate-studies.ts";
import { costing } from "../../studies/finding-terms.ts";
import { unmeasured } from "../../studies/unmeasured-clusters.ts";
import { daysOf, usageReasons } from "../../studies/usage-reasons.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** FIN-002: nobody asks for much more than it uses. */
export const requestsFitUse: Rule = {
  id: "FIN-002",
  name: "requests-fit-use",
  title: "Requests are not far above what was measured over a week.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "usage", "prices"],
  judges: "objects",
  parameters: [
    { name: "mostCpuOverP95", description: "Largest CPU request over the P95 of what a pod used.", default: 1.5 },
    { name: "mostMemoryOverPeak", description: "Largest memory request over the most that a pod used.", default: 1.15 },
    { name: "leastDays", description: "Days of usage below which nothing is said.", default: 7 },
  ],
  *evaluate(context) {
    const { studies } = context;
    if (studies?.usage === undefined) {
      yield* unmeasured(context, ({ opaque, run }) => !opaque && run !== "task");
      return;
    }
    for (const subject of studies.money.subjects.values()) {
      if (subject.pods > 0 && subject.workload.run !== "task") yield judge(context, studies, subject);
    }
  },
};

function judge({ parameters }: AuditContext, studies: EstateStudies, subject: SizingSubject): RuleOutcome {
  const { workload } = subject;
  const profile = studies.usage?.profiles.get(workload.id);
  const least = Number(parameters["leastDays"]);
  if (profile === undefined || profile.cpu.samples === 0 || daysOf(profile) < least) {
    const days = profile === undefined ? 0 : daysOf(profile);
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      missing: ["needs-X"],
      place: workload.place,
      message: `The usage holds ${Number(days.toFixed(1))} days of ${workload.label}, and ${least} are needed to tell what it uses in a week.`,
    });
  }
  const proposed = proposeRequests(subject, profile, "histogram");
  const cpu = excess(subject, profile, proposed, "cpu", Number(parameters["mostCpuOverP95"]));
  const memory = excess(subject, profile, proposed, "memory", Number(parameters["mostMemoryOverPeak"]));
  if (cpu === undefined && memory === undefined) return passed(workload);
  const [container] = workload.containers.filter(({ role }) => role === "main");
  const words = [cpu?.words, memory?.words].filter((each) => each !== undefined).join("; ");
  const advice = [cpu?.advice, memory?.advice].filter((each) => each !== undefined).join(" and ");
  return workloadOutcome(workload, {
    verdict: "fail",
    part: cpu === undefined ? "2" : "1",
    ...(container === undefined ? {} : { field: [...container.path, "resources"] }),
    message: `Each pod of ${workload.label} requests ${words}, in ${Math.floor(daysOf(profile))} days.`,
    fix: { description: `Request ${advice} a pod (scantling cost rightsize shares it out to the containers).` },
    ...costing(savingOf(studies, subject, profile, cpu?.gives ?? 0, memory?.gives ?? 0)),
  });
}

interface Excess {
  readonly words: string;
  readonly advice: string;
  /** Millicores or bytes of a pod that would do no harm if they went. */
  readonly gives: number;
}

/** A request beyond the measure, where a smaller one is advised: autoscalers, throttling and heaps may forbid it. */
function excess(
  { current }: SizingSubject,
  profile: UsageProfile,
  proposed: ProposedRequests,
  resource: "cpu" | "memory",
  most: number,
): Excess | undefined {
  const asked = resource === "cpu" ? current.cpuMillicores : current.memoryBytes;
  const used = resource === "cpu" ? profile.cpu.percentile(0.95) : profile.memory.peak;
  const advised = proposed[resource].proposed;
  if (asked <= used * most || advised >= asked) return undefined;
  const amount = resource === "cpu" ? millicores : mebibytes;
  const measure = resource === "cpu" ? "19 of 20 samples used at most" : "none used more than";
  return {
    words: `${amount(asked)} and ${measure} ${amount(used)}`,
    advice: amount(advised),
    gives: asked - advised,
  };
}

function millicores(value: number): string {
  return `${Math.ceil(value)}m of CPU`;
}

function mebibytes(value: number): string {
  return `${Math.ceil(value / 1024 ** 2)} MiB of memory`;
}

function savingOf(
  { money, usage }: EstateStudies,
  { workload, pods }: SizingSubject,
  profile: UsageProfile,
  cpuMillicores: number,
  memoryBytes: number,
): Figure | undefined {
  return money.figure(money.worth(workload.id, { cpuMillicores, memoryBytes }), {
    rule: "FIN-002",
    subject: workload.id,
    label: `Requests of ${workload.label} beyond what is advised`,
    formula: `${pods} ${pods === 1 ? "pod" : "pods"} × (${Math.round(cpuMillicores)}m CPU + ${Math.round(memoryBytes / 1024 ** 2)} MiB, request - advised) at what they cost on its pools a month`,
    reasons: usage === undefined ? [] : usageReasons(usage, profile),
  });
}
