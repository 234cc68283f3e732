import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createActorCommands } from "../../templates/orders/src/actors/actor-commands.ts";
import type { Database } from "../../templates/orders/src/adapters/postgres/database.ts";
import { createEventStore } from "../../templates/orders/src/adapters/postgres/event-store.ts";
import { migrate } from "../../templates/orders/src/adapters/postgres/migrate.ts";
import { createOutbox } from "../../templates/orders/src/adapters/postgres/outbox.ts";
import { createProjections } from "../../templates/orders/src/adapters/postgres/projections.ts";
import { openServerDatabase } from "../../templates/orders/src/adapters/postgres/server-database.ts";
import type { Commands } from "../../templates/orders/src/application/commands.ts";
import { createOptimisticCommands } from "../../templates/orders/src/application/optimistic-commands.ts";
import type { DomainEvent } from "../../templates/orders/src/domain/events.ts";
import { foldOrder, noOrder, totalCents } from "../../templates/orders/src/domain/order/order.ts";
import type { OrderEvent } from "../../templates/orders/src/domain/order/order-events.ts";
import { foldStock, noStock } from "../../templates/orders/src/domain/stock/stock.ts";
import type { StockEvent } from "../../templates/orders/src/domain/stock/stock-events.ts";
import { runScantling } from "../journeys/run-scantling.ts";
import { isolationLevels, lostUpdate, phantom, probe, readSkew, writeSkew } from "./orders-anomalies.ts";
import { freePort, type PostgresCluster, startPostgres } from "./orders-cluster.ts";
import { type PaymentProvider, startProvider } from "./orders-provider.ts";
import { orderUnderFire } from "./orders-under-fire.ts";

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.stop());

async function openDatabase(name: string): Promise<{ readonly database: Database; readonly url: string }> {
  const url = cluster.createDatabase(name);
  const onError = () => {};
  const database = openServerDatabase({ url, connections: 20, onError });
  await migrate(database);
  return { database, url };
}

