import type { SizedPool } from "../../finops/right-sizing/nodes/size-nodes.ts";
import type { CostRightSizing } from "../../operations/cost/rightsize-report.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { amountIn, percent } from "./sizing-words.ts";
import { counted, listed } from "./words.ts";

/** Trade-offs on a terminal; the other forms hold all. */
const mostTrades = 4;
/** Memory gained on all nodes of a pool from which it is worth a line. */
const notableGiB = 4;

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
      `Each pool as declared, with as many nodes as its pods need, and on the size that is advised, for ${report.requests === undefined ? "the declared" : "the proposed"} requests. Packed as the scheduler places pods, a node in each zone where pods spread over zones, and one where jobs alone run. Money is that of nodes with their OS disks and Defender; what a size saves, each by itself, counts commitments of other pools too.`,
    ),
    ...table(
      [
        { title: "Pool" },
        { title: "Declared" },
        right(`${currency} a month`),
        { title: "Needs" },
        right("Saves"),
        { title: "Advised size" },
        right("Saves"),
      ],
      shown.map(({ cluster, pool, declared, own, advised }) => {
        const fewer = declared.monthly - (own?.monthly ?? 0);
        return [
          `${cluster}/${pool}`,
          `${declared.nodes} × ${short(declared.vmSize)}`,
          money(declared.monthly),
          own === undefined ? "no node" : own.nodes === declared.nodes ? "" : counted(own.nodes, "node"),
          Math.abs(fewer) < 0.005 ? "" : money(fewer),
          advised === undefined ? "" : `${advised.nodes} × ${short(advised.vmSize)}`,
          advised === undefined ? "" : money(-advised.difference),
        ];
      }),
    ),
    ...tradeItems(shown, everyRow),
    ...leverItems(shown, currency, everyRow),
    ...unpricedItems(shown),
    ...(everyRow ? shown.flatMap((pool) => curveItems(pool, currency)) : []),
  ];
}

/** What is given and taken by the advised sizes that save most. */
function tradeItems(pools: readonly SizedPool[], everyRow: boolean): Document {
  const trades = pools
    .flatMap(({ cluster, pool, own, advised }) =>
      own === undefined || advised === undefined ? [] : [{ name: `${cluster}/${pool}`, own, advised }],
    )
    .toSorted((left, right) => left.advised.difference - right.advised.difference);
  const shown = everyRow ? trades : trades.slice(0, mostTrades);
  const now = (share: number) => `(now ${percent(share)})`;
  return [
    ...bullets(
      shown.map(
        ({ name, own, advised }) =>
          `${name} to ${short(advised.vmSize)}: AKS takes ${percent(advised.overheadShare)} of a node ${now(own.overheadShare)}, ${percent(advised.freeShare)} stays free ${now(own.freeShare)}, a lost node takes ${percent(advised.blastRadius)} of the pods ${now(own.blastRadius)}${advised.osDisk === own.osDisk ? "" : `; the OS disk becomes ${advised.osDisk.toLowerCase()}`}.`,
      ),
    ),
    ...(shown.length < trades.length || !everyRow
      ? [paragraph("-o markdown shows the trade-off of every pool and the whole curve of sizes.")]
      : []),
  ];
}

/** Levers that save money, or give back memory worth the trouble of a new pool. */
function leverItems(pools: readonly SizedPool[], currency: string, everyRow: boolean): Document {
  const money = amountIn(currency);
  const levers = pools.flatMap(({ cluster, pool, levers: own }) =>
    own
      .filter(({ saved, memoryFreedGiB }) => everyRow || saved >= 0.005 || memoryFreedGiB >= notableGiB)
      .map(({ label, saved, memoryFreedGiB, nodes }) => [
        `${cluster}/${pool}`,
        label,
        memoryFreedGiB > 0.05 ? `${memoryFreedGiB.toFixed(1)} GiB` : "",
        counted(nodes, "node"),
        Math.abs(saved) < 0.005 ? "0.00" : money(saved),
      ]),
  );
  if (levers.length === 0) return [];
  const columns = [{ title: "Pool" }, { title: "Change" }, right("Memory gained"), right("Then"), right("Saves")];
  return [heading(3, "Levers besides the size"), ...table(columns, levers)];
}

function unpricedItems(pools: readonly SizedPool[]): Document {
  const unpriced = [...new Set(pools.flatMap((each) => each.unpriced))];
  if (unpriced.length === 0) return [];
  return [paragraph(`Not compared, since no price is known: ${listed(unpriced.map(short), 6)}.`)];
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
