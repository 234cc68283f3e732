import { toggleTerm } from "../graph/filter.ts";
import { Icon } from "../symbols/icon.tsx";
import classes from "./filter-chips.module.css";
import { useShownView } from "./use-shown-view.ts";
import { useWorkbench } from "./workbench.ts";

/** The active filters, always in sight, each removable; and how much they leave. */
export function FilterChips() {
  const { terms, view, change, assessment, keeps } = useWorkbench();
  const shown = useShownView();
  if (terms.length === 0) return null;
  const all = assessment.estate.workloads;
  // The list of findings says itself how many are left.
  const counts = shown === "map" || view.table !== "findings";
  const kept = all.filter((workload) => keeps(workload.id)).length;
  return (
    <div className={classes.chips}>
      {counts ? (
        <span role="status" className={classes.count}>
          {kept} of {all.length} workloads
        </span>
      ) : null}
      {terms.map((term) => (
        <button
          key={term.text}
          type="button"
          className={classes.chip}
          aria-label={`Remove filter ${term.text}`}
          onClick={() => change({ filter: toggleTerm(view.filter, term.text) })}
        >
          <code>{term.text}</code>
          <Icon name="close" />
        </button>
      ))}
    </div>
  );
}
