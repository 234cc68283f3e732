import { groupingLimit } from "../graph/group-boxes.ts";
import classes from "./toolbar.module.css";
import { useWorkbench } from "./workbench.ts";

/** Says that boxes stand for several workloads, and how to change it. */
export function GroupingNotice() {
  const { grouped, boxes, view, change, narrow } = useWorkbench();
  const limit = narrow ? groupingLimit.narrow : groupingLimit.wide;
  if (grouped.grouped) {
    return (
      <span className={classes.notice}>
        {grouped.replaced} workloads grouped by namespace{" "}
        <button type="button" className={classes.link} onClick={() => change({ grouping: "none" })}>
          Show each
        </button>
      </span>
    );
  }
  if (boxes.length <= limit || view.grouping !== "none") return null;
  return (
    <button type="button" className={classes.link} onClick={() => change({ grouping: "auto" })}>
      Group by namespace
    </button>
  );
}
