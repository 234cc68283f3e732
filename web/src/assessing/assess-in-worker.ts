import type { Assessment } from "../../../src/operations/assessment.ts";
import type { AssessAnswer, AssessRequest } from "./assess.worker.ts";
import type { Texts } from "./assess-texts.ts";

let worker: Worker | undefined;
let lastId = 0;

/** Assesses texts beside the page, so that it stays usable. The engines and the catalog are loaded the first time. */
export function assessInWorker(texts: Texts, today: string): Promise<Assessment> {
  worker ??= new Worker(new URL("./assess.worker.ts", import.meta.url), { type: "module" });
  const engine = worker;
  lastId += 1;
  const request: AssessRequest = { id: lastId, texts, today };
  return new Promise((resolve, reject) => {
    const stop = () => {
      engine.removeEventListener("message", onMessage);
      engine.removeEventListener("error", onError);
    };
    const onMessage = (event: MessageEvent<AssessAnswer>) => {
      if (event.data.id !== request.id) return;
      stop();
      if ("assessment" in event.data) resolve(event.data.assessment);
      else reject(new Error(event.data.error));
    };
    const onError = (event: ErrorEvent) => {
      stop();
      worker = undefined;
      reject(new Error(event.message || "the engines could not be loaded"));
    };
    engine.addEventListener("message", onMessage);
    engine.addEventListener("error", onError);
    engine.postMessage(request);
  });
}
