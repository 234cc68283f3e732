import { LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import classes from "./chart.module.css";

echarts.use([LineChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

interface ChartProps {
  readonly option: echarts.EChartsCoreOption;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly size?: "small" | "large";
  /** Charts of one group point at the same place together. */
  readonly group?: string;
}

/** A drawing of Apache ECharts, as wide as there is room. */
export function Chart({ option, label, size = "small", group }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | undefined>(undefined);
  useEffect(() => {
    if (element.current === null) return;
    const drawn = echarts.init(element.current, undefined, { renderer: "svg" });
    if (group !== undefined) {
      drawn.group = group;
      echarts.connect(group);
    }
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      drawn.dispose();
      chart.current = undefined;
    };
  }, [group]);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);
  return <div ref={element} className={classes.plot} data-size={size} role="img" aria-label={label} />;
}
