import type { Assessment } from "../../../src/operations/assessment.ts";
import { assessTexts, type Texts } from "./assess-texts.ts";

export interface AssessRequest {
  readonly id: number;
  readonly texts: Texts;
  readonly today: string;
}

export type AssessAnswer =
  | { readonly id: number; readonly assessment: Assessment }
  | { readonly id: number; readonly error: string };

self.onmessage = (event: MessageEvent<AssessRequest>) => {
  self.postMessage(answer(event.data));
};

/** Bad input gives diagnostics, never an error: what is caught here is a defect, and is said as one. */
function answer({ id, texts, today }: AssessRequest): AssessAnswer {
  try {
    return { id, assessment: assessTexts(texts, today) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
