import { likelyValue } from "../../estate/figures/figure.ts";
import type { ReportedUpgrade, UpgradeReport } from "../../operations/simulation/simulate-upgrade.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted, listed } from "./words.ts";

/** Workloads told of for each pool. */
const mostOutages = 8;

/** How each pool is upgraded, what blocks it and who goes short. */
export function upgradeDocument({ upgrades, assumptions }: UpgradeReport): Document {
  const blocked = upgrades.filter(({ outcome }) => outcome !== "finished");
  return [
    heading(1, "Upgrades replayed"),
    paragraph(
      `${counted(upgrades.length, "pool")}; ${blocked.length === 0 ? "every upgrade can finish." : `${counted(blocked.length, "upgrade")} cannot finish.`}`,
    ),
    ...table(
      [
        { title: "Pool" },
        { title: "Nodes", align: "right" },
        { title: "Extra", align: "right" },
        { title: "Takes", align: "right" },
        { title: "Node hours", align: "right" },
        { title: upgrades[0]?.surgeCost.unit ?? "Cost", align: "right" },
        { title: "Longest without a pod", align: "right" },
        { title: "Outcome" },
      ],
      upgrades.map(row),
    ),
    ...upgrades.flatMap(section),
    heading(2, "Assumed"),
    ...bullets(assumptionLines(assumptions)),
  ];
}

function row(upgrade: ReportedUpgrade): readonly string[] {
  const { cluster, pool, nodes, settings, seconds, surgeHours, surgeCost, outages } = upgrade;
  const cost = likelyValue(surgeCost);
  const longest = Math.max(0, ...outages.map(({ withoutPodSeconds }) => withoutPodSeconds));
  const isOpen = outages.some((outage) => outage.isOpen);
  return [
    `${cluster}/${pool}`,
    String(nodes),
    String(settings.surge),
    timeText(seconds),
    (likelyValue(surgeHours) ?? 0).toFixed(1),
    cost === undefined ? "not known" : cost.toFixed(2),
    isOpen ? "does not come back" : longest === 0 ? "" : timeText(longest),
    outcomeText(upgrade),
  ];
}

function outcomeText({ outcome, quarantined, stuck }: ReportedUpgrade): string {
  if (outcome === "finished") {
    return quarantined.length === 0 ? "finishes" : `${counted(quarantined.length, "node")} left behind`;
  }
  return `fails at ${stuck[0]?.node ?? "a node"}`;
}

function section(upgrade: ReportedUpgrade): Document {
  const { cluster, pool, stuck, blockingBudgets, outages } = upgrade;
  const items = [
    ...stuck.map(
      ({ node, label, reason, never }) =>
        `${node} ${never ? "can never be drained" : "is not drained in time"}${label === "" ? "" : `, because of ${code(label)}`}: ${reason}`,
    ),
    ...blockingBudgets.map(
      ({ budget, limit, pods, workloads, nodes }) =>
        `PodDisruptionBudget ${code(budget)} (${limit}) allows no eviction of the ${counted(pods, "pod")} of ${listed(workloads)}: ${counted(nodes.length, "node")} of the pool cannot be drained (AVL-003)`,
    ),
    ...outages.slice(0, mostOutages).map(outageText),
    ...(outages.length > mostOutages ? [`and ${outages.length - mostOutages} more, in -o json`] : []),
  ];
  return items.length === 0 ? [] : [heading(2, `${cluster}/${pool}`), ...timeTable(upgrade), ...bullets(items)];
}

function timeTable({ batches }: ReportedUpgrade): Document {
  return table(
    [
      { title: "Starts", align: "right" },
      { title: "Drained after", align: "right" },
      { title: "Ends", align: "right" },
      { title: "Pods evicted", align: "right" },
      { title: "Without a place", align: "right" },
      { title: "Nodes" },
    ],
    batches.map(({ nodes, startSeconds, drainedSeconds, endSeconds, evictedPods, pendingPods }) => [
      timeText(startSeconds),
      drainedSeconds === undefined ? "never" : timeText(drainedSeconds - startSeconds),
      timeText(endSeconds),
      String(evictedPods),
      pendingPods === 0 ? "" : String(pendingPods),
      listed(nodes),
    ]),
  );
}

function outageText({
  label,
  withoutPodSeconds,
  belowNeedSeconds,
  isOpen,
}: ReportedUpgrade["outages"][number]): string {
  if (isOpen) return `${code(label)} loses its last pod and does not come back`;
  if (withoutPodSeconds > 0) return `${code(label)} has no pod for ${timeText(withoutPodSeconds)}`;
  return `${code(label)} has fewer pods than its budget insists on for ${timeText(belowNeedSeconds)}`;
}

function assumptionLines(assumptions: UpgradeReport["assumptions"]): readonly string[] {
  const byRule = Map.groupBy(assumptions, ({ id }) => id);
  return [...byRule.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [`${first.id} ${first.name}: ${first.value}${same.length === 1 ? "" : ` (and ${same.length - 1} more)`}`];
  });
}

/** `45 s`, `6 min`, `1 h 05 min`. */
function timeText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
