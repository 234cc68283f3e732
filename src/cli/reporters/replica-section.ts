import type { CostRightSizing } from "../../operations/cost/rightsize-report.ts";
import { type Document, heading, paragraph, table } from "./document.ts";
import { amountIn, mebibytes, percent, shortName } from "./sizing-words.ts";

/** Combinations on a terminal; the other forms hold all. */
const mostRows = 12;

const right = (title: string) => ({ title, align: "right" }) as const;

/** Many small pods against few large ones of one workload. */
export function replicaItems({ replicas, currency }: CostRightSizing, everyRow: boolean): Document {
  if (replicas === undefined) return [];
  const money = amountIn(currency);
  const { demand, demandBasis, perPod, points } = replicas;
  const shown = everyRow ? points : points.filter(({ isDeclared }, index) => index < mostRows || isDeclared);
  const fixed =
    perPod.cpuMillicores + perPod.memoryBytes === 0
      ? ""
      : ` Each pod pays ${perPod.cpuMillicores}m and ${mebibytes(perPod.memoryBytes)} for sidecars and sandbox on top.`;
  return [
    heading(2, `Replicas of ${shortName(replicas.workload)}`),
    paragraph(
      `They have to carry ${Math.round(demand.cpuMillicores)}m of CPU and ${mebibytes(demand.memoryBytes)} together (${demandBasis === "usage" ? "the largest sum of their usage at one time" : "what they ask for now"}).${fixed} Nodes: difference of the bill with counts that follow the pods; the cheapest first.`,
    ),
    ...table(
      [
        right("Pods"),
        right("CPU a pod"),
        right("Memory a pod"),
        right(`Nodes ${currency}`),
        right(`Requests ${currency}`),
        right("Headroom"),
        right("Pods to spare"),
        right("A pod lost"),
        { title: "" },
      ],
      shown.map((point) => [
        String(point.replicas),
        `${Math.round(point.pod.cpuMillicores)}m`,
        mebibytes(point.pod.memoryBytes),
        Math.abs(point.difference) < 0.005 ? "0.00" : `${point.difference > 0 ? "+" : ""}${money(point.difference)}`,
        point.allocated === undefined ? "no price" : money(point.allocated),
        percent(point.headroom),
        String(point.spare),
        percent(point.blastRadius),
        point.isDeclared ? "declared" : point.unplacedPods > 0 ? "no room" : "",
      ]),
    ),
    ...(shown.length < points.length
      ? [paragraph(`${points.length - shown.length} more: -o markdown shows all.`)]
      : []),
  ];
}
