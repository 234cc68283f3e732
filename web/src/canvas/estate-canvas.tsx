import { useMemo } from "react";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./estate-canvas.module.css";
import { EstateFlow } from "./estate-flow.tsx";
import { Legend } from "./legend.tsx";
import { useLayout } from "./use-layout.ts";

/** The map: nested boxes laid out once; a lens changes colours, badges and arrows, never a place. */
export function EstateCanvas() {
  const { grouped, narrow } = useWorkbench();
  const aspectRatio = narrow ? 0.7 : 1.5;
  const layout = useLayout(grouped.boxes, aspectRatio);
  const isEmpty = grouped.boxes.length === 0;
  // The flow starts anew, fitted to the view, when the places change.
  const key = useMemo(
    () => (layout === undefined || layout === "failed" ? "" : [...layout.placed.keys()].join()),
    [layout],
  );
  if (isEmpty) return <p className={classes.message}>Nothing runs in this estate: no workload was found.</p>;
  if (layout === "failed") {
    return <p className={classes.message}>The map could not be laid out. The list has the same content.</p>;
  }
  return (
    <div className={classes.canvas}>
      {layout === undefined ? (
        <p className={classes.message} role="status">
          Laying out the map
        </p>
      ) : (
        <>
          <EstateFlow key={key} layout={layout} />
          <Legend />
        </>
      )}
    </div>
  );
}
