import { useStore } from "@xyflow/react";

/** How much fits on a box: far away only names, in larger type. */
export type ZoomLevel = "far" | "middle" | "near";

export function useZoomLevel(): ZoomLevel {
  return useStore((state) => {
    const zoom = state.transform[2];
    if (zoom < 0.52) return "far";
    return zoom < 0.8 ? "middle" : "near";
  });
}
