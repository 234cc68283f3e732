import { MantineProvider } from "@mantine/core";
import { useEffect } from "react";
import { useAssessment } from "./assessing/use-assessment.ts";
import { DropTarget } from "./intake/drop-target.tsx";
import { EmptyState } from "./states/empty-state.tsx";
import { FailedState } from "./states/failed-state.tsx";
import { LoadingState } from "./states/loading-state.tsx";
import { theme } from "./theme/theme.ts";
import { useScheme } from "./theme/use-scheme.ts";
import { useViewState } from "./view-state/use-view-state.ts";
import { EstateWorkbench, narrowQuery } from "./workbench/estate-workbench.tsx";
import { loadCanvas } from "./workbench/stage.tsx";

/** The page: one assessment, or what stands in its place. */
export function App() {
  const [view, change] = useViewState();
  const scheme = useScheme(view.theme);
  const [state, actions] = useAssessment();
  // On a narrow screen the list comes first, and the map only when asked for.
  useEffect(() => {
    if (!window.matchMedia(narrowQuery).matches) void loadCanvas();
  }, []);
  const page = () => {
    switch (state.kind) {
      case "loading":
        return <LoadingState what={state.what} />;
      case "empty":
        return <EmptyState open={actions.open} />;
      case "failed":
        return <FailedState problem={state.problem} actions={actions} />;
      case "ready":
        return <EstateWorkbench state={state} actions={actions} view={view} change={change} scheme={scheme} />;
    }
  };
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <DropTarget open={actions.open}>{page()}</DropTarget>
    </MantineProvider>
  );
}
