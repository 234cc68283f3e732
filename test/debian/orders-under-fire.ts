import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "./orders-cluster.ts";

const template = join(import.meta.dirname, "../../templates/orders");

export interface Fire {
  /** `src/main.ts` of the form under test. */
  readonly main: string;
  readonly databaseUrl: string;
  readonly paymentsUrl: string;
  /** How often the process is killed. */
  readonly kills: number;
  readonly seed: number;
  /** Stock of the SKU that everybody wants. */
  readonly hotStock: number;
}

export interface Survived {
  /** Ids of the orders that a client was told were accepted. */
  readonly acknowledged: readonly string[];
  readonly kills: number;
  /** Requests that had to be repeated. */
  readonly repeated: number;
  readonly stop: () => Promise<void>;
}

/** Lets eight clients order while the application is killed with SIGKILL at seeded moments and started again. */
export async function orderUnderFire(fire: Fire): Promise<Survived> {
  const port = await freePort();
  const peerPort = await freePort();
  const random = seeded(fire.seed);
  const address = `http://127.0.0.1:${port}`;
  const start = () => startApplication(fire, port, peerPort);
  let application = await start();
  await repeat(() => post(`${address}/stock/hot/receipts`, { receiptId: "r", quantity: fire.hotStock }));
  await repeat(() => post(`${address}/stock/plenty/receipts`, { receiptId: "r", quantity: 1_000_000 }));

  const acknowledged = new Set<string>();
  let isOver = false;
  let repeated = 0;
  const clients = Array.from({ length: 8 }, async (_, client) => {
    for (let number = 0; !isOver; number += 1) {
      const lines = [{ sku: number % 2 === 0 ? "hot" : "plenty", quantity: 1 + (number % 2), unitPriceCents: 500 }];
      const place = () =>
        post(`${address}/orders`, { customerId: `client-${client}`, lines }, { "idempotency-key": `${number}` });
      const answer = (await repeat(place, () => {
        repeated += 1;
      })) as { readonly orderId: string };
      acknowledged.add(answer.orderId);
      // A careful client asks again although it was answered.
      if (number % 5 === 0) acknowledged.add(((await repeat(place)) as { readonly orderId: string }).orderId);
      await sleep(20);
    }
  });
  for (let kill = 0; kill < fire.kills; kill += 1) {
    await sleep(50 + random() * 700);
    application.kill("SIGKILL");
    await once(application, "exit");
    application = await start();
  }
  isOver = true;
  await Promise.all(clients);
  return {
    acknowledged: [...acknowledged],
    kills: fire.kills,
    repeated,
    stop: async () => {
      application.kill("SIGTERM");
      const [code] = (await once(application, "exit")) as [number | null];
      if (code !== 0) throw new Error(`the application ended with ${code} after SIGTERM`);
    },
  };
}

/** Resolves when the application listens. */
async function startApplication(fire: Fire, port: number, peerPort: number): Promise<ChildProcess> {
  const application = spawn(process.execPath, [join(template, "src", fire.main)], {
    env: {
      PATH: process.env["PATH"] ?? "",
      PORT: String(port),
      PEER_PORT: String(peerPort),
      DATABASE_URL: fire.databaseUrl,
      PAYMENTS_URL: fire.paymentsUrl,
      CLAIM_SECONDS: "1",
      LEASE_SECONDS: "1",
      DRAIN_SECONDS: "10",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    application.once("exit", (code) => reject(new Error(`the application ended with ${code} before it listened`)));
    application.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes('"listening"')) resolve();
    });
  });
  return application;
}

async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.status === 204 ? undefined : response.json();
}

/** Repeats what fails, as a client does whose server dies. */
async function repeat<Result>(work: () => Promise<Result>, onFailure: () => void = () => {}): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 600) throw error;
      onFailure();
      await sleep(50);
    }
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Numbers in [0, 1) that are the same for the same seed (a linear congruential generator). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
