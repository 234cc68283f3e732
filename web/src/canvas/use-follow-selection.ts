import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { useWorkbench } from "../workbench/workbench.ts";
import { absolutePlace } from "./flow-elements.ts";
import type { Layout } from "./use-layout.ts";

/** Brings what was selected elsewhere (tree, list, link) into view. `clicked` is what was selected on the map itself. */
export function useFollowSelection(layout: Layout, clicked: RefObject<string | undefined>): void {
  const { selection } = useWorkbench();
  const flow = useReactFlow();
  const box = selection?.box;
  useEffect(() => {
    if (box === undefined || clicked.current === box.selection) return;
    clicked.current = box.selection;
    const place = absolutePlace(box.id, new Map(layout.boxes.map((one) => [one.id, one])), layout.placed);
    if (place === undefined) return;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const wanted = Math.min(1, Math.max(0.5, flow.getZoom()));
    // A frame is shown whole.
    const zoom = box.kind === "workload" || box.kind === "target" || box.kind === "group" ? wanted : undefined;
    const duration = isStill ? 0 : 250;
    if (zoom === undefined) void flow.fitView({ nodes: [{ id: box.id }], padding: 0.1, maxZoom: 1.1, duration });
    else void flow.setCenter(place.x + place.width / 2, place.y + place.height / 2, { zoom, duration });
  }, [box, layout, flow, clicked]);
}
