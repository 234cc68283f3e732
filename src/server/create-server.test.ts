import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactFigure } from "../estate/figures/figure.ts";
import type { Assessment } from "../operations/assessment/assessment.ts";
import { createServer, type ServerParts } from "./create-server.ts";
import type { ServedEstate } from "./served-estate.ts";

/** Only what the routes look at: the server passes reports on, it does not read them. */
function reportOf(name: string): Assessment {
  const monthly = exactFigure("cost/monthly/total", "bill", "EUR/month", 1_100, []);
  const report = {
    apiVersion: "scantling/v1alpha1",
    kind: "Assessment",
    estate: { name },
    cost: { monthly, lines: [] },
    availability: { journeys: [] },
    findings: [],
    structure: { clusters: [] },
  };
  return report as unknown as Assessment;
}

/** Reports that only say which they are. */
function reportsOf(): ServedEstate["reports"] {
  const reports = {
    audit: () => ({ kind: "Audit" }),
    tenancy: () => ({ kind: "Tenancy" }),
    kernel: () => ({ kind: "TenancyKernel" }),
    reachability: () => ({ kind: "Reachability" }),
  };
  return reports as unknown as ServedEstate["reports"];
}

function servedAs(name: string, texts: ReadonlyMap<string, string> = new Map()): ServedEstate {
  return { assessment: reportOf(name), texts, reports: reportsOf() };
}

function serverOf(parts: Partial<ServerParts> = {}) {
  const served = servedAs("nordwind", new Map([["estate.yaml", "kind: Estate"]]));
  return createServer({
    load: async () => served,
    assess: (texts) => reportOf([...texts.keys()].join()),
    version: "0.0.0",
    ...parts,
  });
}

function post(body: string, headers: { readonly [name: string]: string } = {}): RequestInit {
  return { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
}

describe("reading", () => {
  it("gives the assessment of the served estate", async () => {
    const response = await serverOf().request("/api/assessment");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ kind: "Assessment", estate: { name: "nordwind" } });
  });

  it("reads the files again on each call, but explains the report that was shown", async () => {
    let reads = 0;
    const app = serverOf({
      load: async () => {
        reads += 1;
        return servedAs(`reading ${reads}`);
      },
    });
    await app.request("/api/assessment");
    const second = await app.request("/api/assessment");
    expect(await second.json()).toMatchObject({ estate: { name: "reading 2" } });
    await app.request("/api/sources");
    await app.request("/api/explain/cost/monthly/total");
    expect(reads).toBe(2);
  });

  it("gives the reports of the reading that was shown", async () => {
    let reads = 0;
    const app = serverOf({
      load: async () => {
        reads += 1;
        return servedAs("nordwind");
      },
    });
    await app.request("/api/assessment");
    for (const [path, kind] of [
      ["/api/audit", "Audit"],
      ["/api/tenancy", "Tenancy"],
      ["/api/tenancy/kernel", "TenancyKernel"],
      ["/api/tenancy/reachability", "Reachability"],
    ] as const) {
      expect(await (await app.request(path)).json()).toEqual({ kind });
    }
    expect(reads).toBe(1);
    expect((await serverOf({ load: async () => undefined }).request("/api/audit")).status).toBe(404);
  });

  it("shares one reading among calls that come together, and reads again after a failed one", async () => {
    let reads = 0;
    const app = serverOf({
      load: async () => {
        reads += 1;
        if (reads === 1) throw new Error("the folder is gone");
        return servedAs("back");
      },
    });
    const [one, two] = await Promise.all([app.request("/api/assessment"), app.request("/api/assessment")]);
    expect([one.status, two.status, reads]).toEqual([500, 500, 1]);
    expect(await one.json()).toMatchObject({ code: "defect", title: "Scantling stopped: the folder is gone" });
    expect((await app.request("/api/assessment")).status).toBe(200);
  });

  it("gives the texts that were read", async () => {
    const response = await serverOf().request("/api/sources");
    expect(await response.json()).toEqual({ texts: { "estate.yaml": "kind: Estate" } });
  });

  it("explains a figure whose id holds slashes, written or escaped", async () => {
    for (const id of ["cost/monthly/total", "cost%2Fmonthly%2Ftotal"]) {
      const response = await serverOf().request(`/api/explain/${id}`);
      expect(await response.json()).toMatchObject({ id: "cost/monthly/total", result: { value: 1_100 } });
    }
  });

  it("names the nearest figures for an id that it does not have", async () => {
    const response = await serverOf().request("/api/explain/cost/month/total");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "unknown-figure", hint: "Did you mean cost/monthly/total?" });
  });

  it("says when no estate is served", async () => {
    const app = serverOf({ load: async () => undefined });
    for (const path of ["/api/assessment", "/api/sources", "/api/explain/x"]) {
      const response = await app.request(path);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      expect(await response.json()).toMatchObject({ code: "no-estate", status: 404 });
    }
  });
});

