import type { Estate } from "../../estate/model/estate.ts";
import type { MeasuredInput } from "../../operations/cost/cost-allocation.ts";
import { ExternalError } from "../../operations/external-error.ts";
import type { CommandRun } from "../command-host.ts";

/** Options that say where measured usage comes from. */
export interface UsageOptions {
  readonly usage?: string;
  readonly prometheus?: string;
  /** ISO 8601, or a span such as `7d` before `to`. */
  readonly from?: string;
  readonly to?: string;
  /** Seconds. */
  readonly step?: number;
  readonly clusterLabel: string;
  readonly prometheusTokenFile?: string;
  /** `Name: value`. */
  readonly prometheusHeader?: readonly string[];
  /** Seconds. */
  readonly prometheusTimeout: number;
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
}

const defaultStepSeconds = 300;
const defaultSpan = "7d";
const secondsOf: { readonly [unit: string]: number } = { m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** What is wrong with the options, as a sentence with a hint; undefined when nothing is. */
export function wrongUsageOptions(run: CommandRun, options: UsageOptions): string | undefined {
  if (options.prometheus === undefined) {
    const alone = (["from", "to", "prometheusTokenFile", "prometheusHeader"] as const).find(
      (name) => options[name] !== undefined,
    );
    if (alone === undefined) return undefined;
    const written = alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `--${written} says something of a Prometheus, and none is given.\n  hint: add --prometheus URL\n`;
  }
  const window = windowOf(run, options);
  return typeof window === "string" ? window : undefined;
}

/** The measured usage that the options ask for; undefined when they ask for none. Not before `wrongUsageOptions`. */
export async function usageInput(
  run: CommandRun,
  options: UsageOptions,
  estate: Estate,
  onProgress: (text: string) => void,
): Promise<MeasuredInput | undefined> {
  const { host } = run;
  const { usage, step, prometheus } = options;
  if (usage !== undefined && host.readChunks !== undefined) {
    const chunks = host.readChunks(usage, host.signal);
    return { source: usage, chunks, ...(step === undefined ? {} : { stepSeconds: step }) };
  }
  const window = windowOf(run, options);
  if (prometheus === undefined || host.openPrometheus === undefined || typeof window === "string") return undefined;
  const source = await host.openPrometheus({
    url: prometheus,
    token: await tokenOf(run, options),
    headers: headersOf(options),
    clusterLabel: options.clusterLabel,
    timeoutSeconds: options.prometheusTimeout,
  });
  const clusters = estate.clusters.map(({ name }) => name);
  const measured = source.read({ ...window, clusters, onProgress, signal: host.signal });
  return { source: source.name, stepSeconds: window.stepSeconds, measured };
}

/** The window on the grid of its step, so that runs an hour apart share their steps; what is wrong with it otherwise. */
function windowOf({ host }: CommandRun, options: UsageOptions): Window | string {
  const stepSeconds = options.step ?? defaultStepSeconds;
  const end = options.to === undefined ? host.now?.() : readTime(options.to);
  if (end === undefined) return wrongTime("--to", options.to ?? "");
  const text = options.from ?? defaultSpan;
  const span = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text);
  const begin = span === null ? readTime(text) : end - Number(span[1]) * (secondsOf[span[2] ?? ""] ?? 0);
  if (begin === undefined) return wrongTime("--from", text);
  const from = Math.floor(begin / stepSeconds) * stepSeconds;
  const to = Math.floor(end / stepSeconds) * stepSeconds;
  if (to <= from)
    return "The window ends before its first step does.\n  hint: choose an earlier --from or a shorter --step\n";
  return { from, to, stepSeconds };
}

function readTime(text: string): number | undefined {
  const parsed = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed / 1000;
}

function wrongTime(option: string, text: string): string {
  return `${option} "${text}" is no time.\n  hint: write it as 2026-11-01T00:00:00Z${option === "--from" ? ", or as a span before the end such as 7d, 36h or 90m" : ""}\n`;
}

async function tokenOf({ host }: CommandRun, { prometheusTokenFile }: UsageOptions): Promise<string | undefined> {
  const given = host.environment["SCANTLING_PROMETHEUS_TOKEN"];
  if (prometheusTokenFile === undefined || host.readChunks === undefined) return given === "" ? undefined : given;
  let token = "";
  for await (const chunk of host.readChunks(prometheusTokenFile, host.signal)) token += chunk;
  if (token.trim() === "")
    throw new ExternalError(`${prometheusTokenFile} holds no token.`, { hint: "Write the bearer token into it." });
  return token.trim();
}

function headersOf({ prometheusHeader = [] }: UsageOptions): { readonly [name: string]: string } {
  return Object.fromEntries(
    prometheusHeader.map((header) => {
      const colon = header.indexOf(":");
      return [header.slice(0, colon), header.slice(colon + 1).trim()] as const;
    }),
  );
}
