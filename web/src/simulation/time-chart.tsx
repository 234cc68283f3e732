import { LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { chartOption } from "./chart-option.ts";
import type { ChartPanel } from "./chart-panels.ts";
import classes from "./load-view.module.css";

echarts.use([LineChart, GridComponent, TooltipComponent, SVGRenderer]);
/** Charts of one view point at the same instant. */
const group = "simulated-load";
echarts.connect(group);

/** One panel drawn, as wide as there is room. */
export function TimeChart({ panel }: { readonly panel: ChartPanel }) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | undefined>(undefined);
  useEffect(() => {
    if (element.current === null) return;
    const drawn = echarts.init(element.current, undefined, { renderer: "svg" });
    drawn.group = group;
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      drawn.dispose();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => chart.current?.setOption(chartOption(panel), { notMerge: true }), [panel]);
  return <div ref={element} className={classes.plot} role="img" aria-label={`${panel.title}: ${panel.words}`} />;
}
