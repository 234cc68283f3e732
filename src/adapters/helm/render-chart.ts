import { type ExecFileException, execFile } from "node:child_process";
import { devNull } from "node:os";
import { resolve } from "node:path";
import {
  chartFailed,
  chartTimeout,
  chartTooLarge,
  chartWarning,
  helmMissing,
} from "../../estate/diagnostics/adapter-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { type DiagnosticRule, diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { ChartRequest, RenderedChart } from "../../estate/sources/chart.ts";
import type { ChartRenderer } from "../../operations/ports.ts";
import { templateCommand } from "./template-command.ts";

/** How helm is found and bounded; a test names its own binary. */
export interface HelmEnvironment {
  readonly executable?: string;
  readonly workingFolder?: string;
  readonly timeoutSeconds?: number;
  readonly maximumMiB?: number;
}

const DEFAULT_TIMEOUT_SECONDS = 60;
const DEFAULT_MAXIMUM_MIB = 64;
const WARNINGS_SHOWN = 5;

/** Renders charts with the `helm` found on PATH. */
export const chartRenderer: ChartRenderer = { render: (request, signal) => renderChart(request, signal) };

interface HelmRun {
  readonly error: ExecFileException | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Renders a chart offline: `helm template RELEASE CHART` with its CRDs, without test hooks, and without the user's
 * kubeconfig. What fails is a diagnostic; rejects only when the signal aborts.
 */
export async function renderChart(
  request: ChartRequest,
  signal?: AbortSignal,
  environment: HelmEnvironment = {},
): Promise<RenderedChart> {
  const run = await runHelm(request, signal, environment);
  signal?.throwIfAborted();
  const failure = run.error === undefined ? undefined : failureOf(run.error, run.stderr, request, environment);
  if (failure !== undefined) return { text: "", diagnostics: [failure] };
  return { text: run.stdout, diagnostics: warningsOf(run.stderr, request) };
}

function runHelm(
  request: ChartRequest,
  signal: AbortSignal | undefined,
  environment: HelmEnvironment,
): Promise<HelmRun> {
  const options = {
    encoding: "utf8",
    timeout: (environment.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    killSignal: "SIGKILL",
    maxBuffer: (environment.maximumMiB ?? DEFAULT_MAXIMUM_MIB) * 2 ** 20,
    env: { ...process.env, KUBECONFIG: devNull },
    windowsHide: true,
    ...(signal === undefined ? {} : { signal }),
  } as const;
  return new Promise((settle) => {
    execFile(
      environment.executable ?? "helm",
      helmArguments(request, environment),
      options,
      (error, stdout, stderr) => {
        settle({ error: error ?? undefined, stdout, stderr });
      },
    );
  });
}

function helmArguments(request: ChartRequest, environment: HelmEnvironment): string[] {
  const systemPath = (path: string): string => resolve(environment.workingFolder ?? process.cwd(), path);
  return [
    "template",
    "--include-crds",
    "--skip-tests",
    ...(request.namespace === undefined ? [] : [`--namespace=${request.namespace}`]),
    ...(request.kubernetesVersion === undefined ? [] : [`--kube-version=${request.kubernetesVersion}`]),
    ...request.values.map((path) => `--values=${systemPath(path)}`),
    // Nothing after this is an option, whatever a document calls its release.
    "--",
    request.release,
    systemPath(request.chart),
  ];
}

function failureOf(
  error: ExecFileException,
  stderr: string,
  request: ChartRequest,
  environment: HelmEnvironment,
): Diagnostic {
  const { chart } = request;
  const command = templateCommand(request);
  const report = <Parameters>(rule: DiagnosticRule<Parameters>, parameters: Parameters): Diagnostic =>
    diagnose(rule, parameters, { place: placeOf(request), affects: [chart] });
  if (error.code === "ENOENT" || error.code === "EACCES") return report(helmMissing, { chart, command });
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
    return report(chartTooLarge, { chart, command, limitMiB: environment.maximumMiB ?? DEFAULT_MAXIMUM_MIB });
  }
  if (error.killed === true) {
    return report(chartTimeout, { chart, command, seconds: environment.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS });
  }
  return report(chartFailed, { chart, command, reason: reasonOf(stderr) ?? error.message });
}

function placeOf(request: ChartRequest): NonNullable<ChartRequest["place"]> {
  return request.place ?? { precision: "file", source: request.chart };
}

/** The sentence after `Error:`; helm may write warnings before it and advice after it. */
function reasonOf(stderr: string): string | undefined {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== "");
  const error = lines.find((line) => line.startsWith("Error:")) ?? lines[0];
  return error === undefined ? undefined : asClause(error.replace(/^Error:\s*/, ""));
}

function warningsOf(stderr: string, request: ChartRequest): readonly Diagnostic[] {
  const lines = stderr.split(/\r?\n/).filter((line) => /warning/i.test(line));
  const texts = [...new Set(lines.map((line) => asClause(line.replace(/^.*?warning:?\s*/i, ""))))].slice(
    0,
    WARNINGS_SHOWN,
  );
  return texts.map((text) => diagnose(chartWarning, { chart: request.chart, text }, { place: placeOf(request) }));
}

function asClause(text: string): string {
  return text.replace(/\s+/g, " ").trim().replace(/\.$/, "");
}
