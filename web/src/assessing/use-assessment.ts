import { useCallback, useEffect, useState } from "react";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { askEngines } from "./ask-engines.ts";
import type { Texts } from "./assess-texts.ts";
import { fetchAssessment, fetchSources } from "./fetch-assessment.ts";
import { defect, type Problem } from "./problem.ts";

/** Where the shown assessment comes from. */
export type Origin =
  | { readonly kind: "server" }
  | { readonly kind: "browser"; readonly label: string; readonly notRead: readonly string[]; readonly texts: Texts };

export type AssessmentState =
  | { readonly kind: "loading"; readonly what: string }
  | { readonly kind: "empty" }
  | { readonly kind: "failed"; readonly problem: Problem }
  | {
      readonly kind: "ready";
      readonly assessment: Assessment;
      readonly origin: Origin;
      readonly texts: Texts | undefined;
    };

export interface AssessmentActions {
  /** Reads the served estate again. */
  readonly reload: () => void;
  /** Assesses files in the browser. */
  readonly open: (texts: Texts, label: string, notRead: readonly string[]) => void;
}

/** The assessment that the page shows: the served one first, then whatever the user opens. */
export function useAssessment(): readonly [AssessmentState, AssessmentActions] {
  const [state, setState] = useState<AssessmentState>({ kind: "loading", what: "Reading the estate" });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    void readServed(controller.signal, setState);
    return () => controller.abort();
  }, [attempt]);

  const reload = useCallback(() => {
    setState({ kind: "loading", what: "Reading the estate" });
    setAttempt((before) => before + 1);
  }, []);

  const open = useCallback((texts: Texts, label: string, notRead: readonly string[]) => {
    setState({ kind: "loading", what: `Assessing ${label}` });
    askEngines(texts, { kind: "assessment" }).then(
      (assessment) =>
        setState({ kind: "ready", assessment, origin: { kind: "browser", label, notRead, texts }, texts }),
      (error: unknown) => setState({ kind: "failed", problem: defect(error) }),
    );
  }, []);

  return [state, { reload, open }];
}

async function readServed(signal: AbortSignal, setState: (state: AssessmentState) => void): Promise<void> {
  const fetched = await fetchAssessment(signal);
  if (signal.aborted) return;
  switch (fetched.kind) {
    case "none":
      setState({ kind: "empty" });
      return;
    case "failed":
      setState({ kind: "failed", problem: fetched.problem });
      return;
    case "found": {
      const ready = { kind: "ready", assessment: fetched.value, origin: { kind: "server" } } as const;
      setState({ ...ready, texts: undefined });
      const sources = await fetchSources(signal);
      if (!signal.aborted && sources.kind === "found") setState({ ...ready, texts: sources.value });
    }
  }
}
