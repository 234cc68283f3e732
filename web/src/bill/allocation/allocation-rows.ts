import type { CostAllocation } from "../../../../src/operations/cost/cost-allocation.ts";

type Row = CostAllocation["rows"][number];

/** A row of the allocation as the page shows it. */
export interface AllocationLine extends Row {
  readonly key: string;
  readonly label: string;
  /** Class of its colour. */
  readonly tone: string;
  /** Belongs to nobody: drawn hatched, so that it is told apart without colour. */
  readonly isShared: boolean;
  /** Of the bill. */
  readonly share: number;
}

const partLooks: {
  readonly [part in Exclude<Row["part"], "tenant">]: { readonly label: string; readonly tone: string };
} = {
  sharedPlatform: { label: "Shared platform", tone: "bill-shared" },
  systemOverhead: { label: "System overhead", tone: "bill-system" },
  idle: { label: "Idle", tone: "bill-idle" },
  fees: { label: "Fees", tone: "bill-fees" },
  unusedCommitment: { label: "Unused commitment", tone: "bill-unused" },
  filteredOut: { label: "Outside of the filter", tone: "none" },
};

/** Rows that stand there also when nothing falls to them: they are what nobody looks for. */
const alwaysShown = ["sharedPlatform", "systemOverhead", "idle", "unusedCommitment"] as const;

/** Tenant colours of the page. */
const tones = 8;

/** The rows of an allocation, dearest bearers first, then what belongs to nobody. Together they are the bill. */
export function allocationLines(report: CostAllocation): readonly AllocationLine[] {
  const total = report.rows.reduce((sum, row) => sum + row.total, 0);
  const missing = alwaysShown.filter((part) => !report.rows.some((row) => row.part === part));
  const empty = missing.map(
    (part): Row => ({ part, name: undefined, own: 0, idleShare: 0, platformShare: 0, total: 0 }),
  );
  const borne = report.rows.filter(({ part }) => part === "tenant");
  const shared = [...report.rows.filter(({ part }) => part !== "tenant"), ...empty];
  return [...borne, ...shared].map((row, index) => ({
    ...row,
    key: `${row.part}/${row.name ?? ""}`,
    label: labelOf(row, report.by),
    tone:
      row.part === "tenant" ? (row.name === undefined ? "none" : `tenant-${index % tones}`) : partLooks[row.part].tone,
    isShared: row.part !== "tenant",
    share: total === 0 ? 0 : row.total / total,
  }));
}

function labelOf({ part, name }: Row, by: string): string {
  if (part === "tenant")
    return name ?? `Without ${by.startsWith("label:") ? `label ${by.slice("label:".length)}` : by}`;
  return name === undefined ? partLooks[part].label : `${partLooks[part].label} of ${name}`;
}

/** The largest lines in falling order, and how much the others come to together. */
export function treemapLines(
  lines: readonly AllocationLine[],
  most: number,
): { readonly shown: readonly AllocationLine[]; readonly others: number; readonly rest: number } {
  const falling = lines.filter(({ total }) => total > 0).toSorted((left, right) => right.total - left.total);
  const shown = falling.length <= most ? falling : falling.slice(0, most - 1);
  const left = falling.slice(shown.length);
  return { shown, others: left.length, rest: left.reduce((sum, { total }) => sum + total, 0) };
}

/** What a bearer is looked at by next. */
const finer: { readonly [by: string]: string } = {
  tenant: "application",
  application: "workload",
  namespace: "workload",
  environment: "cluster",
  cluster: "namespace",
};

/** The choice that looks inside a bearer; undefined where nothing finer is known. */
export function lookInside(
  { part, name }: AllocationLine,
  by: string,
  within: string | undefined,
): { readonly billBy: string; readonly billWithin: string } | undefined {
  const next = by.startsWith("label:") ? "workload" : finer[by];
  if (part !== "tenant" || name === undefined || next === undefined || /[;+,]/.test(name)) return undefined;
  return { billBy: next, billWithin: [...termsOf(within), `${by}=${name}`].join(";") };
}

/** The terms of a filter as they are written. */
export function termsOf(within: string | undefined): readonly string[] {
  return (within ?? "").split(";").filter((term) => term !== "");
}
