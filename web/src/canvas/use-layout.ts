import { useEffect, useState } from "react";
import type { Box } from "../graph/box.ts";
import type { Placed } from "../graph/elk-graph.ts";
import { computeLayout, type Screen } from "./compute-layout.ts";

export interface Layout {
  readonly boxes: readonly Box[];
  readonly placed: ReadonlyMap<string, Placed>;
}

/** Places of the boxes; the former layout stays until the next is ready, so that nothing jumps. */
export function useLayout(boxes: readonly Box[], screen: Screen | undefined): Layout | "failed" | undefined {
  const [layout, setLayout] = useState<Layout | "failed">();
  useEffect(() => {
    if (screen === undefined) return;
    let current = true;
    computeLayout(boxes, screen).then(
      (placed) => current && setLayout({ boxes, placed }),
      () => current && setLayout("failed"),
    );
    return () => {
      current = false;
    };
  }, [boxes, screen]);
  return layout;
}
