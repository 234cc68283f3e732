import { useWorkbench } from "./workbench.ts";

/** Workload count from which the list is the better first view. */
const listAbove = 1_000;

/** Map or list: as asked; else the list on a narrow screen and for very large estates. */
export function useShownView(): "map" | "list" {
  const { view, narrow, assessment } = useWorkbench();
  if (view.view !== "auto") return view.view;
  return narrow || assessment.estate.workloads.length > listAbove ? "list" : "map";
}
