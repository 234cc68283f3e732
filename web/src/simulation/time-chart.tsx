import { useMemo } from "react";
import { Chart } from "../charts/chart.tsx";
import { chartOption } from "./chart-option.ts";
import type { ChartPanel } from "./chart-panels.ts";

/** One panel drawn; the panels point at the same instant. */
export function TimeChart({ panel }: { readonly panel: ChartPanel }) {
  const option = useMemo(() => chartOption(panel), [panel]);
  return <Chart option={option} label={`${panel.title}: ${panel.words}`} group="simulated-load" />;
}
