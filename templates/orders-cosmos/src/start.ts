import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { ChangeFeedOutbox } from "./adapters/cosmos/change-feed-outbox.ts";
import { connectCosmos } from "./adapters/cosmos/connect-cosmos.ts";
import { CosmosEventStore } from "./adapters/cosmos/cosmos-event-store.ts";
import { CosmosProjections } from "./adapters/cosmos/cosmos-projections.ts";
import { createHttpPayments } from "./adapters/payments/http-payments.ts";
import { createSandboxPayments } from "./adapters/payments/sandbox-payments.ts";
import { createFulfilment } from "./application/fulfilment.ts";
import { createOptimisticCommands } from "./application/optimistic-commands.ts";
import { runProjector } from "./application/project.ts";
import { runRelay } from "./application/relay.ts";
import { type Config, readConfig } from "./config.ts";
import { createReadiness } from "./health/readiness.ts";
import { createHttpApp } from "./http/create-http-app.ts";
import { log } from "./telemetry/log.ts";
import { measureBacklog } from "./telemetry/measure-backlog.ts";
import { activeTraceParent } from "./telemetry/spans.ts";
import { startTelemetry } from "./telemetry/start-telemetry.ts";

/** Puts the application together, serves until SIGTERM or SIGINT, then drains and ends. */
export async function start(): Promise<void> {
  const config = readConfig(process.env);
  const stopTelemetry = startTelemetry(process.env);
  const stores = await openStores(config);
  const stopServing = startServing(config, stores);
  const signal = await signalToStop();
  log("info", "stopping", { signal });
  await stopServing();
  await Promise.all([stores.outbox.release(), stores.projections.release()]);
  await stopTelemetry();
  log("info", "stopped");
}

type Stores = Awaited<ReturnType<typeof openStores>>;

async function openStores(config: Config) {
  const containers = await connectCosmos({
    endpoint: config.cosmosEndpoint,
    database: config.cosmosDatabase,
    preferredRegions: config.cosmosRegions,
  });
  const { events, leases, deliveries, views } = containers;
  const store = new CosmosEventStore(events, { newId: randomUUID, traceParent: activeTraceParent });
  const reading = {
    instance: config.instance,
    monitored: events,
    leases,
    now: () => Date.now(),
    leaseSeconds: config.claimSeconds,
  };
  return {
    store,
    outbox: new ChangeFeedOutbox({ ...reading, deliveries }),
    projections: new CosmosProjections({ ...reading, views, store }),
    /** Any answer will do: it says that the account can be reached with this identity. */
    check: () => leases.read("readiness", "readiness"),
  };
}

function startServing(config: Config, { store, outbox, projections, check }: Stores): () => Promise<void> {
  const { policy } = config;
  const commands = createOptimisticCommands(store);
  const payments =
    config.paymentsUrl === undefined ? createSandboxPayments() : createHttpPayments(config.paymentsUrl, 5_000);
  const readiness = createReadiness(check);
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
      store: config.cosmosEndpoint === undefined ? "contract double" : "Azure Cosmos DB",
    }),
  );

  return async () => {
    readiness.startDraining();
    await sleep(config.lingerSeconds * 1000);
    stopping.abort();
    await Promise.race([
      Promise.all([new Promise((resolve) => server.close(resolve)), work]),
      sleep(config.drainSeconds * 1000, undefined, { ref: false }),
    ]);
  };
}

function logError(message: string): (error: unknown) => void {
  return (error) => log("error", message, { error: error instanceof Error ? error.stack : String(error) });
}

function signalToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
  });
}
