import { createServer } from "node:http";

/** A payment provider over HTTP that outlives the application, keeps the contract by key and counts what moved. */
export interface PaymentProvider {
  readonly url: string;
  /** Times that money was taken under a key: more than one is a double charge. */
  readonly charges: ReadonlyMap<string, number>;
  /** Cents held now, by key. */
  readonly held: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

/** Every seventh call is answered with 503 after it took effect: the caller cannot know. */
export async function startProvider(port: number): Promise<PaymentProvider> {
  const charges = new Map<string, number>();
  const held = new Map<string, number>();
  const voided = new Set<string>();
  let calls = 0;
  const server = createServer((request, response) => {
    const [, action = "", key = ""] = (request.url ?? "").split("/");
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      calls += 1;
      let status = 200;
      if (action === "refunds") {
        held.set(key, 0);
        voided.add(key);
      } else if (voided.has(key)) {
        status = 402;
      } else if (!held.has(key)) {
        charges.set(key, (charges.get(key) ?? 0) + 1);
        held.set(key, (JSON.parse(body) as { amountCents: number }).amountCents);
      }
      response.writeHead(calls % 7 === 0 ? 503 : status, { "content-type": "application/json" });
      response.end(JSON.stringify({ chargeId: `charge-${key}`, reason: "voided" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    charges,
    held,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
