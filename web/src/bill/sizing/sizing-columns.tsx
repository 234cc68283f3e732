import type { CostRightSizing } from "../../../../src/operations/cost/rightsize-report.ts";
import { exactMoney } from "../../figures/money.ts";
import { Badge } from "../../symbols/badge.tsx";
import type { Column } from "../../tables/column.ts";
import { signedMoney } from "../bill-money.ts";
import { type ReplicaSweep, type SizedPool, type SizePoint, shortSize } from "./sizing-chart.ts";

const gib = 2 ** 30;

export function sizeColumns({ own, advised }: SizedPool, currency: string): readonly Column<SizePoint>[] {
  return [
    {
      key: "size",
      title: "Size",
      cell: (row) => (
        <>
          {shortSize(row.vmSize)} {row.vmSize === own?.vmSize ? <Mark text="now" tone="plain" /> : null}
          {row.vmSize === advised?.vmSize ? <Mark text="advised" tone="good" /> : null}
          {row.unplacedPods > (own?.unplacedPods ?? 0) ? (
            <Mark text={`${row.unplacedPods} pods left out`} tone="bad" />
          ) : null}
        </>
      ),
      sortBy: (row) => row.vmSize,
      grow: true,
    },
    count("vcpu", "vCPU", true),
    count("memoryGiB", "GiB", true),
    count("nodes", "Nodes", false),
    difference(currency),
    share("freeShare", "Free"),
    share("overheadShare", "Overhead"),
    share("blastRadius", "Lost with a node"),
  ];
}

function Mark({ text, tone }: { readonly text: string; readonly tone: "plain" | "good" | "bad" }) {
  const symbol = tone === "good" ? "check" : tone === "bad" ? "cross" : "square";
  return <Badge badge={{ symbol, text, tone, title: text }} />;
}

function count(key: "vcpu" | "memoryGiB" | "nodes", title: string, wideOnly: boolean): Column<SizePoint> {
  return { key, title, cell: (row) => row[key], sortBy: (row) => row[key], numeric: true, wideOnly };
}

function share(key: "freeShare" | "overheadShare" | "blastRadius", title: string): Column<SizePoint> {
  return {
    key,
    title,
    cell: (row) => `${Math.round(100 * row[key])}%`,
    sortBy: (row) => row[key],
    numeric: true,
    wideOnly: true,
  };
}

function difference<Row extends { readonly difference: number }>(currency: string): Column<Row> {
  return {
    key: "difference",
    title: "Against now",
    cell: (row) => signedMoney(row.difference, currency),
    sortBy: (row) => row.difference,
    numeric: true,
  };
}

export function poolColumns(currency: string): readonly Column<SizedPool>[] {
  const saved = ({ declared, own, advised }: SizedPool) =>
    own === undefined ? undefined : declared.monthly - own.monthly - (advised?.difference ?? 0);
  return [
    { key: "pool", title: "Pool", cell: (row) => `${row.cluster}/${row.pool}`, sortBy: (row) => row.pool, grow: true },
    {
      key: "declared",
      title: "Declared",
      cell: (row) => `${row.declared.nodes}\u00a0×\u00a0${shortSize(row.declared.vmSize)}`,
      sortBy: (row) => row.declared.nodes,
      wideOnly: true,
    },
    {
      key: "needed",
      title: "Needed",
      cell: (row) => (row.own === undefined ? "–" : `${row.own.nodes}\u00a0×\u00a0${shortSize(row.own.vmSize)}`),
      sortBy: (row) => row.own?.nodes,
      wideOnly: true,
    },
    {
      key: "advised",
      title: "Advised",
      cell: (row) =>
        row.advised === undefined ? (
          <span title={row.reason}>{row.reason ?? "–"}</span>
        ) : (
          `${row.advised.nodes}\u00a0×\u00a0${shortSize(row.advised.vmSize)}`
        ),
      sortBy: (row) => row.advised?.vmSize,
    },
    {
      key: "saved",
      title: "Saves",
      cell: (row) => {
        const amount = saved(row);
        return amount === undefined || amount < 0.005 ? "–" : exactMoney(amount, currency);
      },
      sortBy: saved,
      numeric: true,
    },
  ];
}

export function replicaColumns(currency: string): readonly Column<ReplicaSweep["points"][number]>[] {
  return [
    {
      key: "replicas",
      title: "Replicas",
      cell: (row) => (
        <>
          {row.replicas} {row.isDeclared ? <Mark text="declared" tone="plain" /> : null}
          {row.unplacedPods > 0 ? <Mark text={`${row.unplacedPods} pods left out`} tone="bad" /> : null}
        </>
      ),
      sortBy: (row) => row.replicas,
      grow: true,
    },
    {
      key: "pod",
      title: "One pod asks for",
      cell: (row) => `${Math.round(row.pod.cpuMillicores)}m, ${(row.pod.memoryBytes / gib).toFixed(2)} GiB`,
      sortBy: (row) => row.pod.cpuMillicores,
      wideOnly: true,
    },
    {
      key: "nodes",
      title: "Nodes",
      cell: (row) => row.nodes,
      sortBy: (row) => row.nodes,
      numeric: true,
      wideOnly: true,
    },
    difference(currency),
    { key: "spare", title: "May lose", cell: (row) => row.spare, sortBy: (row) => row.spare, numeric: true },
    {
      key: "headroom",
      title: "Headroom",
      cell: (row) => `${Math.round(100 * row.headroom)}%`,
      sortBy: (row) => row.headroom,
      numeric: true,
      wideOnly: true,
    },
  ];
}

export function idleColumns(currency: string): readonly Column<CostRightSizing["idle"][number]>[] {
  return [
    { key: "label", title: "Thing", cell: (row) => row.label, sortBy: (row) => row.label, grow: true },
    { key: "reason", title: "Why", cell: (row) => row.reason, sortBy: (row) => row.reason, wideOnly: true },
    {
      key: "monthly",
      title: "A month",
      cell: (row) => (row.monthly === undefined ? "no price" : exactMoney(row.monthly, currency)),
      sortBy: (row) => row.monthly,
      numeric: true,
    },
  ];
}
