import { useEffect, useState } from "react";
import type { ReportState } from "../reports/report-source.ts";

/** The newest answer that has been there: it stays in sight, marked as busy, until the next one comes. */
export function useLastReady<Report>(state: ReportState<Report>): {
  readonly report: Report | undefined;
  readonly isBusy: boolean;
} {
  const [last, setLast] = useState<Report>();
  useEffect(() => {
    if (state.kind === "ready") setLast(state.report);
  }, [state]);
  return { report: state.kind === "ready" ? state.report : last, isBusy: state.kind === "loading" };
}
