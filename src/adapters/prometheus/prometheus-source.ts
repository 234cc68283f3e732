import {
  prometheusClusterUnknown,
  prometheusSeriesMissing,
  prometheusWarning,
} from "../../estate/diagnostics/cost-source-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { ExternalError } from "../../operations/external-error.ts";
import type { MeasuredUsage, UsageRequest, UsageSample, UsageSource } from "../../operations/ports.ts";
import { AnswerTooLarge, type ClientOptions } from "../http/polite-client.ts";
import { podUsage, type UsageSeries } from "./pod-usage.ts";
import { readPodWorkloads } from "./pod-workloads.ts";
import { type PrometheusApi, type PrometheusConnection, prometheusApi, TooMuchAsked } from "./prometheus-api.ts";
import type { Series } from "./series.ts";
import { cpuQuery, memoryKillsQuery, memoryQuery, usageMetrics } from "./usage-queries.ts";

export interface PrometheusOptions extends PrometheusConnection {
  /** Label that names the cluster of a series. */
  readonly clusterLabel: string;
}

/** Prometheus refuses more points a series. */
const mostPoints = 11_000;
const firstPoints = 60;
/** Points of all series of a query between which pieces of the window grow and shrink: memory follows this, not the window. */
const [fewPoints, manyPoints] = [100_000, 500_000] as const;

/**
 * Usage of pods from a Prometheus-compatible API, by the series of cAdvisor, with the workload of each pod by those of
 * kube-state-metrics. The window is asked for in pieces; their size follows the number of series and what the server
 * can take.
 */
export function prometheusSource(options: PrometheusOptions, client: ClientOptions): UsageSource {
  const api = prometheusApi(options, client);
  return { name: api.name, read: (request) => readWindow(api, options.clusterLabel, request) };
}

/** A run over one window: what was seen and what lacked. */
interface WindowState {
  readonly lacking: Map<string, string>;
  readonly unknownClusters: Set<string>;
  hasCpu: boolean;
  hasMemory: boolean;
}

function readWindow(api: PrometheusApi, clusterLabel: string, request: UsageRequest): MeasuredUsage {
  const state: WindowState = { lacking: new Map(), unknownClusters: new Set(), hasCpu: false, hasMemory: false };
  return {
    batches: readPieces(api, clusterLabel, request, state),
    diagnostics: () => diagnosticsOf(api, clusterLabel, request, state),
  };
}

async function* readPieces(
  api: PrometheusApi,
  clusterLabel: string,
  request: UsageRequest,
  state: WindowState,
): AsyncGenerator<readonly UsageSample[]> {
  const { from, to, stepSeconds, signal } = request;
  const steps = Math.floor((to - from) / stepSeconds);
  let points = firstPoints;
  let refusedFrom = mostPoints + 1;
  let done = 0;
  while (done < steps) {
    signal?.throwIfAborted();
    points = Math.min(points, steps - done, refusedFrom - 1);
    const window = { start: from + (done + 1) * stepSeconds, end: from + (done + points) * stepSeconds, stepSeconds };
    request.onProgress?.(`${api.name}: ${done.toLocaleString("en-US")} of ${steps.toLocaleString("en-US")} steps`);
    const piece = await readPiece(api, clusterLabel, window, signal);
    if (piece === undefined) {
      if (points === 1)
        throw new ExternalError(`${api.name} cannot answer even for a single step.`, {
          hint: "Raise its query limits (samples, timeout, series), or ask a server of fewer clusters.",
        });
      refusedFrom = points;
      points = Math.ceil(points / 2);
      continue;
    }
    yield* samplesOf(api, clusterLabel, request, window, piece, state);
    done += points;
    const answered = countPoints(piece.cpu) + countPoints(piece.memory);
    if (answered < fewPoints) points *= 2;
    if (answered > manyPoints) points = Math.ceil(points / 2);
  }
  if (!state.hasCpu && !state.hasMemory) throw nothingThere(api, request);
}

interface PieceWindow {
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
}

