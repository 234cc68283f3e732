import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { StructurePlan } from "../../../src/operations/planning/plan-report.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { type WorkState, workBookOver } from "../availability/long-work.ts";
import type { ViewState } from "../view-state/view-state.ts";

const key = "plan";
const idle = { kind: "idle" } as const;

interface PlanWork {
  readonly state: WorkState<StructurePlan>;
  readonly start: () => void;
  readonly stop: () => void;
}

/** The plan over the texts; it takes seconds, is begun by `start` and kept while the page shows the texts. */
function usePlan(texts: Texts | undefined): PlanWork {
  const book = useMemo(() => (texts === undefined ? undefined : workBookOver(texts)), [texts]);
  const state = useSyncExternalStore(book?.subscribe ?? neverChanges, () => book?.state(key) ?? idle);
  return useMemo(
    () => ({
      // What is kept under this key is the answer to this question.
      state: state as WorkState<StructurePlan>,
      start: () => book?.start(key, { kind: "plan" }),
      stop: () => book?.stop(key),
    }),
    [book, state],
  );
}

const begun = new WeakSet<Texts>();

/** Opening the view asks for the plan, once: who has stopped it is not asked again. */
export function usePlanFromTheStart(texts: Texts | undefined): PlanWork {
  const work = usePlan(texts);
  const { start } = work;
  useEffect(() => {
    if (texts === undefined || begun.has(texts)) return;
    begun.add(texts);
    start();
  }, [texts, start]);
  return work;
}

const none: readonly (readonly [string, Figure])[] = [];

/** The two bills of the plan as figures with ids of their own: those of their lines are the page's. */
export function planBills({ bill }: StructurePlan): { readonly declared: Figure; readonly planned: Figure } {
  return {
    declared: { ...bill.declared, id: "plan/bill/declared", label: "bill of a month as declared" },
    planned: { ...bill.planned, id: "plan/bill/planned", label: "bill of a month as planned" },
  };
}

/** Figures of the plan by id, while one of them is unfolded. */
export function usePlanFigures(texts: Texts | undefined, { why }: ViewState): readonly (readonly [string, Figure])[] {
  const isWanted = why?.startsWith("plan/") === true;
  const { state } = usePlan(isWanted ? texts : undefined);
  return useMemo(() => {
    if (state.kind !== "done") return none;
    return Object.values(planBills(state.answer)).map((figure) => [figure.id, figure] as const);
  }, [state]);
}

function neverChanges(): () => void {
  return () => undefined;
}
