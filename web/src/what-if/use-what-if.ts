import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import { type ReadChanges, readChanges, writeChanges } from "../../../src/operations/what-if/change-text.ts";
import type { WhatIfChange } from "../../../src/operations/what-if/what-if-change.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { figuresWithin } from "../bill/figures-within.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { ViewState } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { latestAnswersOver } from "./latest-answers.ts";
import type { WhatIfAnswers, WhatIfRequest } from "./what-if-request.ts";

/** The changes that the address holds, and the way to hold others. */
interface Stack extends ReadChanges {
  readonly set: (changes: readonly WhatIfChange[]) => void;
}

export function useStack(): Stack {
  const { view, change } = useWorkbench();
  const read = useMemo(() => readChanges(view.whatIf ?? ""), [view.whatIf]);
  return {
    ...read,
    set: (changes) => change({ whatIf: changes.length === 0 ? undefined : writeChanges(changes), why: undefined }),
  };
}

const loading = { kind: "loading" } as const;

/** The answer to a request, asked for while there is one. */
export function useWhatIf<Request extends WhatIfRequest>(
  texts: Texts | undefined,
  request: Request | undefined,
): ReportState<WhatIfAnswers[Request["what"]]> {
  const book = useMemo(() => (texts === undefined ? undefined : latestAnswersOver(texts)), [texts]);
  const key = request === undefined ? undefined : JSON.stringify(request);
  const asked = useMemo(() => (key === undefined ? undefined : (JSON.parse(key) as Request)), [key]);
  const state = useSyncExternalStore(book?.subscribe ?? neverChanges, () =>
    asked === undefined ? undefined : book?.known(asked),
  );
  useEffect(() => {
    if (asked !== undefined) book?.ask(asked);
  }, [book, asked]);
  // What is kept for a request is the answer to it.
  return (state as ReportState<WhatIfAnswers[Request["what"]]> | undefined) ?? loading;
}

const none: readonly (readonly [string, Figure])[] = [];
const prefix = "what-if/";

/** Figures of the strip by id, while one of them is unfolded. */
export function useWhatIfFigures(
  texts: Texts | undefined,
  { why, whatIf }: ViewState,
): readonly (readonly [string, Figure])[] {
  const isWanted = why?.startsWith(prefix) === true;
  const { changes } = useMemo(() => readChanges(whatIf ?? ""), [whatIf]);
  const quick = useWhatIf(texts, isWanted ? { what: "quick", changes } : undefined);
  const availability = useWhatIf(texts, isWanted ? { what: "availability", changes } : undefined);
  return useMemo(() => {
    const answers = [quick, availability].flatMap((state) => (state.kind === "ready" ? [state.report] : []));
    if (answers.length === 0) return none;
    // Lines of the changed bill have the ids of those of the bill as it is, which are the page's.
    return [...figuresWithin(answers)].filter(([id]) => id.startsWith(prefix));
  }, [quick, availability]);
}

function neverChanges(): () => void {
  return () => undefined;
}
