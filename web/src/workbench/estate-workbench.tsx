import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useMemo } from "react";
import type { AssessmentActions, AssessmentState, Origin } from "../assessing/use-assessment.ts";
import { Dialog } from "../dialogs/dialog.tsx";
import { OpenForm } from "../intake/open-form.tsx";
import { ShortcutsDialog } from "../keyboard/shortcuts-dialog.tsx";
import { browserReports, type ReportSource, servedReports } from "../reports/report-source.ts";
import type { ChangeView } from "../view-state/use-view-state.ts";
import type { ViewState } from "../view-state/view-state.ts";
import classes from "./estate-workbench.module.css";
import { Header } from "./header.tsx";
import { NarrowBody } from "./narrow-body.tsx";
import { usePageShortcuts } from "./use-page-shortcuts.ts";
import { useWorkbenchValue } from "./use-workbench-value.ts";
import { WideBody } from "./wide-body.tsx";
import { WorkbenchContext } from "./workbench.ts";

/** Where regions stand below one another; the style sheets hold the same width. */
export const narrowQuery = "(max-width: 820px)";

interface EstateWorkbenchProps {
  readonly state: Extract<AssessmentState, { kind: "ready" }>;
  readonly actions: AssessmentActions;
  readonly view: ViewState;
  readonly change: ChangeView;
  readonly scheme: "light" | "dark";
}

/** The page over one assessment: header, then the regions side by side or below one another. */
export function EstateWorkbench({ state, actions, view, change, scheme }: EstateWorkbenchProps) {
  const narrow = useMediaQuery(narrowQuery, undefined, { getInitialValueInEffect: false }) ?? false;
  const { assessment, texts, origin } = state;
  const reports = useMemo(() => reportsOf(origin), [origin]);
  const workbench = useWorkbenchValue(assessment, texts, reports, view, change, narrow);
  const [opening, openDialog] = useDisclosure(false);
  const [listing, shortcutsDialog] = useDisclosure(false);
  const [treeOpen, tree] = useDisclosure(false);
  const shortcuts = usePageShortcuts(workbench, {
    openFiles: openDialog.open,
    showShortcuts: shortcutsDialog.open,
    scheme,
  });
  return (
    <WorkbenchContext value={workbench}>
      <div className={classes.workbench} data-narrow={narrow}>
        <Header
          origin={origin}
          scheme={scheme}
          onOpen={openDialog.open}
          onReload={actions.reload}
          onShortcuts={shortcutsDialog.open}
          onTree={tree.open}
        />
        {narrow ? <NarrowBody treeOpen={treeOpen} onTreeClose={tree.close} /> : <WideBody />}
      </div>
      <Dialog open={opening} onClose={openDialog.close} title="Assess other manifests" size="lg">
        <OpenForm open={actions.open} />
      </Dialog>
      <ShortcutsDialog shortcuts={shortcuts} open={listing} onClose={shortcutsDialog.close} />
    </WorkbenchContext>
  );
}

function reportsOf(origin: Origin): ReportSource {
  switch (origin.kind) {
    case "server":
      return servedReports();
    case "browser":
      return browserReports(origin.texts);
  }
}
