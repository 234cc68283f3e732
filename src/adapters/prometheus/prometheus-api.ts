import { ExternalError } from "../../operations/external-error.ts";
import { ask, type ClientAnswer, type ClientOptions } from "../http/polite-client.ts";
import { isRecord, type Series, seriesOf } from "./series.ts";

/** Where a Prometheus-compatible API is, and what it wants to be told. */
export interface PrometheusConnection {
  /** Address that `/api/v1` follows; may hold user and password for Basic authentication. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined;
  /** Such as `X-Scope-OrgID` of Mimir. */
  readonly headers?: { readonly [name: string]: string };
}

export interface PrometheusApi {
  /** The address without credentials. */
  readonly name: string;
  readonly range: (query: string, window: RangeWindow, signal?: AbortSignal) => Promise<readonly Series[]>;
  readonly instant: (query: string, time: number, signal?: AbortSignal) => Promise<readonly Series[]>;
  /** Warnings that came with answers. */
  readonly warnings: () => readonly string[];
}

/** Evaluated at `start`, `start + stepSeconds`, ..., up to `end` inclusive. */
interface RangeWindow {
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
}

/** The server could answer a smaller question. */
export class TooMuchAsked extends Error {}

const unauthorizedStatuses: readonly number[] = [401, 403];
const largeStatuses: readonly number[] = [413, 422, 503];
const saysTooMuch = /too many (samples|points|series|chunks|bytes)|maximum resolution|timed? ?out|too large|limit/i;
const apiHint =
  "Give the address that /api/v1 follows, such as http://localhost:9090, or https://mimir.example/prometheus.";
const keptWarnings = 1_000;

/** The query part of the Prometheus HTTP API, as Prometheus, Thanos, Mimir and Azure Monitor serve it. */
export function prometheusApi(connection: PrometheusConnection, options: ClientOptions): PrometheusApi {
  const { base, name, headers } = addressOf(connection);
  const warnings: string[] = [];

  async function query(
    path: string,
    parameters: { readonly [name: string]: string },
    signal?: AbortSignal,
  ): Promise<readonly Series[]> {
    const form = new URLSearchParams(parameters).toString();
    const request = {
      name,
      url: `${base}/api/v1/${path}`,
      headers,
      signal,
      isFinal: isTooMuch,
      hint: "Check the address, the network and the name; a port-forward may have ended.",
    };
    const formHeaders = { ...headers, "content-type": "application/x-www-form-urlencoded" };
    const posted = await ask({ ...request, method: "POST", headers: formHeaders, body: form }, options);
    const answer = posted.status === 405 ? await ask({ ...request, url: `${request.url}?${form}` }, options) : posted;
    if (isTooMuch(answer)) throw new TooMuchAsked(errorOf(answer));
    const series = readAnswer(answer, name);
    for (const warning of warningsOf(answer.json)) if (warnings.length < keptWarnings) warnings.push(warning);
    return series;
  }

  return {
    name,
    range: (text, { start, end, stepSeconds }, signal) =>
      query("query_range", { query: text, start: String(start), end: String(end), step: String(stepSeconds) }, signal),
    instant: (text, time, signal) => query("query", { query: text, time: String(time) }, signal),
    warnings: () => warnings,
  };
}

function addressOf({ url, token, headers }: PrometheusConnection): {
  readonly base: string;
  readonly name: string;
  readonly headers: { readonly [name: string]: string };
} {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    throw new ExternalError("The address of Prometheus is no http or https address.", { hint: apiHint });
  const user = decodeURIComponent(parsed.username);
  const basic = user === "" ? undefined : btoa(`${user}:${decodeURIComponent(parsed.password)}`);
  const path = parsed.pathname.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
  const base = `${parsed.origin}${path}`;
  const authorization = token !== undefined ? `Bearer ${token}` : basic === undefined ? undefined : `Basic ${basic}`;
  return { base, name: base, headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) } };
}

function isTooMuch(answer: ClientAnswer): boolean {
  const isTimeout = isRecord(answer.json) && answer.json["errorType"] === "timeout";
  const mayBeLarge = largeStatuses.includes(answer.status) || answer.status === 400;
  return isTimeout || (mayBeLarge && saysTooMuch.test(errorOf(answer)));
}

function readAnswer(answer: ClientAnswer, name: string): readonly Series[] {
  const { status, json, excerpt } = answer;
  if (unauthorizedStatuses.includes(status))
    throw new ExternalError(`${name} refuses access (HTTP ${status}).`, {
      hint: "Give a token in SCANTLING_PROMETHEUS_TOKEN or with --prometheus-token-file; it may have expired.",
      failure: "unauthorized",
    });
  if (isRecord(json) && json["status"] === "error")
    throw new ExternalError(`${name} cannot answer: ${errorOf(answer)}.`, {
      hint: "The query is a standard one: look at the server's log, or ask with a longer --step.",
      failure: status >= 500 ? "unreachable" : undefined,
    });
  if (status >= 500)
    throw new ExternalError(`${name} answers with HTTP ${status}, also when asked again.`, {
      hint: "Look at the server and what stands before it, and try later.",
      failure: "unreachable",
    });
  const series = isRecord(json) && json["status"] === "success" ? seriesOf(json["data"]) : undefined;
  if (series === undefined) {
    const what = status === 200 ? "something else than its API" : `HTTP ${status}`;
    throw new ExternalError(`${name} answers with ${what}${excerpt === "" ? "" : `: ${excerpt}`}.`, { hint: apiHint });
  }
  return series;
}

function errorOf({ json, status }: ClientAnswer): string {
  const error = isRecord(json) ? json["error"] : undefined;
  return typeof error === "string" && error !== "" ? error.replace(/\.$/, "") : `HTTP ${status}`;
}

/** `warnings` of Prometheus and Thanos; `isPartial` of VictoriaMetrics. */
function warningsOf(json: unknown): readonly string[] {
  if (!isRecord(json)) return [];
  const warnings = Array.isArray(json["warnings"]) ? json["warnings"].map(String) : [];
  const [first] = warnings;
  if (first !== undefined) return [first];
  return json["isPartial"] === true ? ["the answer is partial"] : [];
}
