import { SharpenStrip } from "../summary/sharpen-strip.tsx";
import { Summary } from "../summary/summary.tsx";
import { EstateTree } from "../tree/estate-tree.tsx";
import { WhatIfStrip } from "../what-if/what-if-strip.tsx";
import { SidePanel } from "../why/side-panel.tsx";
import classes from "./estate-workbench.module.css";
import { Stage } from "./stage.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useWorkbench } from "./workbench.ts";

/** Tree, map and panel side by side, the numbers above, the strip below. */
export function WideBody() {
  const { view } = useWorkbench();
  return (
    <>
      <Summary />
      <div className={classes.body}>
        <nav className={classes.left} aria-label="Estate tree">
          <EstateTree />
        </nav>
        <main className={classes.centre}>
          <Toolbar />
          <div className={classes.stage}>
            <Stage />
          </div>
        </main>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the panel scrolls, which needs the keyboard. */}
        <aside className={classes.right} aria-label="Details and reasons" tabIndex={0}>
          <SidePanel />
        </aside>
      </div>
      {view.strip === "open" ? null : <SharpenStrip />}
      <WhatIfStrip />
    </>
  );
}
