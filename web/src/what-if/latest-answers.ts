import { askEngines, type EngineLine } from "../assessing/ask-engines.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { defect } from "../assessing/problem.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { WhatIfAnswers, WhatIfRequest } from "./what-if-request.ts";

type What = WhatIfRequest["what"];

/** Answers over the same texts. Of questions that come while one is being answered only the last is asked. */
interface LatestAnswers {
  readonly known: (request: WhatIfRequest) => ReportState<unknown> | undefined;
  readonly ask: (request: WhatIfRequest) => void;
  readonly subscribe: (onChange: () => void) => () => void;
}

const lines: { readonly [what in What]: EngineLine } = {
  offers: "whatIf",
  quick: "whatIf",
  availability: "whatIfAvailability",
};

const books = new WeakMap<Texts, LatestAnswers>();

/** What was asked about the texts. */
export function latestAnswersOver(texts: Texts): LatestAnswers {
  const kept = books.get(texts);
  if (kept !== undefined) return kept;
  const book = createBook((request) => askEngines(texts, { kind: "whatIf", request }, lines[request.what]));
  books.set(texts, book);
  return book;
}

/** The same over any way to ask. */
export function createBook(answer: (request: WhatIfRequest) => Promise<WhatIfAnswers[What]>): LatestAnswers {
  const states = new Map<string, ReportState<unknown>>();
  const running = new Set<What>();
  const waiting = new Map<What, WhatIfRequest>();
  const listeners = new Set<() => void>();
  const keyOf = (request: WhatIfRequest) => JSON.stringify(request);
  const settle = (request: WhatIfRequest, state: ReportState<unknown>) => {
    states.set(keyOf(request), state);
    running.delete(request.what);
    const next = waiting.get(request.what);
    waiting.delete(request.what);
    if (next !== undefined) ask(next);
    for (const listener of listeners) listener();
  };
  function ask(request: WhatIfRequest): void {
    if (states.has(keyOf(request))) return;
    if (running.has(request.what)) {
      waiting.set(request.what, request);
      return;
    }
    running.add(request.what);
    answer(request).then(
      (report) => settle(request, { kind: "ready", report }),
      (error: unknown) => settle(request, { kind: "failed", problem: defect(error) }),
    );
  }
  return {
    known: (request) => states.get(keyOf(request)),
    ask,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}