/** Undefined when the server could answer a smaller question. */
async function readPiece(
  api: PrometheusApi,
  clusterLabel: string,
  window: PieceWindow,
  signal: AbortSignal | undefined,
): Promise<UsageSeries | undefined> {
  try {
    const cpu = await api.range(cpuQuery(clusterLabel, window.stepSeconds), window, signal);
    const memory = await api.range(memoryQuery(clusterLabel), window, signal);
    const kills = await api.range(memoryKillsQuery(clusterLabel, window.stepSeconds), window, signal);
    return { cpu, memory, kills };
  } catch (error) {
    if (error instanceof TooMuchAsked || error instanceof AnswerTooLarge) return undefined;
    throw error;
  }
}

async function* samplesOf(
  api: PrometheusApi,
  clusterLabel: string,
  { clusters, stepSeconds, signal }: UsageRequest,
  window: PieceWindow,
  piece: UsageSeries,
  state: WindowState,
): AsyncGenerator<readonly UsageSample[]> {
  const { cpu, memory } = piece;
  if (cpu.length === 0 && memory.length === 0) return;
  state.hasCpu ||= cpu.length > 0;
  state.hasMemory ||= memory.length > 0;
  const workloadOf = await workloadsOf(api, clusterLabel, window, signal);
  if (workloadOf === undefined)
    state.lacking.set(usageMetrics.podOwner, "pods are matched to workloads by their names");
  const values = new Set([...cpu, ...memory].map(({ labels }) => labels[clusterLabel] ?? ""));
  const isOneCluster = values.size <= 1 && clusters.length <= 1;
  const clusterOf = (value: string) => {
    if (value === "" || isOneCluster) return undefined;
    if (!clusters.includes(value)) state.unknownClusters.add(value);
    return value;
  };
  yield* podUsage(piece, { clusterLabel, clusterOf, workloadOf, stepSeconds });
}

/** Owners help, and usage can be had without them: a server that cannot look back so far is asked for less. */
async function workloadsOf(api: PrometheusApi, clusterLabel: string, window: PieceWindow, signal?: AbortSignal) {
  const seconds = window.end - window.start + window.stepSeconds;
  for (const looksBack of [seconds, window.stepSeconds]) {
    try {
      return await readPodWorkloads(api, clusterLabel, { end: window.end, seconds: looksBack }, signal);
    } catch (error) {
      if (!(error instanceof TooMuchAsked || error instanceof AnswerTooLarge)) throw error;
    }
  }
  return undefined;
}

function countPoints(series: readonly Series[]): number {
  return series.reduce((sum, { points }) => sum + points.length, 0);
}

function nothingThere({ name }: PrometheusApi, { from, to }: UsageRequest): ExternalError {
  const window = `from ${timeText(from)} to ${timeText(to)}`;
  return new ExternalError(
    `${name} has neither ${usageMetrics.cpu} nor ${usageMetrics.memory} of any container ${window}.`,
    {
      hint: "Check the window (--from, --to) and the retention, and that the kubelets' cAdvisor is scraped with container, pod and namespace labels.",
    },
  );
}

function diagnosticsOf(
  api: PrometheusApi,
  label: string,
  { clusters }: UsageRequest,
  { lacking, unknownClusters, hasCpu, hasMemory }: WindowState,
): readonly Diagnostic[] {
  const server = api.name;
  const [first] = api.warnings();
  const missing = new Map(lacking);
  if (hasMemory && !hasCpu) missing.set(usageMetrics.cpu, "requests count for CPU");
  if (hasCpu && !hasMemory) missing.set(usageMetrics.memory, "requests count for memory");
  return [
    ...(first === undefined ? [] : [diagnose(prometheusWarning, { server, count: api.warnings().length, first })]),
    ...[...missing].map(([metric, instead]) => diagnose(prometheusSeriesMissing, { server, metric, instead })),
    ...[...unknownClusters]
      .sort()
      .map((value) => diagnose(prometheusClusterUnknown, { server, label, value, candidates: clusters })),
  ];
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
