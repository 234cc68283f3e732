import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { createHttpPayments } from "./adapters/payments/http-payments.ts";
import { createSandboxPayments } from "./adapters/payments/sandbox-payments.ts";
import type { Database } from "./adapters/postgres/database.ts";
import { openEmbeddedDatabase } from "./adapters/postgres/embedded-database.ts";
import { migrate } from "./adapters/postgres/migrate.ts";
import { createOutbox } from "./adapters/postgres/outbox.ts";
import { createProjections } from "./adapters/postgres/projections.ts";
import { openServerDatabase } from "./adapters/postgres/server-database.ts";
import type { Commands } from "./application/commands.ts";
import { createFulfilment } from "./application/fulfilment.ts";
import { runProjector } from "./application/project.ts";
import { runRelay } from "./application/relay.ts";
import { type Config, readConfig } from "./config.ts";
import { createReadiness } from "./health/readiness.ts";
import { createHttpApp } from "./http/create-http-app.ts";
import { log } from "./telemetry/log.ts";
import { measureBacklog } from "./telemetry/measure-backlog.ts";
import { startTelemetry } from "./telemetry/start-telemetry.ts";

/** The application service of one form, with what it needs besides. */
export interface CommandService {
  readonly commands: Commands;
  /** Called after the last request and message. */
  readonly stop: () => Promise<void>;
}

/** Puts the application together, serves until SIGTERM or SIGINT, then drains and ends. */
export async function start(
  createCommands: (database: Database, config: Config) => Promise<CommandService>,
): Promise<void> {
  const config = readConfig(process.env);
  const stopTelemetry = startTelemetry(process.env);
  const database = await openDatabase(config);
  await migrate(database);
  const service = await createCommands(database, config);
  const stopServing = startServing(config, database, service.commands);
  const signal = await signalToStop();
  log("info", "stopping", { signal });
  await stopServing();
  await service.stop();
  await database.close();
  await stopTelemetry();
  log("info", "stopped");
}

function startServing(config: Config, database: Database, commands: Commands): () => Promise<void> {
  const { policy } = config;
  const outbox = createOutbox(database, config.claimSeconds);
  const projections = createProjections(database);
  const payments =
    config.paymentsUrl === undefined ? createSandboxPayments() : createHttpPayments(config.paymentsUrl, 5_000);
  const readiness = createReadiness(() => database.query("select 1"));
  const http = createHttpApp({ commands, projections, policy, readiness, onError: logError("request failed") });
  measureBacklog(outbox);

  const stopping = new AbortController();
  const work = Promise.all([
    runRelay(
      outbox,
      createFulfilment({ commands, payments, policy }),
      {
        batchSize: 16,
        idleMilliseconds: 100,
        maximumAttempts: 20,
        onMessageError: ({ id }, error) => log("warn", "message failed", { id, error: String(error) }),
        onError: logError("relay failed"),
      },
      stopping.signal,
    ),
    runProjector(projections, 100, logError("projector failed"), stopping.signal),
  ]);
  const server = serve({ fetch: http.fetch, port: config.port }, ({ port }) =>
    log("info", "listening", {
      port,
      policy: policy.kind,
      database: config.databaseUrl === undefined ? "embedded" : "server",
    }),
  );

  return async () => {
    readiness.startDraining();
    stopping.abort();
    await Promise.race([
      Promise.all([new Promise((resolve) => server.close(resolve)), work]),
      sleep(config.drainSeconds * 1000, undefined, { ref: false }),
    ]);
  };
}

async function openDatabase({ databaseUrl, databaseConnections, dataFolder }: Config): Promise<Database> {
  if (databaseUrl === undefined) return openEmbeddedDatabase(dataFolder);
  return openServerDatabase({
    url: databaseUrl,
    connections: databaseConnections,
    onError: logError("connection lost"),
  });
}

function logError(message: string): (error: unknown) => void {
  return (error) => log("error", message, { error: error instanceof Error ? error.stack : String(error) });
}

function signalToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
  });
}
