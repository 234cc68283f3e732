import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { FailureView } from "./failure-view.tsx";
import { LoadView } from "./load-view.tsx";
import classes from "./simulation-view.module.css";

/** What happens over time: demand that comes and goes, and what is lost. */
export function SimulationView() {
  const { view, change } = useWorkbench();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the view scrolls, which needs the keyboard.
    <section className={classes.view} aria-label="Simulation" tabIndex={0}>
      <div className={classes.parts}>
        <Choice
          label="Part"
          value={view.simulation}
          options={[
            { value: "load", label: "Load", hint: "Demand through an entry point, by strategy of scaling" },
            { value: "failure", label: "Failure", hint: "Every node, pool and zone lost in turn" },
          ]}
          onChange={(simulation) => change({ simulation, why: undefined })}
        />
      </div>
      {view.simulation === "load" ? <LoadView /> : <FailureView />}
    </section>
  );
}
