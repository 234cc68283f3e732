import type { Figure } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { MoneyStudy } from "./money-study.ts";

/** What all requests of a workload cost on the pools that carry it. */
export function requestsCost(money: MoneyStudy, workload: Workload, rule: string): Figure | undefined {
  const requests = money.requestsOf(workload.id);
  const pods = money.subjects.get(workload.id)?.pods;
  if (requests === undefined || pods === undefined) return undefined;
  return money.figure(money.worth(workload.id, requests), {
    rule,
    subject: workload.id,
    label: `Requests of ${workload.label}`,
    formula: `${pods} ${pods === 1 ? "pod" : "pods"} × (${Math.round(requests.cpuMillicores)}m CPU + ${Math.round(requests.memoryBytes / 1024 ** 2)} MiB) at what a millicore and a MiB of their pools cost a month`,
  });
}
