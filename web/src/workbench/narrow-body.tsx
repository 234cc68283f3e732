import { SideSheet } from "../dialogs/side-sheet.tsx";
import { SharpenStrip } from "../summary/sharpen-strip.tsx";
import { Summary } from "../summary/summary.tsx";
import { EstateTree } from "../tree/estate-tree.tsx";
import { WhatIfStrip } from "../what-if/what-if-strip.tsx";
import { SidePanel } from "../why/side-panel.tsx";
import classes from "./estate-workbench.module.css";
import { Stage } from "./stage.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useShownView } from "./use-shown-view.ts";
import { useWorkbench } from "./workbench.ts";

interface NarrowBodyProps {
  readonly treeOpen: boolean;
  readonly onTreeClose: () => void;
}

/** Everything below one another; tree and panel slide in. */
export function NarrowBody({ treeOpen, onTreeClose }: NarrowBodyProps) {
  const { view, change } = useWorkbench();
  const shown = useShownView();
  const panelOpen = view.selection !== undefined || view.why !== undefined;
  return (
    <>
      <Summary />
      <main className={classes.narrowStage}>
        <Toolbar />
        <div className={shown === "map" ? classes.narrowMap : undefined}>
          <Stage />
        </div>
      </main>
      <WhatIfStrip />
      <SharpenStrip />
      <SideSheet title="Estate" open={treeOpen} onClose={onTreeClose} from="left">
        <EstateTree />
      </SideSheet>
      <SideSheet
        title="Details and reasons"
        open={panelOpen && !treeOpen}
        onClose={() => change({ selection: undefined, why: undefined })}
        from="bottom"
      >
        <SidePanel />
      </SideSheet>
    </>
  );
}
