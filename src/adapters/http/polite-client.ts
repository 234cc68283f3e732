import { ExternalError } from "../../operations/external-error.ts";

/** How a server is asked; the clock and the network come in, so that tests need neither. */
export interface ClientOptions {
  readonly fetch: (url: string, request: SentRequest) => Promise<Response>;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly timeoutSeconds: number;
  /** Tries in all, the first included. */
  readonly attempts: number;
  readonly mostBytes: number;
}

/** A request as it goes out. */
interface SentRequest {
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** One request. `name` stands for the server in messages: an address without credentials. */
export interface ClientRequest {
  readonly name: string;
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** An answer that another try would not change, whatever its status. */
  readonly isFinal?: (answer: ClientAnswer) => boolean;
  /** What to do when no answer comes. */
  readonly hint: string;
}

export interface ClientAnswer {
  readonly status: number;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
  /** Beginning of a body that is no JSON, for messages. */
  readonly excerpt: string;
}

/** The answer was cut off; a smaller question may be answered. */
export class AnswerTooLarge extends ExternalError {}

const retried: readonly number[] = [408, 429, 500, 502, 503, 504];
const longestWaitSeconds = 60;
const excerptLength = 120;

/**
 * Asks until there is an answer worth having: network failures, timeouts, 429 and 5xx are tried again after 1, 2, 4, ...
 * seconds, or after what `Retry-After` says, up to a minute. Rejects with an `ExternalError` when no answer comes.
 */
export async function ask(request: ClientRequest, options: ClientOptions): Promise<ClientAnswer> {
  let failure: ExternalError | undefined;
  for (let attempt = 1; attempt <= options.attempts; attempt += 1) {
    request.signal?.throwIfAborted();
    let waitSeconds = 2 ** (attempt - 1);
    try {
      const { answer, retryAfterSeconds } = await askOnce(request, options);
      const isLast = attempt === options.attempts;
      if (isLast || !retried.includes(answer.status) || request.isFinal?.(answer) === true) return answer;
      waitSeconds = retryAfterSeconds ?? waitSeconds;
    } catch (error) {
      request.signal?.throwIfAborted();
      if (error instanceof AnswerTooLarge) throw error;
      failure = asExternal(error, request, options);
      if (attempt === options.attempts) break;
    }
    await options.sleep(Math.min(waitSeconds, longestWaitSeconds), request.signal);
  }
  throw failure ?? new ExternalError(`${request.name} was not asked.`, { hint: request.hint, failure: "unreachable" });
}

async function askOnce(
  request: ClientRequest,
  options: ClientOptions,
): Promise<{ readonly answer: ClientAnswer; readonly retryAfterSeconds: number | undefined }> {
  const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const response = await options.fetch(request.url, {
    method: request.method ?? "GET",
    headers: { accept: "application/json", ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
    signal: request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]),
  });
  const text = await boundedText(response, request, options.mostBytes);
  return {
    answer: {
      status: response.status,
      json: parsed(text),
      excerpt: text.slice(0, excerptLength).replaceAll(/\s+/g, " "),
    },
    retryAfterSeconds: readRetryAfter(response),
  };
}

async function boundedText(response: Response, { name }: ClientRequest, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes)
      throw new AnswerTooLarge(`${name} answers with more than ${Math.round(mostBytes / 2 ** 20)} MiB.`, {
        hint: "Ask for less at once.",
      });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds; a date needs a clock, so the usual pause stands for it. */
function readRetryAfter(response: Response): number | undefined {
  const text = response.headers.get("retry-after");
  return text !== null && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

function asExternal(
  error: unknown,
  { name, hint }: ClientRequest,
  { timeoutSeconds, attempts }: ClientOptions,
): ExternalError {
  const isTimeout = error instanceof Error && error.name === "TimeoutError";
  const tries = attempts === 1 ? "" : ` (${attempts} tries)`;
  const message = isTimeout
    ? `${name} gave no answer within ${timeoutSeconds} s${tries}.`
    : `${name} cannot be reached: ${reasonOf(error)}${tries}.`;
  return new ExternalError(message, { cause: error, hint, failure: "unreachable" });
}

/** Node says "fetch failed" and keeps what failed as the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
  const words = cause instanceof Error && cause.message !== "" ? cause.message : error.message;
  return code === undefined || words.includes(code) ? words : `${code}${words === "" ? "" : `, ${words}`}`;
}
