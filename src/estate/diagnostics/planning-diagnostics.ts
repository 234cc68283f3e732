import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const podsLeftOut: DiagnosticRule<{ readonly workload: string; readonly reason: string }> = {
  code: "EST-900",
  name: "pods-left-out-of-plan",
  severity: "warning",
  message: ({ workload, reason }) => `The plan has no place for the pods of ${shorten(workload)}: ${reason}.`,
  hint: () => "Change what the pods ask for, or what the environment demands; the plan holds for everything else.",
};

export const demandsContradict: DiagnosticRule<{ readonly demands: readonly string[] }> = {
  code: "EST-901",
  name: "demands-contradict",
  severity: "error",
  message: ({ demands }) => `No structure can meet all of these together: ${demands.join("; ")}.`,
  hint: () => "Relax any one of them; the report says what each would cost.",
};

export const planNotHeld: DiagnosticRule<{ readonly cluster: string; readonly pods: number; readonly when: string }> = {
  code: "EST-902",
  name: "plan-not-held-by-scheduler",
  severity: "warning",
  message: ({ cluster, pods, when }) =>
    `On the planned ${shorten(cluster)}, ${pods} ${pods === 1 ? "pod stays" : "pods stay"} pending ${when}.`,
  hint: () => "Look at what these pods demand of nodes and of each other: scantling schedule says why, node by node.",
};

export const nothingToPlan: DiagnosticRule<undefined> = {
  code: "EST-903",
  name: "nothing-to-plan",
  severity: "error",
  message: () => "There is no workload to plan a structure for.",
  hint: () => "Give manifests with Deployments, StatefulSets or Jobs, or an estate whose applications name theirs.",
};

export const subnetTooSmall: DiagnosticRule<{
  readonly cluster: string;
  readonly subnet: string;
  readonly addresses: number;
  readonly needed: number;
}> = {
  code: "EST-904",
  name: "subnet-too-small-for-plan",
  severity: "warning",
  message: ({ cluster, subnet, addresses, needed }) =>
    `Cluster ${shorten(cluster)} may come to need ${needed} addresses with upgrades, and subnet ${shorten(subnet)} has ${addresses}.`,
  hint: () => "Declare a larger subnet, or use azureOverlay, where pods take no addresses of the subnet.",
};

export const planNotCompared: DiagnosticRule<{ readonly workloads: number; readonly most: number }> = {
  code: "EST-905",
  name: "plan-not-compared",
  severity: "warning",
  message: ({ workloads, most }) =>
    `Alternatives, the front and what moves the plan are left out: they are worked out for up to ${most} workloads, and there are ${workloads}.`,
  hint: () =>
    "Plan a part of the estate by its own paths to see them, or leave them out knowingly with --no-alternatives.",
};

export const planningDiagnosticRules = [
  podsLeftOut,
  demandsContradict,
  planNotHeld,
  nothingToPlan,
  subnetTooSmall,
  planNotCompared,
] as const;
