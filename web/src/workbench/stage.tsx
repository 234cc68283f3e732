import { lazy, Suspense } from "react";
import { Tables } from "../tables/tables.tsx";
import { useShownView } from "./use-shown-view.ts";

/** The map's code, apart from the page's: the numbers need not wait for it. */
export async function loadCanvas() {
  const { EstateCanvas } = await import("../canvas/estate-canvas.tsx");
  return { default: EstateCanvas };
}

const EstateCanvas = lazy(loadCanvas);

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
