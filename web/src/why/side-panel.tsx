import { Details } from "../details/details.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { WhyPanel } from "./why-panel.tsx";

/** Right of the map: the unfolded number when one is asked for, else the selected thing. */
export function SidePanel() {
  const { figures, view } = useWorkbench();
  const figure = view.why === undefined ? undefined : figures.get(view.why);
  if (figure !== undefined) return <WhyPanel key={figure.id} figure={figure} />;
  return <Details />;
}
