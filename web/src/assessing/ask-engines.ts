import type { Texts } from "./assess-texts.ts";
import type { EngineAnswer, EngineQuestion, EngineRequest, EngineResponse } from "./engine-messages.ts";

/** Engines beside one another: a question waits for those of its line only. */
export type EngineLine = "page" | "whatIf" | "whatIfAvailability";

const workers = new Map<EngineLine, Worker>();
let lastId = 0;
let lastReading = 0;
const readings = new WeakMap<Texts, number>();

/** Asks the engines beside the page, so that it stays usable. They and the catalog are loaded the first time. */
export function askEngines<const Question extends EngineQuestion>(
  texts: Texts,
  question: Question,
  line: EngineLine = "page",
): Promise<EngineAnswer<Question>> {
  const engine = workers.get(line) ?? new Worker(new URL("./engines.worker.ts", import.meta.url), { type: "module" });
  workers.set(line, engine);
  lastId += 1;
  const today = new Date().toISOString().slice(0, 10);
  const request: EngineRequest = { id: lastId, reading: readingOf(texts), texts, today, question };
  return new Promise((resolve, reject) => {
    const stop = () => {
      engine.removeEventListener("message", onMessage);
      engine.removeEventListener("error", onError);
    };
    const onMessage = ({ data }: MessageEvent<EngineResponse>) => {
      if (data.id !== request.id || "progress" in data) return;
      stop();
      // The worker is of this version of the page, and answers what it was asked.
      if ("answer" in data) resolve(data.answer as EngineAnswer<Question>);
      else reject(new Error(data.error));
    };
    const onError = (event: ErrorEvent) => {
      stop();
      workers.delete(line);
      reject(new Error(event.message || "the engines could not be loaded"));
    };
    engine.addEventListener("message", onMessage);
    engine.addEventListener("error", onError);
    engine.postMessage(request);
  });
}

function readingOf(texts: Texts): number {
  const known = readings.get(texts);
  if (known !== undefined) return known;
  lastReading += 1;
  readings.set(texts, lastReading);
  return lastReading;
}

/** How a long piece of work is followed and given up. */
export interface LongWork {
  readonly onProgress: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Asks engines of their own, so that other questions need not wait and the work can be given up. */
export function askAlone<const Question extends EngineQuestion>(
  texts: Texts,
  question: Question,
  { onProgress, signal }: LongWork,
): Promise<EngineAnswer<Question>> {
  const engine = new Worker(new URL("./engines.worker.ts", import.meta.url), { type: "module" });
  const today = new Date().toISOString().slice(0, 10);
  const request: EngineRequest = { id: 1, reading: 1, texts, today, question };
  const answer = new Promise<EngineAnswer<Question>>((resolve, reject) => {
    engine.onmessage = ({ data }: MessageEvent<EngineResponse>) => {
      if ("progress" in data) onProgress(data.progress);
      else if ("answer" in data) resolve(data.answer as EngineAnswer<Question>);
      else reject(new Error(data.error));
    };
    engine.onerror = (event) => reject(new Error(event.message || "the engines could not be loaded"));
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
  engine.postMessage(request);
  return answer.finally(() => engine.terminate());
}
