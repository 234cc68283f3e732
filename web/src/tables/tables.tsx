import { lazy, Suspense } from "react";
import { type TableName, tableNames } from "../view-state/view-state.ts";
import { useWorkbench, type Workbench } from "../workbench/workbench.ts";
import { AssumptionsTable } from "./assumptions-table.tsx";
import { ProblemsTable } from "./problems-table.tsx";
import classes from "./tables.module.css";
import { WorkloadsTable } from "./workloads-table.tsx";

/** Views with much in them come when they are opened: the first picture need not wait. */
const FindingsView = lazy(async () => {
  const { FindingsView: view } = await import("../findings/findings-view.tsx");
  return { default: view };
});
const TenancyView = lazy(async () => {
  const { TenancyView: view } = await import("../tenancy/tenancy-view.tsx");
  return { default: view };
});
const AvailabilityView = lazy(async () => {
  const { AvailabilityView: view } = await import("../availability/availability-view.tsx");
  return { default: view };
});
const DeliveryView = lazy(async () => {
  const { DeliveryView: view } = await import("../delivery/delivery-view.tsx");
  return { default: view };
});
const RolloutView = lazy(async () => {
  const { RolloutView: view } = await import("../rollout/rollout-view.tsx");
  return { default: view };
});
const StatefulView = lazy(async () => {
  const { StatefulView: view } = await import("../stateful/stateful-view.tsx");
  return { default: view };
});
const BillView = lazy(async () => {
  const { BillView: view } = await import("../bill/bill-view.tsx");
  return { default: view };
});
const PlanView = lazy(async () => {
  const { PlanView: view } = await import("../plan/plan-view.tsx");
  return { default: view };
});
const SimulationView = lazy(async () => {
  const { SimulationView: view } = await import("../simulation/simulation-view.tsx");
  return { default: view };
});

/** The list view: everything that the map shows, and what has no place on it. */
export function Tables() {
  const { view } = useWorkbench();
  return (
    <div className={classes.tables}>
      <Suspense fallback={null}>
        <Table name={view.table} />
      </Suspense>
    </div>
  );
}

/** Which list is shown. */
export function TableTabs() {
  const { assessment, view, change } = useWorkbench();
  return (
    <nav className={classes.tabs} aria-label="Lists">
      {tableNames.map((table) => (
        <button
          key={table}
          type="button"
          aria-current={view.table === table ? "page" : undefined}
          onClick={() => change({ table })}
        >
          {titles[table]} <span className={classes.count}>{countOf(table, assessment)}</span>
        </button>
      ))}
    </nav>
  );
}

const titles: { readonly [table in TableName]: string } = {
  workloads: "Workloads",
  plan: "Plan",
  availability: "Availability",
  findings: "Findings",
  tenancy: "Tenancy",
  simulation: "Simulation",
  delivery: "Delivery",
  rollout: "Rollouts",
  stores: "Stores",
  bill: "Bill",
  assumptions: "Assumptions",
  problems: "Problems",
};

function countOf(table: TableName, assessment: Workbench["assessment"]): number | undefined {
  switch (table) {
    case "plan":
    case "delivery":
    case "rollout":
    case "simulation":
    case "stores":
      return undefined;
    case "workloads":
      return assessment.estate.workloads.length;
    case "availability":
      return assessment.availability.journeys.length;
    case "findings":
      return assessment.findings.length;
    case "bill":
      return assessment.cost.lines.length;
    case "tenancy":
      return assessment.structure.pairs.length;
    case "assumptions":
      return assessment.assumptions.length;
    case "problems":
      return assessment.diagnostics.length;
  }
}

function Table({ name }: { readonly name: TableName }) {
  switch (name) {
    case "workloads":
      return <WorkloadsTable />;
    case "plan":
      return <PlanView />;
    case "availability":
      return <AvailabilityView />;
    case "delivery":
      return <DeliveryView />;
    case "rollout":
      return <RolloutView />;
    case "stores":
      return <StatefulView />;
    case "findings":
      return <FindingsView />;
    case "bill":
      return <BillView />;
    case "tenancy":
      return <TenancyView />;
    case "simulation":
      return <SimulationView />;
    case "assumptions":
      return <AssumptionsTable />;
    case "problems":
      return <ProblemsTable />;
  }
}
