import { useCallback, useState } from "react";
import { FailureDock } from "../simulation/failure-dock.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Screen } from "./compute-layout.ts";
import classes from "./estate-canvas.module.css";
import { EstateFlow } from "./estate-flow.tsx";
import { Legend } from "./legend.tsx";
import { type Layout, useLayout } from "./use-layout.ts";

/** The map: nested boxes laid out once; a lens changes colours, badges and arrows, never a place. */
export function EstateCanvas() {
  const { assessment, grouped, view } = useWorkbench();
  const [screen, setScreen] = useState<Screen>();
  const layout = useLayout(grouped.boxes, screen);
  // The room is measured once: a window that changes must not move the boxes.
  const measure = useCallback((element: HTMLDivElement | null) => {
    if (element !== null) setScreen((before) => before ?? { width: element.clientWidth, height: element.clientHeight });
  }, []);
  return (
    <div className={classes.canvas}>
      <div className={classes.map} ref={measure}>
        {assessment.estate.workloads.length === 0 ? (
          <p className={classes.message}>Nothing runs in this estate: no workload was found.</p>
        ) : (
          <LaidOutMap layout={layout} />
        )}
      </div>
      {view.lens === "failure" ? <FailureDock /> : null}
      <Legend />
    </div>
  );
}

function LaidOutMap({ layout }: { readonly layout: Layout | "failed" | undefined }) {
  if (layout === "failed") {
    return <p className={classes.message}>The map could not be laid out. The list has the same content.</p>;
  }
  if (layout === undefined) {
    return (
      <p className={classes.message} role="status">
        Laying out the map
      </p>
    );
  }
  // The flow starts anew, fitted to the room, when the boxes change.
  return <EstateFlow key={[...layout.placed.keys()].join()} layout={layout} />;
}
