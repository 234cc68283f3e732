import { useReactFlow } from "@xyflow/react";
import { type KeyboardEvent, type RefObject, useCallback } from "react";
import { useWorkbench } from "../workbench/workbench.ts";
import { absolutePlace } from "./flow-elements.ts";
import { type Direction, nextBox } from "./next-box.ts";
import type { Layout } from "./use-layout.ts";

const directions: readonly string[] = [
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
] satisfies readonly Direction[];

/** Keys of the map: arrows go to the nearest box of the same kind, Enter unfolds why. */
export function useCanvasKeys(
  layout: Layout,
  clicked: RefObject<string | undefined>,
): (event: KeyboardEvent<HTMLElement>) => void {
  const { selection, change, measures } = useWorkbench();
  const flow = useReactFlow();
  return useCallback(
    (event) => {
      const box = selection?.box;
      if (event.key === "Enter" && box !== undefined) {
        const figure = measures.get(box.id)?.worstJourney?.unavailability.id;
        if (figure !== undefined) change({ why: figure });
        return;
      }
      if (!directions.includes(event.key)) return;
      event.preventDefault();
      const first = layout.boxes.find((one) => one.kind === "workload" || one.kind === "group");
      const next = box === undefined ? first : nextBox(box, event.key as Direction, layout.boxes, layout.placed);
      if (next === undefined) return;
      clicked.current = next.selection;
      change({ selection: next.selection, why: undefined }, "replace");
      const place = absolutePlace(next.id, new Map(layout.boxes.map((one) => [one.id, one])), layout.placed);
      if (place !== undefined)
        void flow.setCenter(place.x + place.width / 2, place.y + place.height / 2, { zoom: flow.getZoom() });
    },
    [layout, clicked, selection, change, measures, flow],
  );
}
