import { Choice } from "../symbols/choice.tsx";
import type { BillViewPart } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { AllocationView } from "./allocation/allocation-view.tsx";
import classes from "./bill-view.module.css";
import { BreakEvenView } from "./break-even/break-even-view.tsx";
import { CommitmentsView } from "./commitments/commitments-view.tsx";
import { ForecastView } from "./forecast/forecast-view.tsx";
import { InvoiceView } from "./invoice/invoice-view.tsx";
import { SizingView } from "./sizing/sizing-view.tsx";

const parts: readonly { readonly value: BillViewPart; readonly label: string; readonly hint: string }[] = [
  { value: "allocation", label: "Who bears it", hint: "The bill shared out, to the cent" },
  { value: "invoice", label: "Invoice", hint: "The bill line by line, with discounts and what has no price" },
  { value: "commitments", label: "Commitments", hint: "Hours that nodes run, what is owned and what to buy" },
  { value: "sizing", label: "Sizing", hint: "Node sizes and replicas by what they cost" },
  { value: "breakEven", label: "Break-even", hint: "From which duty cycle which way to run is cheaper" },
  { value: "forecast", label: "Forecast", hint: "Coming months against budgets" },
];

/** What it costs: who bears it, for what, and what could be less. */
export function BillView() {
  const { view, change } = useWorkbench();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Bill" tabIndex={0}>
      <div className={classes.parts}>
        <Choice
          label="Part"
          value={view.bill}
          options={parts}
          onChange={(bill) => change({ bill, billOf: undefined, why: undefined })}
        />
      </div>
      <Part part={view.bill} />
    </section>
  );
}

function Part({ part }: { readonly part: BillViewPart }) {
  switch (part) {
    case "allocation":
      return <AllocationView />;
    case "invoice":
      return <InvoiceView />;
    case "commitments":
      return <CommitmentsView />;
    case "sizing":
      return <SizingView />;
    case "breakEven":
      return <BreakEvenView />;
    case "forecast":
      return <ForecastView />;
  }
}
