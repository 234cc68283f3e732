import type { Figure } from "../../../estate/figures/figure.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";
import { usageReasons } from "../../studies/usage-reasons.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** FIN-001: what runs says what it needs, so that somebody pays for it. */
export const requestsStated: Rule = {
  id: "FIN-001",
  name: "requests-stated",
  title: "Every workload requests CPU and memory, so that its share of the nodes is known and paid for.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "usage", "prices"],
  judges: "pods",
  *evaluate(context) {
    for (const workload of context.estate.workloads) if (!workload.opaque) yield judge(context, workload);
  },
};

function judge(context: AuditContext, workload: Workload): RuleOutcome {
  const unread = unreadableOf(workload, "resources");
  if (unread !== undefined) return notReadable(workload, unread);
  const running = workload.containers.filter(({ role }) => role === "main" || role === "sidecar");
  const withoutCpu = running.filter(({ requests }) => requests.cpuMillicores === undefined);
  const withoutMemory = running.filter(({ requests }) => requests.memoryBytes === undefined);
  const [first] = [...withoutCpu, ...withoutMemory];
  if (first === undefined) return passed(workload);
  const cost = usedCost(context, workload, withoutCpu.length > 0, withoutMemory.length > 0);
  const unpaid =
    cost === undefined ? "" : " By its measured use it takes a share of its nodes that no allocation by requests sees.";
  return workloadOutcome(workload, {
    verdict: "fail",
    field: [...first.path, "resources"],
    message: `${said(workload, withoutCpu, withoutMemory)}: what it takes of the nodes is charged to nobody, and nothing tells how many nodes it needs.${unpaid}`,
    fix: { description: "Request what it needs, from its measured use (scantling cost rightsize)." },
    ...costing(cost),
  });
}

function said({ label }: Workload, withoutCpu: readonly Container[], withoutMemory: readonly Container[]): string {
  const names = (containers: readonly Container[]) => containers.map(({ name }) => name).join(", ");
  const parts = [
    ...(withoutCpu.length === 0 ? [] : [`CPU for ${names(withoutCpu)}`]),
    ...(withoutMemory.length === 0 ? [] : [`memory for ${names(withoutMemory)}`]),
  ];
  return `${label} requests no ${parts.join(" and no ")}`;
}

/** The median of what its pods used, at the prices of their pools; unknown without usage. */
function usedCost({ studies }: AuditContext, workload: Workload, cpu: boolean, memory: boolean): Figure | undefined {
  const profile = studies?.usage?.profiles.get(workload.id);
  if (studies?.usage === undefined || profile === undefined || profile.cpu.samples === 0) return undefined;
  const used = {
    cpuMillicores: cpu ? profile.cpu.percentile(0.5) : 0,
    memoryBytes: memory ? profile.memory.percentile(0.5) : 0,
  };
  const pods = studies.money.subjects.get(workload.id)?.pods ?? 0;
  return studies.money.figure(studies.money.worth(workload.id, used), {
    rule: "FIN-001",
    subject: workload.id,
    label: `What ${workload.label} uses without a request`,
    formula: `${pods} ${pods === 1 ? "pod" : "pods"} × median use of ${Math.round(used.cpuMillicores)}m CPU and ${Math.round(used.memoryBytes / 1024 ** 2)} MiB at what they cost on its pools a month`,
    reasons: usageReasons(studies.usage, profile),
  });
}
