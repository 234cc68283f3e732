import { lazy, Suspense } from "react";
import { Tables } from "../tables/tables.tsx";
import { useShownView } from "./use-shown-view.ts";

/** The map's library is only loaded where the map is shown. */
const EstateCanvas = lazy(async () => ({ default: (await import("../canvas/estate-canvas.tsx")).EstateCanvas }));

/** Map or list. */
export function Stage() {
  const shown = useShownView();
  if (shown === "list") return <Tables />;
  return (
    <Suspense fallback={null}>
      <EstateCanvas />
    </Suspense>
  );
}
