import { useReactFlow } from "@xyflow/react";
import { Icon } from "../symbols/icon.tsx";
import classes from "./zoom-buttons.module.css";

export function ZoomButtons() {
  const flow = useReactFlow();
  return (
    <div className={classes.buttons}>
      <button type="button" aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
        <Icon name="plus" />
      </button>
      <button type="button" aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
        <Icon name="minus" />
      </button>
      <button type="button" aria-label="Show the whole estate" onClick={() => void flow.fitView({ padding: 0.03 })}>
        <Icon name="fit" />
      </button>
    </div>
  );
}
