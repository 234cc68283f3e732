import { useEffect, useMemo, useSyncExternalStore } from "react";
import { askEngines } from "../assessing/ask-engines.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import type { EngineAnswer, EngineQuestion } from "../assessing/engine-messages.ts";
import { defect } from "../assessing/problem.ts";
import type { ReportState } from "./report-source.ts";

/** Answers over the same texts, each asked for once. */
interface AnswerStore {
  readonly known: (key: string) => ReportState<unknown> | undefined;
  readonly ask: (key: string, question: EngineQuestion) => void;
  readonly subscribe: (onChange: () => void) => () => void;
}

/** Choices that follow one another this quickly are asked for once, with the last of them. */
const settleMilliseconds = 120;
const loading = { kind: "loading" } as const;
const stores = new WeakMap<Texts, AnswerStore>();

/** The answer of the engines over the texts; asked for when there are texts and a question. */
export function useAnswer<const Question extends EngineQuestion>(
  texts: Texts | undefined,
  question: Question | undefined,
): ReportState<EngineAnswer<Question>> {
  const key = question === undefined ? undefined : JSON.stringify(question);
  const store = useMemo(() => (texts === undefined ? undefined : storeOver(texts)), [texts]);
  const state = useSyncExternalStore(store?.subscribe ?? neverChanges, () =>
    store === undefined || key === undefined ? undefined : store.known(key),
  );
  useEffect(() => {
    if (store === undefined || key === undefined || store.known(key) !== undefined) return;
    const timer = setTimeout(() => store.ask(key, JSON.parse(key) as EngineQuestion), settleMilliseconds);
    return () => clearTimeout(timer);
  }, [store, key]);
  // What is kept under the key of a question is the answer to it.
  return (state as ReportState<EngineAnswer<Question>> | undefined) ?? loading;
}

function storeOver(texts: Texts): AnswerStore {
  const kept = stores.get(texts);
  if (kept !== undefined) return kept;
  const states = new Map<string, ReportState<unknown>>();
  const listeners = new Set<() => void>();
  const settle = (key: string, state: ReportState<unknown>) => {
    states.set(key, state);
    for (const listener of listeners) listener();
  };
  const store: AnswerStore = {
    known: (key) => states.get(key),
    ask: (key, question) => {
      if (states.has(key)) return;
      settle(key, loading);
      askEngines(texts, question).then(
        (report) => settle(key, { kind: "ready", report }),
        (error: unknown) => settle(key, { kind: "failed", problem: defect(error) }),
      );
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
  stores.set(texts, store);
  return store;
}

function neverChanges(): () => void {
  return () => undefined;
}
