import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Assessment } from "../operations/assessment/assessment.ts";
import { serveEstate } from "./main.ts";

function deployment(name: string, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "example/${name}:1", resources: {requests: {cpu: 100m, memory: 128Mi}}}]}
`;
}

describe("serving an estate", () => {
  const ends: (() => Promise<void>)[] = [];
  // Connections to a server that ended may be kept for a while: each gets a port of its own.
  let port = 46_300;
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function serve(...paths: readonly string[]): Promise<string> {
    const controller = new AbortController();
    const listening = Promise.withResolvers<string>();
    port += 30;
    const served = serveEstate(paths, {
      port,
      onListening: listening.resolve,
      signal: controller.signal,
    });
    ends.push(async () => {
      controller.abort();
      await served;
    });
    return listening.promise;
  }

  async function folderWith(name: string, text: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "scantling-serve-"));
    ends.push(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, name), text);
    return folder;
  }

  async function assessmentAt(url: string): Promise<Assessment> {
    const response = await fetch(`${url}/api/assessment`);
    expect(response.status).toBe(200);
    return (await response.json()) as Assessment;
  }

  it("assesses posted files, and says why nothing in them is of use", async () => {
    const url = await serve(await folderWith("web.yaml", deployment("web", 2)));
    const send = (texts: object) =>
      fetch(`${url}/api/assess`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ texts }),
      });
    const posted = await send({ "web.yaml": deployment("web", 1) });
    expect(await posted.json()).toMatchObject({ kind: "Assessment" });
    for (const texts of [{}, { "broken.yaml": "kind: [" }]) {
      const refused = await send(texts);
      expect(refused.status).toBe(422);
      const problem = (await refused.json()) as { readonly code: string; readonly hint: string };
      expect(problem.code).toBe("nothing-usable");
      expect(problem.hint).toMatch(/^EST-\d{3}: /);
    }
  });

  it("reads files, assesses, and shows what was saved since", async () => {
    const folder = await folderWith("web.yaml", deployment("web", 2));
    const url = await serve(folder);
    const first = await assessmentAt(url);
    expect(first.estate.workloads.map((workload) => workload.replicas.minimum)).toEqual([2]);
    expect(await assessmentAt(url)).toEqual(first);
    await writeFile(join(folder, "web.yaml"), deployment("web", 5));
    await writeFile(join(folder, "orders.yaml"), deployment("orders", 1));
    const second = await assessmentAt(url);
    expect(second.estate.workloads.map(({ label, replicas }) => `${label} ${replicas.minimum}`).sort()).toEqual([
      "orders 1",
      "web 5",
    ]);
    const sources = (await (await fetch(`${url}/api/sources`)).json()) as { readonly texts: Record<string, string> };
    expect(Object.values(sources.texts).sort()).toEqual([deployment("orders", 1), deployment("web", 5)].sort());
  });

  it("explains the figures of the report it showed", async () => {
    const url = await serve(await folderWith("web.yaml", deployment("web", 2)));
    const { cost } = await assessmentAt(url);
    const response = await fetch(`${url}/api/explain/${cost.monthly.id}`);
    expect(await response.json()).toEqual(cost.monthly);
  });

  it("assesses posted files as it does its own", async () => {
    const url = await serve();
    expect((await fetch(`${url}/api/assessment`)).status).toBe(404);
    const response = await fetch(`${url}/api/assess`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ texts: { "web.yaml": deployment("web", 3), "broken.yaml": "a: [" } }),
    });
    const posted = (await response.json()) as Assessment;
    expect(posted.estate.workloads).toHaveLength(1);
    expect(posted.diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toHaveLength(1);
  });
});