describe("assessing posted files", () => {
  it("hands them to the engines", async () => {
    const response = await serverOf().request("/api/assess", post('{"texts":{"a.yaml":"kind: Pod","b.yaml":""}}'));
    expect(await response.json()).toMatchObject({ estate: { name: "a.yaml,b.yaml" } });
  });

  it("says what is wrong with a body", async () => {
    const bodies = { "{": "It is not JSON.", "[]": "expected object", '{"texts":{"a":7}}': "at texts.a" };
    for (const [body, words] of Object.entries(bodies)) {
      const response = await serverOf().request("/api/assess", post(body));
      expect(response.status).toBe(400);
      const problem = (await response.json()) as { readonly code: string; readonly hint: string };
      expect(problem.code).toBe("body-invalid");
      expect(problem.hint).toContain(words);
    }
  });

  it("takes no body beyond the limit", async () => {
    const app = serverOf({ bodyLimitBytes: 64 });
    const body = JSON.stringify({ texts: { a: "x".repeat(100) } });
    const response = await app.request("/api/assess", post(body, { "content-length": String(body.length) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "body-too-large" });
  });
});

describe("who may call", () => {
  it("answers on loopback names only", async () => {
    for (const host of ["127.0.0.1:4610", "localhost:9", "[::1]:4610"]) {
      expect((await serverOf().request("/healthz", { headers: { host } })).status).toBe(200);
    }
    for (const host of [
      "evil.example:4610",
      "127.0.0.1.evil.example",
      "localhost.evil.example",
      "0.0.0.0:4610",
      "",
      "@",
    ]) {
      expect((await serverOf().request("/api/assessment", { headers: { host } })).status, host).toBe(421);
    }
  });

  it("refuses pages of other sites", async () => {
    const foreign = { origin: "https://evil.example" };
    expect((await serverOf().request("/api/assess", post("{}", foreign))).status).toBe(403);
    expect((await serverOf().request("/api/sources", { headers: { origin: "null" } })).status).toBe(403);
    expect((await serverOf().request("/api/sources", { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(
      403,
    );
    expect((await serverOf().request("/api/sources", { headers: { origin: "http://localhost:5173" } })).status).toBe(
      200,
    );
  });

  it("sets security headers on every answer, errors included", async () => {
    for (const path of ["/healthz", "/nothing", "/api/explain/nothing"]) {
      const { headers } = await serverOf().request(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
    }
  });
});

describe("the description", () => {
  it("has every address that the server answers", async () => {
    const app = serverOf();
    const description = (await (await app.request("/openapi.json")).json()) as {
      readonly openapi: string;
      readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } };
    };
    expect(description.openapi).toBe("3.1.0");
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const answered = app.routes
      .filter((route) => route.method !== "ALL" && route.path !== "/openapi.json")
      .map((route) => `${route.method} ${route.path.replace(":id{.+}", "{id}")}`);
    expect(described.sort()).toEqual([...new Set(answered)].sort());
  });
});

describe("the page", () => {
  let folder = "";
  let webRoot = "";
  afterAll(() => rm(folder, { recursive: true }));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "scantling-web-"));
    webRoot = join(folder, "dist");
    await mkdir(join(webRoot, "assets"), { recursive: true });
    await writeFile(join(webRoot, "index.html"), "<!doctype html><title>page</title>");
    await writeFile(join(webRoot, "assets", "index-1a2b.js"), "export {};");
    await writeFile(join(folder, "secret.js"), "outside");
    await writeFile(join(webRoot, ".hidden.js"), "hidden");
  });

  it("is served with its assets", async () => {
    const page = await serverOf({ webRoot }).request("/?lens=cost");
    expect(await page.text()).toContain("<title>page</title>");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const script = await serverOf({ webRoot }).request("/assets/index-1a2b.js");
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(script.headers.get("cache-control")).toContain("immutable");
  });

  it("serves nothing from outside of its folder, and nothing hidden", async () => {
    const app = serverOf({ webRoot });
    for (const path of [
      "/../secret.js",
      "/%2e%2e/secret.js",
      "/..%2fsecret.js",
      "/assets/%2e%2e/%2e%2e/secret.js",
      "/.hidden.js",
      "/%00.js",
      "/%ff.js",
    ]) {
      const response = await app.request(path);
      expect(response.status, path).toBe(404);
      expect(await response.json()).toMatchObject({ code: "not-found" });
    }
  });

  it("says how to build it when it is missing", async () => {
    const response = await serverOf({ webRoot: join(webRoot, "missing") }).request("/");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("npm run build:web");
  });
});