test.each([
  ["--pattern", "orders"],
  ["--pattern", "orders-actor"],
  ["--store", "cosmos"],
] as const)(
  "the application %s %s installs and passes its own tests in an empty folder",
  (option, value) => {
    const folder = mkdtempSync(join(tmpdir(), "orders-app-"));
    try {
      expect(runScantling(["init", "app", option, value, "--to", folder]).code).toBe(0);
      const inFolder = (...commandLine: readonly string[]) =>
        execFileSync("npm", commandLine, {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` },
        });
      inFolder("ci");
      inFolder("run", "typecheck");
      const report = inFolder("test");
      expect(report).toMatch(/ℹ fail 0/);
      expect(Number(/ℹ pass (\d+)/.exec(report)?.[1])).toBeGreaterThan(50);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  300_000,
);

describe("isolation anomalies, live", () => {
  /** As PostgreSQL documents them: chapter Transaction Isolation. */
  test.each([
    ["lost update", lostUpdate, ["observed", "40001", "40001"]],
    ["read skew", readSkew, ["observed", "prevented", "prevented"]],
    ["write skew", writeSkew, ["observed", "observed", "40001"]],
    ["phantom", phantom, ["observed", "prevented", "prevented"]],
  ] as const)("%s", async (name, script, expected) => {
    const url = cluster.createDatabase(name.replace(" ", "_"));
    const outcomes: string[] = [];
    for (const level of isolationLevels) outcomes.push(await probe(url, level, script));
    expect(outcomes).toEqual(expected);
  });
});

describe("16 concurrent writers", () => {
  const writers = 16;
  const each = 40;

  /** Every writer reserves one piece for each of its orders. */
  async function reserveAll(commandsOf: (writer: number) => Commands, streamOf: (writer: number) => string) {
    const started = performance.now();
    const outcomes = await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const kinds: string[] = [];
        for (let number = 0; number < each; number += 1) {
          const command = { type: "reserve", orderId: `${writer}-${number}`, quantity: 1, allowance: 0 } as const;
          kinds.push((await commandsOf(writer).onStock(streamOf(writer), command)).kind);
        }
        return kinds;
      }),
    );
    const perSecond = Math.round((writers * each * 1000) / (performance.now() - started));
    return { perSecond, reserved: outcomes.flat().filter((kind) => kind === "done").length };
  }

  test("on one hot stream sell what is there, and each on its own stream sell all", async () => {
    const { database } = await openDatabase("writers");
    const store = createEventStore(database);
    let conflicts = 0;
    const services = Array.from({ length: writers }, () =>
      createOptimisticCommands(store, () => {
        conflicts += 1;
      }),
    );
    const service = (writer: number) => services[writer] ?? createOptimisticCommands(store);
    await service(0).onStock("stock-hot", { type: "receive", receiptId: "r", quantity: 500 });
    const hot = await reserveAll(service, () => "stock-hot");
    expect(hot.reserved).toBe(500);
    const hotConflicts = conflicts;
    for (let writer = 0; writer < writers; writer += 1) {
      await service(writer).onStock(`stock-own-${writer}`, { type: "receive", receiptId: "r", quantity: each });
    }
    const spread = await reserveAll(service, (writer) => `stock-own-${writer}`);
    expect(spread.reserved).toBe(writers * each);
    expect(conflicts).toBe(hotConflicts);
    await expectConsistent(database);
    console.log(`hot ${hot.perSecond}/s with ${hotConflicts} conflicts, spread ${spread.perSecond}/s`);
    await database.close();
  });

  test("through actors never meet a second writer", async () => {
    const { database } = await openDatabase("actors");
    const replica = { id: randomUUID(), address: "http://127.0.0.1:1", leaseSeconds: 60 };
    const { commands } = createActorCommands(database, replica);
    await commands.onStock("stock-hot", { type: "receive", receiptId: "r", quantity: 500 });
    const hot = await reserveAll(
      () => commands,
      () => "stock-hot",
    );
    expect(hot.reserved).toBe(500);
    await expectConsistent(database);
    console.log(`hot through one actor ${hot.perSecond}/s`);
    await database.close();
  });
});

const kills = 50;

describe.each(["main", "main-actors"])(`src/%s.ts killed ${kills} times while orders flow`, (main) => {
  let provider: PaymentProvider;
  beforeAll(async () => {
    provider = await startProvider(await freePort());
  });
  afterAll(() => provider.stop());

  test("loses nothing, charges nothing twice and sells nothing twice", async () => {
    const { database, url } = await openDatabase(`kills_${main.replace("-", "_")}`);
    const hotStock = 150;
    const fire = {
      main: `${main}.ts`,
      databaseUrl: url,
      paymentsUrl: provider.url,
      kills,
      seed: 20_261_122,
      hotStock,
    };
    const survived = await orderUnderFire(fire);
    await untilDrained(database);
    await survived.stop();

    const orders = await foldOrders(database);
    expect(survived.acknowledged.filter((id) => !orders.has(id))).toEqual([]);
    expect(orders.size).toBe(new Set(survived.acknowledged).size);
    for (const [id, order] of orders) {
      expect(["confirmed", "closed"]).toContain(order.status);
      expect(provider.charges.get(id) ?? 0).toBeLessThanOrEqual(1);
      expect(provider.held.get(id) ?? 0).toBe(order.status === "confirmed" ? totalCents(order.lines) : 0);
    }
    await expectConsistent(database);
    const sold = [...orders.values()].filter(({ status, lines }) => status === "confirmed" && lines[0]?.sku === "hot");
    expect(sold.length).toBeLessThanOrEqual(hotStock);
    console.log(
      `${main}: ${survived.kills} kills survived, ${orders.size} orders, ${sold.length} of ${hotStock} hot pieces sold, ${survived.repeated} requests repeated`,
    );
    await database.close();
  }, 600_000);
});

test("a database that is dumped and restored into a new server goes on where it was", async () => {
  const { database, url } = await openDatabase("dumped");
  const receive = (target: Database, version: number) =>
    createEventStore(target).append("stock-cup", version, [
      { type: "StockReceived", receiptId: `r${version}`, quantity: 1 },
    ]);
  for (let version = 0; version < 60; version += 1) await receive(database, version);
  await createProjections(database).catchUp(40);
  const dump = cluster.dump(url);
  const { rows: last } = await database.query<{ id: number }>(
    "select max(transaction_id::text::bigint) as id from events",
  );
  await database.close();

  const other = await startPostgres();
  try {
    const restoredUrl = other.createDatabase("restored");
    other.restore(restoredUrl, dump);
    const restored = openServerDatabase({ url: restoredUrl, connections: 5, onError: () => {} });
    const { rows: next } = await restored.query<{ id: number }>("select pg_current_xact_id()::text::bigint as id");
    expect(Number(next[0]?.id)).toBeLessThan(Number(last[0]?.id));
    await migrate(restored);
    expect(await receive(restored, 60)).toEqual({ kind: "appended", version: 61 });
    expect(await createProjections(restored).catchUp(1_000)).toBe(21);
    await expectConsistent(restored);
    await restored.close();
  } finally {
    other.stop();
  }
}, 60_000);

async function untilDrained(database: Database): Promise<void> {
  const outbox = createOutbox(database, 1);
  for (let tries = 0; tries < 1_200; tries += 1) {
    const { waiting, parked } = await outbox.backlog();
    if (parked > 0) throw new Error(`${parked} messages were parked`);
    if (waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the outbox was not drained within two minutes");
}

async function readStreams(database: Database): Promise<ReadonlyMap<string, readonly DomainEvent[]>> {
  const { rows } = await database.query<{ stream: string; version: number; event: DomainEvent }>(
    "select stream, version, event from events order by stream, version",
  );
  const streams = new Map<string, DomainEvent[]>();
  for (const { stream, version, event } of rows) {
    const events = streams.get(stream) ?? [];
    expect(version, stream).toBe(events.length + 1);
    streams.set(stream, [...events, event]);
  }
  return streams;
}

async function foldOrders(database: Database) {
  const streams = [...(await readStreams(database))].filter(([stream]) => stream.startsWith("order-"));
  return new Map(
    streams.map(([stream, events]) => [stream.slice("order-".length), foldOrder(noOrder, events as OrderEvent[])]),
  );
}

/** Stock was never negative, the feed never goes back along a stream, and the read models are the fold of the events. */
async function expectConsistent(database: Database): Promise<void> {
  const projections = createProjections(database);
  while ((await projections.catchUp(1_000)) > 0);
  for (const [stream, events] of await readStreams(database)) {
    if (!stream.startsWith("stock-")) continue;
    let stock = noStock;
    for (const event of events as StockEvent[]) {
      stock = foldStock(stock, [event]);
      expect(stock.received - stock.reserved, stream).toBeGreaterThanOrEqual(0);
    }
    const level = await projections.stockLevel(stream.slice("stock-".length));
    expect(level).toMatchObject({ received: stock.received, reserved: stock.reserved });
  }
  for (const [orderId, order] of await foldOrders(database)) {
    const { rows } = await database.query("select status, reason from order_summaries where order_id = $1", [orderId]);
    expect(rows).toEqual([{ status: order.status, reason: order.reason ?? null }]);
  }
  const { rows: backwards } = await database.query(
    `select 1 from (
       select (history, transaction_id) < (lag(history) over stream, lag(transaction_id) over stream) as is_backwards
       from events window stream as (partition by stream order by version)
     ) as feed where is_backwards`,
  );
  expect(backwards).toEqual([]);
}
