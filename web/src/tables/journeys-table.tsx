import type { JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { journeyText, objectiveBadge } from "../details/journey-text.ts";
import { exactMoney } from "../figures/money.ts";
import { journeysWorstFirst } from "../graph/worst-first.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";

/** All journeys, longest downtime first. */
export function JourneysTable() {
  const { assessment, keeps, terms, view, change } = useWorkbench();
  const rows = journeysWorstFirst(assessment).filter((journey) => terms.length === 0 || journey.workloads.some(keeps));
  return (
    <DataTable
      caption="Journeys"
      rows={rows}
      columns={columnsFor(assessment.cost.currency)}
      rowKey={(row) => row.journey}
      empty="No journey: no Ingress, route or LoadBalancer leads into the estate, or none meets the filter."
      onSelect={(row) => change({ selection: `journey/${row.journey}`, why: undefined })}
      isSelected={(row) => view.selection === `journey/${row.journey}`}
    />
  );
}

function columnsFor(currency: string): readonly Column<JourneyAvailability>[] {
  return [
    { key: "label", title: "Journey", cell: (row) => row.label, sortBy: (row) => row.label, grow: true },
    {
      key: "environment",
      title: "Environment",
      cell: (row) => row.environment,
      sortBy: (row) => row.environment,
      wideOnly: true,
    },
    {
      key: "available",
      title: "Available",
      cell: (row) => journeyText(row)?.percent ?? "not evaluable",
      sortBy: (row) => {
        const unavailability = likelyValue(row.unavailability);
        return unavailability === undefined ? undefined : 1 - unavailability;
      },
      numeric: true,
    },
    {
      key: "downtime",
      title: "Down a month",
      cell: (row) => journeyText(row)?.downtime.replace("/month", "") ?? "–",
      sortBy: (row) => likelyValue(row.unavailability),
      numeric: true,
    },
    {
      key: "objective",
      title: "Objective",
      cell: (row) => <Objective journey={row} />,
      sortBy: (row) => row.objective,
      wideOnly: true,
    },
    {
      key: "cost",
      title: "Downtime costs",
      cell: (row) => (row.downtimeCostMonthly === undefined ? "–" : exactMoney(row.downtimeCostMonthly, currency)),
      sortBy: (row) => row.downtimeCostMonthly,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "single",
      title: "Single points",
      cell: (row) => row.singlePointsOfFailure.length,
      sortBy: (row) => row.singlePointsOfFailure.length,
      numeric: true,
      wideOnly: true,
    },
  ];
}

function Objective({ journey }: { readonly journey: JourneyAvailability }) {
  const badge = objectiveBadge(journey);
  return badge === undefined ? "–" : <Badge badge={badge} />;
}
