import type { ScheduleCase, ScheduleReport } from "../../operations/scheduling/schedule.ts";
import type { Unschedulable } from "../../scheduling/kube-scheduler/explanation/explain-unschedulable.ts";
import type { Column } from "../terminal/table.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

/** Where pods go, why others stay pending, and what would help them. */
export function scheduleDocument({ kubernetesVersion, cases }: ScheduleReport): Document {
  const steps = cases.flatMap((each) => each.steps);
  const placed = steps.filter(({ chosen }) => chosen !== "").length;
  const clusters = cases.length === 1 ? "" : ` in ${counted(cases.length, "cluster")}`;
  return [
    heading(1, `Scheduling by Kubernetes ${kubernetesVersion}`),
    paragraph(
      `${placed.toLocaleString("en-US")} of ${counted(steps.length, "pod")} placed${clusters}, ${counted(steps.length - placed, "pod")} pending.`,
    ),
    ...cases.flatMap(caseSection),
  ];
}

function caseSection(each: ScheduleCase): Document {
  return [
    heading(2, `${each.id}: ${counted(each.nodes, "node")}`),
    ...pendingSection(each.unschedulable),
    ...preemptedSection(each),
    ...placementTable(each),
  ];
}

/** Pods that stay pending for the same reason are told about together. */
function pendingSection(unschedulable: readonly Unschedulable[]): Document {
  const alike = Map.groupBy(unschedulable, ({ summary, changes }) => `${summary}\n${changes[0]?.text ?? ""}`);
  const items = [...alike.values()].flatMap((pods) => {
    const [first] = pods;
    if (first === undefined) return [];
    const who =
      pods.length === 1 ? code(first.pod) : `${code(first.pod)} and ${counted(pods.length - 1, "pod")} like it`;
    const [change, otherwise] = first.changes;
    const smallest = change === undefined ? "" : ` Smallest change: ${change.text}.`;
    const second = otherwise === undefined ? "" : ` Or: ${otherwise.text}.`;
    return [`${who}: ${first.summary}.${smallest}${second}`];
  });
  return items.length === 0 ? [] : [heading(3, "Pending"), ...bullets(items)];
}

function preemptedSection({ preempted }: ScheduleCase): Document {
  const items = preempted.map(({ pod, from, by }) => `${code(pod)} had to leave ${from} for ${code(by)}`);
  return items.length === 0 ? [] : [heading(3, "Driven out by priority"), ...bullets(items)];
}

/** Scores are there where every node's answer is, reasons where a pod is pending. */
function placementTable(each: ScheduleCase): Document {
  const hasScores = each.steps.some(({ nodes }) => Object.keys(nodes).length > 0);
  const hasPending = each.unschedulable.length > 0;
  const columns: readonly Column[] = [
    { title: "Pod" },
    { title: "Node" },
    ...(hasScores
      ? ([
          { title: "Score", align: "right" },
          { title: "As good", align: "right" },
        ] as const)
      : []),
    ...(hasPending ? [{ title: "Why not" }] : []),
  ];
  const reasons = reasonsByPod(each.unschedulable);
  const rows = each.steps.map((step) => [
    step.pod,
    step.chosen === "" ? "pending" : step.chosen,
    ...(hasScores ? scoreCells(step) : []),
    ...(hasPending ? [step.chosen === "" ? (reasons.get(step.pod) ?? "") : ""] : []),
  ]);
  return table(columns, rows);
}

/** Total of the chosen node, and how many others have the same. */
function scoreCells({ nodes, best, chosen }: ScheduleCase["steps"][number]): readonly string[] {
  const answer = nodes[chosen];
  return answer !== undefined && "total" in answer ? [String(answer.total), String(best.length - 1)] : ["", ""];
}

/** The commonest reason of each pending pod, by its name with and without the namespace: steps write either. */
function reasonsByPod(unschedulable: readonly Unschedulable[]): ReadonlyMap<string, string> {
  return new Map(
    unschedulable.flatMap(({ pod, groups }) => {
      const [first] = groups;
      const reason = first === undefined ? "there is no node" : `${first.nodes} ${first.reason}`;
      return [
        [pod, reason],
        [pod.slice(pod.indexOf("/") + 1), reason],
      ] as const;
    }),
  );
}
