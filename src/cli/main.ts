import { ExternalError } from "../operations/external-error.ts";
import type { CommandHost, OutputStream } from "./command-host.ts";
import { exitCode } from "./exit-code.ts";
import { runProgram } from "./program.ts";

const pipeColumns = 100;

/** A stream of the process; a reader that goes away (`| head`) ends the program quietly. */
function createOutputStream(stream: NodeJS.WriteStream): OutputStream {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCode.clean);
    throw error;
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns ?? pipeColumns,
    write: (text) => {
      stream.write(text);
    },
  };
}

/** Ctrl-C aborts what runs; a second one ends the process at once. */
function createInterruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    controller.abort();
    process.once("SIGINT", () => process.exit(exitCode.interrupted));
  });
  return controller.signal;
}

/** Adapters are imported when a command needs them: `--help` and `schema` start without them. */
function createHost(signal: AbortSignal): CommandHost {
  return {
    sources: {
      read: async (paths, options) =>
        (await import("../adapters/filesystem/read-sources.ts")).sourceReader.read(paths, options),
    },
    charts: {
      render: async (request, abort) =>
        (await import("../adapters/helm/render-chart.ts")).chartRenderer.render(request, abort),
    },
    openCache: async () => (await import("../adapters/cache/result-cache.ts")).openResultCache(process.env),
    stdout: createOutputStream(process.stdout),
    stderr: createOutputStream(process.stderr),
    workingFolder: process.cwd().replaceAll("\\", "/"),
    environment: process.env,
    today: () => new Date().toISOString().slice(0, 10),
    now: () => Date.now() / 1000,
    openPrometheus: async ({ timeoutSeconds, ...choice }) => {
      const { prometheusSource } = await import("../adapters/prometheus/prometheus-source.ts");
      const { networkClient } = await import("../adapters/http/network-client.ts");
      return prometheusSource(choice, networkClient({ timeoutSeconds }));
    },
    signal,
    readChunks: async function* (path, abort) {
      const { readChunks } = await import("../adapters/filesystem/read-chunks.ts");
      yield* readChunks(path, abort);
    },
    writeFiles: async (files, options) =>
      (await import("../adapters/filesystem/write-files.ts")).writeFiles(files, options),
    replaceFiles: async (replacements) =>
      (await import("../adapters/filesystem/replace-files.ts")).replaceFiles(replacements),
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { ask: async (question: string) => (await import("./terminal/ask.ts")).askOnTerminal(question, signal) }
      : {}),
    openRepository: async () => (await import("../adapters/repository/repository-folder.ts")).repositoryFolder,
    parseHcl: async (path, text) => (await import("../adapters/hcl/parse-hcl.ts")).parseHcl(path, text),
    templates: {
      read: async (template) => (await import("../adapters/templates/read-template.ts")).templateReader.read(template),
      isFreeFolder: async (path) => (await import("../adapters/templates/is-free-folder.ts")).isFreeFolder(path),
    },
    findEstateFolder: async () =>
      (await import("../adapters/filesystem/find-estate-folder.ts")).findEstateFolder(process.cwd()),
    openPriceList: async () => {
      const { retailPricesSource } = await import("../adapters/azure-prices/retail-prices-source.ts");
      const { networkClient } = await import("../adapters/http/network-client.ts");
      return retailPricesSource(networkClient());
    },
    checkTools: async () => (await import("../adapters/tools/check-tools.ts")).checkTools(),
    serve: async (paths, options) => {
      const { serveEstate } = await import("../server/main.ts");
      await serveEstate(paths, { ...options, signal });
    },
  };
}

async function main(): Promise<void> {
  const signal = createInterruptSignal();
  try {
    process.exitCode = await runProgram(process.argv.slice(2), createHost(signal));
  } catch (error) {
    if (signal.aborted) {
      process.exitCode = exitCode.interrupted;
      return;
    }
    if (error instanceof ExternalError) {
      process.stderr.write(`${error.message}\n  hint: ${error.hint}\n`);
      process.exitCode = error.failure === undefined ? exitCode.cannot : exitCode[error.failure];
      return;
    }
    process.stderr.write(
      `scantling: a defect, please report it with the input that caused it\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = exitCode.cannot;
  }
}

await main();
