import { Choice } from "../symbols/choice.tsx";
import { TableTabs } from "../tables/tables.tsx";
import { type LensName, lensNames } from "../view-state/view-state.ts";
import { FilterChips } from "./filter-chips.tsx";
import { GroupingNotice } from "./grouping-notice.tsx";
import classes from "./toolbar.module.css";
import { useShownView } from "./use-shown-view.ts";
import { useWorkbench } from "./workbench.ts";

const lensLabels: { readonly [lens in LensName]: { readonly label: string; readonly hint: string } } = {
  structure: { label: "Structure", hint: "Who shares what (g s)" },
  tenancy: { label: "Tenancy", hint: "Who can reach and disturb whom (g t)" },
  cost: { label: "Cost", hint: "What it costs (g c)" },
  availability: { label: "Availability", hint: "Whether it stays up (g a)" },
  delivery: { label: "Delivery", hint: "What lands where, and how it is rolled out (g e)" },
  findings: { label: "Findings", hint: "What the rules say (g f)" },
  failure: { label: "Failure", hint: "What moves when a node or zone is lost (g k)" },
  stateful: { label: "Stateful", hint: "Where data lies, and whether it comes back in time (g d)" },
};

/** Above the map: lens, map or list, filters in force. */
export function Toolbar() {
  const { view, change } = useWorkbench();
  const shown = useShownView();
  return (
    <div className={classes.toolbar}>
      {shown === "map" ? (
        <Choice
          label="Lens"
          value={view.lens}
          options={lensNames.map((lens) => ({ value: lens, ...lensLabels[lens] }))}
          onChange={(lens) => change({ lens })}
        />
      ) : (
        <TableTabs />
      )}
      <FilterChips />
      <span className={classes.space} />
      {shown === "map" ? <GroupingNotice /> : null}
      <Choice
        label="View"
        value={shown}
        options={[
          { value: "map", label: "Map", hint: "Nested boxes (g m)" },
          { value: "list", label: "List", hint: "Tables, worst first (g l)" },
        ]}
        onChange={(next) => change({ view: next })}
      />
    </div>
  );
}
