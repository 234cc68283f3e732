import { formatResult } from "../../../estate/figures/format-figure.ts";
import { kernelBudgets } from "../../../tenancy/kernel/kernel-budgets.ts";
import { type KernelDimension, kernelDimensions } from "../../../tenancy/kernel/kernel-dimensions.ts";
import type { KernelBudget } from "../../../tenancy/kernel/kernel-report.ts";
import type { Rule } from "../../rule.ts";
import { poolOutcome } from "../../tenancy/subject-outcome.ts";

/** The budgets of this rule by part; inotify has a rule of its own. */
const parts: readonly KernelDimension[] = [
  "pids",
  "openFiles",
  "conntrack",
  "ephemeralPorts",
  "ephemeralStorage",
  "diskIops",
];

/** TEN-012: what tenants declare to take of a common kernel leaves room on every node. */
export const kernelBudgetsHold: Rule = {
  id: "TEN-012",
  name: "kernel-budgets",
  title: "What pods take of a kernel that tenants share stays under 80 % of what it has.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["nodePools", "usage", "tenants"],
  judges: "objects",
  *evaluate({ estate, placement, catalog }) {
    // What is said is about declared clusters.
    if (estate.clusters.every(({ place }) => place === undefined)) return;
    const { pools, warningShare } = kernelBudgets(estate, placement, catalog);
    for (const { cluster: name, pool: poolName, tenants, budgets, nodes } of pools) {
      const cluster = estate.clusters.find((each) => each.name === name);
      const pool = cluster?.nodePools.find((each) => each.name === poolName);
      if (cluster?.place === undefined || pool === undefined || tenants.length < 2 || nodes === 0) continue;
      const judged = budgets.filter(({ dimension }) => parts.includes(dimension));
      const short = judged.filter(({ share, estimated }) => !estimated && (share ?? 0) > warningShare);
      for (const budget of short) {
        yield poolOutcome(estate, cluster, pool, {
          verdict: "fail",
          part: String(parts.indexOf(budget.dimension) + 1),
          message: `${shareInWords(budget)} of a node of ${name}/${poolName}, which ${tenants.join(", ")} share: what one takes more, the others lack.`,
          fix: {
            description: "Use larger nodes or more of them, raise the limit of the pool, or give one tenant its own.",
          },
        });
      }
      const open = judged.filter(({ share, estimated }) => estimated || share === undefined);
      if (short.length > 0) continue;
      if (open.length === 0) yield poolOutcome(estate, cluster, pool, { verdict: "pass", message: "" });
      else {
        yield poolOutcome(estate, cluster, pool, {
          verdict: "notEvaluable",
          missing: ["needs-X"],
          message: `What the pods of ${tenants.join(", ")} take of a node of ${name}/${poolName} is neither declared nor measured for ${open.map(({ dimension }) => kernelDimensions[dimension].label).join(", ")}.`,
        });
      }
    }
  },
};

function shareInWords({ dimension, capacity, demand, share }: KernelBudget): string {
  const { label, unit } = kernelDimensions[dimension];
  const percent = Math.round((share ?? 0) * 100);
  return `Pods take ${percent} % of the ${label} (${formatResult(demand.result, unit)} of ${formatResult(capacity.result, unit)})`;
}
