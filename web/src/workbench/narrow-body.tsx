import { Drawer } from "@mantine/core";
import { SharpenStrip } from "../summary/sharpen-strip.tsx";
import { Summary } from "../summary/summary.tsx";
import { EstateTree } from "../tree/estate-tree.tsx";
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
      <SharpenStrip />
      <Drawer
        opened={treeOpen}
        onClose={onTreeClose}
        title="Estate"
        size="86%"
        classNames={{ content: classes.drawer }}
      >
        <EstateTree />
      </Drawer>
      <Drawer
        opened={panelOpen && !treeOpen}
        onClose={() => change({ selection: undefined, why: undefined })}
        position="bottom"
        size="82%"
        title="Details and reasons"
        classNames={{ content: classes.drawer }}
      >
        <SidePanel />
      </Drawer>
    </>
  );
}
