import type { Progress } from "../../../src/operations/ports.ts";
import { previewFix } from "../fixes/fix-preview.ts";
import { loadChoices } from "../simulation/load-choices.ts";
import { type OpenedTexts, openTexts } from "./assess-texts.ts";
import type { EngineQuestion, EngineRequest, EngineResponse } from "./engine-messages.ts";

let last: { readonly reading: number; readonly today: string; readonly opened: OpenedTexts } | undefined;

self.onmessage = async (event: MessageEvent<EngineRequest>) => {
  self.postMessage(await respond(event.data));
};

/** Bad input gives diagnostics, never an error: what is caught here is a defect, and is said as one. */
async function respond({ id, reading, texts, today, question }: EngineRequest): Promise<EngineResponse> {
  try {
    if (last?.reading !== reading || last.today !== today) last = { reading, today, opened: openTexts(texts, today) };
    return { id, answer: await answer(last.opened, question, (progress) => self.postMessage({ id, progress })) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

function answer(opened: OpenedTexts, question: EngineQuestion, onProgress: Progress): unknown {
  switch (question.kind) {
    case "assessment":
      return opened.assessment();
    case "report":
      return opened.reports[question.name]();
    case "fix":
      return previewFix(opened.estate, question.subject, question.changes);
    case "loadChoices":
      return loadChoices(opened.estate);
    case "load":
      return opened.load(question.request);
    case "failures":
      return opened.failures();
    case "bill":
      return opened.bill(question.request);
    case "availability":
      return opened.availability(question.request, onProgress);
    case "plan":
      return opened.plan(onProgress);
    case "whatIf":
      return opened.whatIf(question.request);
    case "rolloutChoices":
      return opened.rolloutChoices();
    case "rollout":
      return opened.rollout(question.request);
    case "stateful":
      return opened.stateful(question.request, onProgress);
    case "delivery":
      return opened.delivery(question.request, onProgress);
  }
}
