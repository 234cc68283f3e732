import { Details } from "../details/details.tsx";
import { FailurePanel } from "../simulation/failure-panel.tsx";
import { useShownView } from "../workbench/use-shown-view.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { WhyPanel } from "./why-panel.tsx";

/** Right of the map: the unfolded number when one is asked for, else the selected thing, else what is lost. */
export function SidePanel() {
  const { figures, view } = useWorkbench();
  const shown = useShownView();
  const figure = view.why === undefined ? undefined : figures.get(view.why);
  if (figure !== undefined) return <WhyPanel key={figure.id} figure={figure} />;
  if (shown === "map" && view.lens === "failure" && view.selection === undefined) return <FailurePanel />;
  return <Details />;
}
