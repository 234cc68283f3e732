import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import { WorkPanel } from "../availability/work-panel.tsx";
import { Choice } from "../symbols/choice.tsx";
import { planParts } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { DecisionsPart } from "./decisions-part.tsx";
import { PlanHead } from "./plan-head.tsx";
import classes from "./plan-view.module.css";
import { PremisesPart } from "./premises-part.tsx";
import { StepsPart } from "./steps-part.tsx";
import { StructurePart } from "./structure-part.tsx";
import { TradeOffPart } from "./trade-off-part.tsx";
import { usePlanFromTheStart } from "./use-plan.ts";

const partLooks = {
  tradeOff: { label: "Trade-off", hint: "Cost against availability, and how far from the cheapest" },
  structure: { label: "Structure", hint: "Clusters and pools, and what a lost zone does to them" },
  decisions: { label: "Decisions", hint: "What was decided, why, and what was rejected at what price" },
  steps: { label: "Steps", hint: "From what is declared to what is planned" },
  premises: { label: "What moves it", hint: "The same plan under other premises" },
} as const;

/** The structure that the estate should have, with its proof, its alternatives and the way there. */
export function PlanView() {
  const { texts } = useWorkbench();
  const work = usePlanFromTheStart(texts);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Plan" tabIndex={0}>
      <WorkPanel
        title="The structure plan"
        intro="Clusters, pools, sizes, zones and counts at least cost, subject to all that is demanded; then scheduled with every zone gone in turn, and compared with other ways. It takes from a few seconds to a minute, beside the page."
        action="Plan the structure"
        work={work}
        ready={texts !== undefined}
      >
        {(plan) => <Plan plan={plan} />}
      </WorkPanel>
    </section>
  );
}

function Plan({ plan }: { readonly plan: StructurePlan }) {
  const { view, change } = useWorkbench();
  return (
    <>
      <PlanHead plan={plan} />
      <div className={classes.bar}>
        <Choice
          label="Part"
          value={view.plan}
          options={planParts.map((part) => ({ value: part, ...partLooks[part] }))}
          onChange={(part) => change({ plan: part, why: undefined })}
        />
      </div>
      <Part plan={plan} />
    </>
  );
}

function Part({ plan }: { readonly plan: StructurePlan }) {
  const { view } = useWorkbench();
  switch (view.plan) {
    case "tradeOff":
      return <TradeOffPart plan={plan} />;
    case "structure":
      return <StructurePart plan={plan} />;
    case "decisions":
      return <DecisionsPart plan={plan} />;
    case "steps":
      return <StepsPart plan={plan} />;
    case "premises":
      return <PremisesPart plan={plan} />;
  }
}
