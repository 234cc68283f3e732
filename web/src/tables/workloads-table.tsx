import type { FindingSeverity } from "../../../src/audit/finding.ts";
import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { exactMoney } from "../figures/money.ts";
import { severities, workloadCosts } from "../graph/measure-boxes.ts";
import { workloadIdParts } from "../graph/workload-id.ts";
import { journeysWorstFirst, workloadRank } from "../graph/worst-first.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import { SeverityWord } from "./severity-word.tsx";
import classes from "./tables.module.css";

interface WorkloadRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly tenant: string;
  readonly where: string;
  readonly replicas: string;
  readonly monthlyCost: number | undefined;
  readonly journey: JourneyAvailability | undefined;
  readonly worst: FindingSeverity | undefined;
  readonly findings: number;
}

/** All workloads, worst first: the map in words. */
export function WorkloadsTable() {
  const { assessment, keeps, view, change } = useWorkbench();
  const rows = workloadRows(assessment).filter((row) => keeps(row.id));
  return (
    <DataTable
      caption="Workloads"
      rows={rows}
      columns={columnsFor(assessment.cost.currency)}
      rowKey={(row) => row.id}
      empty="No workload meets the filter."
      onSelect={(row) => change({ selection: `workload/${row.id}`, why: undefined })}
      isSelected={(row) => view.selection === `workload/${row.id}`}
    />
  );
}

function workloadRows(assessment: Assessment): readonly WorkloadRow[] {
  const costs = workloadCosts(assessment);
  const rows = assessment.estate.workloads.map((workload): WorkloadRow => {
    const parts = workloadIdParts(workload.id);
    const open = assessment.findings.filter(
      (finding) => finding.subject === workload.id && finding.verdict === "fail" && finding.exemptedBy === undefined,
    );
    const { minimum, maximum } = workload.replicas;
    return {
      id: workload.id,
      name: parts?.name ?? workload.label,
      kind: parts?.kind ?? "",
      tenant: workload.tenant,
      where: parts === undefined ? "" : `${parts.environment} / ${parts.cluster} / ${parts.namespace}`,
      replicas: minimum === maximum ? String(minimum) : `${minimum}–${maximum}`,
      monthlyCost: costs.get(workload.id),
      journey: journeysWorstFirst(assessment).find((journey) => journey.workloads.includes(workload.id)),
      worst: severities.find((severity) => open.some((finding) => finding.severity === severity)),
      findings: open.length,
    };
  });
  return rows.toSorted(
    (a, b) =>
      workloadRank(assessment, b.id) - workloadRank(assessment, a.id) ||
      downtimeOf(b) - downtimeOf(a) ||
      rankOf(a) - rankOf(b) ||
      (b.monthlyCost ?? 0) - (a.monthlyCost ?? 0),
  );
}

function downtimeOf(row: WorkloadRow): number {
  return row.journey === undefined ? -1 : (likelyValue(row.journey.downtimeMinutesPerMonth) ?? -1);
}

function rankOf(row: WorkloadRow): number {
  return row.worst === undefined ? severities.length : severities.indexOf(row.worst);
}

function NameAndPlace({ row }: { readonly row: WorkloadRow }) {
  return (
    <>
      {row.name} <span className={classes.place}>{row.where}</span>
    </>
  );
}

function columnsFor(currency: string): readonly Column<WorkloadRow>[] {
  return [
    {
      key: "name",
      title: "Workload",
      cell: (row) => <NameAndPlace row={row} />,
      sortBy: (row) => row.name,
      grow: true,
    },
    { key: "kind", title: "Kind", cell: (row) => row.kind, sortBy: (row) => row.kind, wideOnly: true },
    { key: "tenant", title: "Tenant", cell: (row) => row.tenant, sortBy: (row) => row.tenant, wideOnly: true },
    {
      key: "replicas",
      title: "Replicas",
      cell: (row) => row.replicas,
      sortBy: (row) => Number.parseInt(row.replicas, 10),
      numeric: true,
      wideOnly: true,
    },
    {
      key: "cost",
      title: "Cost a month",
      cell: (row) => (row.monthlyCost === undefined ? "–" : exactMoney(row.monthlyCost, currency)),
      sortBy: (row) => row.monthlyCost,
      numeric: true,
    },
    {
      key: "downtime",
      title: "Down a month",
      cell: (row) => (downtimeOf(row) < 0 ? "–" : formatMinutes(downtimeOf(row))),
      sortBy: (row) => (row.journey === undefined ? undefined : likelyValue(row.journey.downtimeMinutesPerMonth)),
      numeric: true,
    },
    {
      key: "findings",
      title: "Findings",
      cell: (row) => (row.worst === undefined ? "–" : <SeverityWord severity={row.worst} count={row.findings} />),
      sortBy: (row) => (row.worst === undefined ? undefined : (severities.length - rankOf(row)) * 1_000 + row.findings),
      numeric: true,
      wideOnly: true,
    },
  ];
}
