import { describe, expect, it } from "vitest";
import { createServer } from "./create-server.ts";
import { listen } from "./listen.ts";

const app = createServer({
  load: async () => undefined,
  assess: () => {
    throw new Error("not asked for");
  },
  version: "0.0.0",
});

describe("listen", () => {
  it("takes the next free port when one is taken, on loopback only, and gives it back", async () => {
    const first = await listen(app, 46_100);
    const second = await listen(app, first.port);
    try {
      expect(second.port).toBeGreaterThan(first.port);
      expect(second.url).toBe(`http://127.0.0.1:${second.port}`);
      const response = await fetch(`${second.url}/healthz`);
      expect(await response.json()).toEqual({ status: "ok" });
    } finally {
      await first.close();
      await second.close();
    }
    await expect(fetch(`${second.url}/healthz`)).rejects.toThrow();
  });
});
