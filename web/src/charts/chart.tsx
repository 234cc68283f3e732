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
  /** Called with the name of a mark that is clicked; the same must be offered without the drawing. */
  readonly onPick?: (name: string) => void;
}

/** A drawing of Apache ECharts, as wide as there is room. */
export function Chart({ option, label, size = "small", group, onPick }: ChartProps) {
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
  useEffect(() => {
    if (onPick === undefined) return;
    const drawn = chart.current;
    const pick = ({ name }: { readonly name?: string }) => {
      if (name !== undefined && name !== "") onPick(name);
    };
    drawn?.on("click", pick);
    return () => {
      if (drawn?.isDisposed() === false) drawn.off("click", pick);
    };
  }, [onPick]);
  return <div ref={element} className={classes.plot} data-size={size} role="img" aria-label={label} />;
}
