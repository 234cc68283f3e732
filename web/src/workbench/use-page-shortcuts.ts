import { useMemo } from "react";
import type { Shortcut } from "../keyboard/shortcuts.ts";
import { useShortcuts } from "../keyboard/use-shortcuts.ts";
import { filterFieldId } from "./filter-field.tsx";
import type { Workbench } from "./workbench.ts";

interface PageActions {
  readonly openFiles: () => void;
  readonly showShortcuts: () => void;
  readonly scheme: "light" | "dark";
}

/** The shortcuts of the page, in the order in which they are listed. */
export function usePageShortcuts(
  workbench: Workbench,
  { openFiles, showShortcuts, scheme }: PageActions,
): readonly Shortcut[] {
  const { view, change, assessment } = workbench;
  const shortcuts = useMemo((): readonly Shortcut[] => {
    const cost = assessment.headline.monthlyCost.id;
    return [
      { keys: ["/"], hint: "Filter", run: () => document.getElementById(filterFieldId)?.focus() },
      { keys: ["g", "s"], hint: "Structure", run: () => change({ lens: "structure", view: "map" }) },
      { keys: ["g", "t"], hint: "Tenancy", run: () => change({ lens: "tenancy", view: "map" }) },
      { keys: ["g", "c"], hint: "Cost", run: () => change({ lens: "cost", view: "map" }) },
      { keys: ["g", "a"], hint: "Availability", run: () => change({ lens: "availability", view: "map" }) },
      {
        keys: ["g", "e"],
        hint: "Delivery: environments and rings",
        run: () => change({ lens: "delivery", view: "map" }),
      },
      { keys: ["g", "f"], hint: "Findings", run: () => change({ lens: "findings", view: "map" }) },
      {
        keys: ["g", "k"],
        hint: "Failure: kill a node, pool or zone",
        run: () => change({ lens: "failure", view: "map" }),
      },
      { keys: ["g", "d"], hint: "Stateful: where data lies", run: () => change({ lens: "stateful", view: "map" }) },
      {
        keys: ["f"],
        hint: "All findings, with their fixes",
        run: () => change({ view: "list", table: "findings" }),
      },
      {
        keys: ["p"],
        hint: "Pairs of tenants: sharing, reach, kernels",
        run: () => change({ view: "list", table: "tenancy" }),
      },
      {
        keys: ["a"],
        hint: "Availability: journeys, what takes them down, what helps",
        run: () => change({ view: "list", table: "availability" }),
      },
      {
        keys: ["e"],
        hint: "Delivery: promotion board, change effects, rendered files",
        run: () => change({ view: "list", table: "delivery" }),
      },
      {
        keys: ["r"],
        hint: "Rollouts: what a policy catches and exposes",
        run: () => change({ view: "list", table: "rollout" }),
      },
      {
        keys: ["d"],
        hint: "Stores: choice, recovery, runs step by step",
        run: () => change({ view: "list", table: "stores" }),
      },
      {
        keys: ["s"],
        hint: "Simulation: load and failures",
        run: () => change({ view: "list", table: "simulation" }),
      },
      {
        keys: ["b"],
        hint: "Bill: who bears it, and ways to pay less",
        run: () => change({ view: "list", table: "bill" }),
      },
      {
        keys: ["n"],
        hint: "Plan: the structure that the estate should have next",
        run: () => change({ view: "list", table: "plan" }),
      },
      {
        keys: ["i"],
        hint: "What if: try changes of the selected thing",
        run: () => change({ strip: view.strip === "open" ? "closed" : "open" }),
      },
      { keys: ["g", "m"], hint: "Map", run: () => change({ view: "map" }) },
      { keys: ["g", "l"], hint: "List", run: () => change({ view: "list" }) },
      { keys: ["w"], hint: "Why the bill is what it is", run: () => change({ why: cost }) },
      { keys: ["o"], hint: "Open other manifests", run: openFiles },
      {
        keys: ["t"],
        hint: "Light or dark",
        run: () => change({ theme: scheme === "dark" ? "light" : "dark" }, "replace"),
      },
      { keys: ["?"], hint: "This list", run: showShortcuts },
      { keys: ["Escape"], hint: "Back: close why, selection, filter", run: () => change(stepBack(view)) },
    ];
  }, [view, change, assessment, openFiles, showShortcuts, scheme]);
  useShortcuts(shortcuts);
  return shortcuts;
}

/** What Escape takes away: the innermost thing first. */
function stepBack(view: Workbench["view"]): Partial<Workbench["view"]> {
  if (view.why !== undefined) return { why: undefined };
  if (view.finding !== undefined && view.table === "findings") return { finding: undefined };
  if (view.cut !== undefined && view.table === "availability") return { cut: undefined };
  if (view.lands !== undefined && view.table === "delivery") return { lands: undefined };
  if (view.broken !== undefined && view.table === "stores") return { broken: undefined, step: undefined };
  if (view.pair !== undefined && view.table === "tenancy") return { pair: undefined };
  if (view.billWithin !== undefined && view.table === "bill") return { billWithin: undefined };
  if (view.selection !== undefined) return { selection: undefined };
  return { filter: "" };
}
