import { createAdaptorServer } from "@hono/node-server";
import type { OpenAPIHono } from "@hono/zod-openapi";

const defaultPort = 4610;
/** Ports tried after the first. */
const attempts = 20;

export interface Listening {
  /** Address of the page, such as `http://127.0.0.1:4610`. */
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens on loopback only, on the port or the next free one above it. Rejects when none of 20 is free. */
export async function listen(app: OpenAPIHono, port: number = defaultPort): Promise<Listening> {
  for (let candidate = port; candidate < port + attempts && candidate <= 65_535; candidate += 1) {
    const listening = await tryPort(app, candidate);
    if (listening !== undefined) return listening;
  }
  throw new Error(`no free port from ${port} to ${port + attempts - 1}`);
}

function tryPort(app: OpenAPIHono, port: number): Promise<Listening | undefined> {
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      resolve({ url: `http://127.0.0.1:${bound}`, port: bound, close: () => closeServer(server) });
    });
  });
}

/** Open connections are ended: a browser keeps its own for minutes. */
function closeServer(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
