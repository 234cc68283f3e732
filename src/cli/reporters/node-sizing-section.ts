import type { SizedPool } from "../../finops/right-sizing/nodes/size-nodes.ts";
import type { CostRightSizing } from "../../operations/cost/rightsize-report.ts";
import { type Document, heading, paragraph, table } from "./document.ts";
import { amountIn } from "./right-sizing-document.ts";
import { counted, listed } from "./words.ts";

const right = (title: string) => ({ title, align: "right" }) as const;

/** Each pool as declared, with the nodes its pods need, and on the advised size; then what else gets more out of nodes. */
export function nodeSizingItems(report: CostRightSizing, everyRow: boolean): Document {
  const { nodePools, currency } = report;
  const shown = nodePools.filter(({ declared, own }) => declared.nodes > 0 || own !== undefined);
  if (shown.length === 0) return [];
  const money = amountIn(currency);
  return [
    heading(2, "Node pools"),
    paragraph(
      `What each pool costs a month as declared, with as many nodes as its pods need, and on the size that is advised; with ${report.requests === undefined ? "the declared" : "the proposed"} requests. Packed as the scheduler places pods; a node in each zone stays where pods spread over zones.`,
    ),
    ...table(
      [
        { title: "Pool" },
        { title: "Declared" },
        right(currency),
        { title: "Needed" },
        right(currency),
        { title: "Advised" },
        right(currency),
      ],
      shown.map(({ cluster, pool, declared, own, advised }) => [
        `${cluster}/${pool}`,
        `${declared.nodes} × ${short(declared.vmSize)}`,
        money(declared.monthly),
        own === undefined ? "none" : own.nodes === declared.nodes ? "the same" : `${own.nodes} nodes`,
        money(own?.monthly ?? 0),
        advised === undefined ? "" : `${advised.nodes} × ${short(advised.vmSize)}`,
        advised === undefined ? "" : money(advised.monthly),
      ]),
    ),
    ...paragraphsOf(shown, currency),
    ...(everyRow ? shown.flatMap((pool) => curveItems(pool, currency)) : []),
  ];
}

function paragraphsOf(pools: readonly SizedPool[], currency: string): Document {
  const money = amountIn(currency);
  const advised = pools.filter((each) => each.advised !== undefined);
  const trade = advised.map(({ cluster, pool, own, advised: to }) =>
    own === undefined || to === undefined
      ? ""
      : `${cluster}/${pool} to ${short(to.vmSize)}: AKS takes ${percent(to.overheadShare)} of a node instead of ${percent(own.overheadShare)}, ${percent(to.freeShare)} stays free instead of ${percent(own.freeShare)}, a lost node takes ${percent(to.blastRadius)} of the pods instead of ${percent(own.blastRadius)}${to.osDisk === own.osDisk ? "" : `, OS disk ${to.osDisk.toLowerCase()}`}.`,
  );
  const levers = pools.flatMap(({ cluster, pool, levers: own }) =>
    own.map(({ label, saved, memoryFreedGiB, nodes }) => [
      `${cluster}/${pool}`,
      label,
      memoryFreedGiB > 0.05 ? `${memoryFreedGiB.toFixed(1)} GiB` : "",
      counted(nodes, "node"),
      Math.abs(saved) < 0.005 ? "0.00" : money(saved),
    ]),
  );
  const unpriced = [...new Set(pools.flatMap((each) => each.unpriced))];
  return [
    ...(trade.length === 0 ? [] : [{ kind: "list", ordered: false, items: trade } as const]),
    ...(levers.length === 0
      ? []
      : [
          heading(3, "Levers besides the size"),
          ...table(
            [{ title: "Pool" }, { title: "Change" }, right("Memory gained"), right("Then"), right(`Saves ${currency}`)],
            levers,
          ),
        ]),
    ...(unpriced.length === 0
      ? []
      : [paragraph(`Not compared, since no price is known: ${listed(unpriced.map(short), 6)}.`)]),
  ];
}

function curveItems({ cluster, pool, curve, advised }: SizedPool, currency: string): Document {
  if (curve.length === 0) return [];
  const money = amountIn(currency);
  return [
    heading(3, `Sizes of ${cluster}/${pool}`),
    ...table(
      [
        { title: "Size" },
        right("vCPU"),
        right("GiB"),
        right("Nodes"),
        right(currency),
        right("AKS takes"),
        right("Free"),
        right("A node lost"),
        { title: "" },
      ],
      curve.map((point) => [
        short(point.vmSize),
        String(point.vcpu),
        String(point.memoryGiB),
        String(point.nodes),
        money(point.monthly),
        percent(point.overheadShare),
        percent(point.freeShare),
        percent(point.blastRadius),
        [
          ...(point.vmSize === advised?.vmSize ? ["advised"] : []),
          ...(point.unplacedPods > 0 ? [`${counted(point.unplacedPods, "pod")} left out`] : []),
        ].join(", "),
      ]),
    ),
  ];
}

function short(vmSize: string): string {
  return vmSize.replace(/^Standard_/, "");
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
