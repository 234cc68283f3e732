import { useSyncExternalStore } from "react";
import type { NamedReports, ReportName } from "../../../src/operations/named-reports.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import type { ReportSource, ReportState } from "./report-source.ts";

/** A report over the shown assessment; asked for when a component first needs it. */
export function useReport<Name extends ReportName>(name: Name): ReportState<NamedReports[Name]> {
  const { reports } = useWorkbench();
  return useSyncExternalStore(reports.subscribe, () => reports.peek(name));
}

/** The same for the workbench itself; undefined while it is not there or not wanted. */
export function useReportIf<Name extends ReportName>(
  reports: ReportSource,
  name: Name,
  wanted: boolean,
): NamedReports[Name] | undefined {
  return useSyncExternalStore(reports.subscribe, () => {
    if (!wanted) return undefined;
    const state = reports.peek(name);
    return state.kind === "ready" ? state.report : undefined;
  });
}
