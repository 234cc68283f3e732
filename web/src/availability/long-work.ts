import { askAlone } from "../assessing/ask-engines.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import type { EngineQuestion } from "../assessing/engine-messages.ts";
import { defect, type Problem } from "../assessing/problem.ts";

/** Where a piece of work is that somebody has to ask for. */
export type WorkState<Answer> =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly message: string }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "done"; readonly answer: Answer };

/** Pieces of work over the same texts, by their question; what is done is kept while the page shows the texts. */
interface WorkBook {
  readonly state: (key: string) => WorkState<unknown>;
  readonly start: (key: string, question: EngineQuestion) => void;
  readonly stop: (key: string) => void;
  readonly subscribe: (onChange: () => void) => () => void;
}

const idle = { kind: "idle" } as const;
const books = new WeakMap<Texts, WorkBook>();

/** The work that was asked for over the texts. */
export function workBookOver(texts: Texts): WorkBook {
  const kept = books.get(texts);
  if (kept !== undefined) return kept;
  const states = new Map<string, WorkState<unknown>>();
  const running = new Map<string, AbortController>();
  const listeners = new Set<() => void>();
  const settle = (key: string, state: WorkState<unknown>) => {
    states.set(key, state);
    for (const listener of listeners) listener();
  };
  const book: WorkBook = {
    state: (key) => states.get(key) ?? idle,
    start: (key, question) => {
      if (running.has(key)) return;
      const controller = new AbortController();
      running.set(key, controller);
      settle(key, { kind: "running", message: "reading the estate" });
      const onProgress = (message: string) => settle(key, { kind: "running", message });
      void askAlone(texts, question, { onProgress, signal: controller.signal })
        .then(
          (answer): WorkState<unknown> => ({ kind: "done", answer }),
          (error: unknown): WorkState<unknown> =>
            controller.signal.aborted ? idle : { kind: "failed", problem: defect(error) },
        )
        .then((state) => {
          running.delete(key);
          settle(key, state);
        });
    },
    stop: (key) => running.get(key)?.abort(new Error("given up")),
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
  books.set(texts, book);
  return book;
}
