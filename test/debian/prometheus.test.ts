import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runScantling } from "../journeys/run-scantling.ts";

/** A real server of Debian's package `prometheus` on loopback, filled with generated series, is allocated from. */
let folder = "";
let server: ChildProcess | undefined;
let url = "";

const start = Date.UTC(2026, 10, 1) / 1000;
const hours = 6;
const scrapeSeconds = 60;
const gibibyte = 1024 ** 3;

const estate = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: measured}
spec: {currency: USD, environments: [{name: prod}]}
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: weu}
spec:
  region: westeurope
  environments: [prod]
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, count: 2}
    - {name: user, vmSize: Standard_D8s_v5, count: 2}
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: busy}
spec: {namespaces: [busy]}
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: calm}
spec: {namespaces: [calm]}
`;

const workload = (namespace: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, resources: {requests: {cpu: "1", memory: 1Gi}}}]}
---
`;

/** Cores of one pod: `busy` bursts to three cores every other hour, `calm` stays below its request. */
const coresAt = (namespace: string, second: number) =>
  namespace === "busy" ? (Math.floor(second / 3_600) % 2 === 1 ? 3 : 0.5) : 0.2;
const memoryOf = (namespace: string) => (namespace === "busy" ? 2 : 0.5) * gibibyte;

/** Two pods of each namespace as cAdvisor and kube-state-metrics show them, each scraped by two replicas. */
function openMetrics(): string {
  const [cpu, memory, pods, sets]: [string[], string[], string[], string[]] = [[], [], [], []];
  const [restarts, reasons]: [string[], string[]] = [[], []];
  for (const namespace of ["busy", "calm"]) {
    for (const replica of ["a", "b"]) {
      const copy = `prometheus_replica="${replica}"`;
      for (const name of ["one", "two"]) {
        const pod = `namespace="${namespace}",pod="web-6d4-${name}",${copy}`;
        let used = 0;
        for (let second = 0; second <= hours * 3_600; second += scrapeSeconds) {
          const at = start + second;
          for (const container of ["web", ""]) {
            cpu.push(`container_cpu_usage_seconds_total{${pod},container="${container}"} ${used} ${at}`);
            memory.push(
              `container_memory_working_set_bytes{${pod},container="${container}"} ${memoryOf(namespace)} ${at}`,
            );
          }
          // Memory kills each container of busy twice: at two and at four hours.
          const kills = namespace === "busy" ? Math.floor(second / 7_200) - Math.floor(second / 21_600) : 0;
          restarts.push(`kube_pod_container_status_restarts_total{${pod},container="web"} ${kills} ${at}`);
          if (kills > 0)
            reasons.push(
              `kube_pod_container_status_last_terminated_reason{${pod},container="web",reason="OOMKilled"} 1 ${at}`,
            );
          pods.push(
            `kube_pod_owner{${pod},owner_kind="ReplicaSet",owner_name="web-6d4",owner_is_controller="true"} 1 ${at}`,
          );
          used += coresAt(namespace, second) * scrapeSeconds;
        }
      }
      for (let second = 0; second <= hours * 3_600; second += scrapeSeconds)
        sets.push(
          `kube_replicaset_owner{namespace="${namespace}",replicaset="web-6d4",${copy},owner_kind="Deployment",owner_name="web"} 1 ${start + second}`,
        );
    }
  }
  const typed = (name: string, type: string, lines: readonly string[]) => [
    `# TYPE ${name} ${type}`,
    ...bySeries(lines),
  ];
  return [
    ...typed("container_cpu_usage_seconds", "counter", cpu),
    ...typed("container_memory_working_set_bytes", "gauge", memory),
    ...typed("kube_pod_owner", "gauge", pods),
    ...typed("kube_replicaset_owner", "gauge", sets),
    ...typed("kube_pod_container_status_restarts", "counter", restarts),
    ...typed("kube_pod_container_status_last_terminated_reason", "gauge", reasons),
    "# EOF\n",
  ].join("\n");
}

/** OpenMetrics wants the points of a series together. */
function bySeries(lines: readonly string[]): readonly string[] {
  return [...Map.groupBy(lines, (line) => line.split("}")[0]).values()].flat();
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function ready(address: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isReady = await fetch(`${address}/-/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("Prometheus did not get ready");
}

beforeAll(async () => {
  const found = spawnSync("prometheus", ["--version"]).status;
  expect(found, "Debian's package prometheus is needed: apt-get install prometheus").toBe(0);
  folder = mkdtempSync(join(tmpdir(), "scantling-prometheus-"));
  mkdirSync(join(folder, "estate"));
  writeFileSync(join(folder, "estate/estate.yaml"), estate);
  writeFileSync(join(folder, "estate/web.yaml"), workload("busy") + workload("calm"));
  writeFileSync(join(folder, "series.txt"), openMetrics());
  writeFileSync(join(folder, "prometheus.yaml"), "global: {scrape_interval: 1m}\n");
  const data = join(folder, "data");
  execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", "-q", join(folder, "series.txt"), data]);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = spawn(
    "prometheus",
    [
      `--config.file=${join(folder, "prometheus.yaml")}`,
      `--storage.tsdb.path=${data}`,
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=127.0.0.1:${port}`,
      "--query.max-samples=20000",
    ],
    { stdio: "ignore" },
  );
  await ready(url);
});

afterAll(async () => {
  if (server !== undefined && server.exitCode === null) {
    const exited = new Promise((resolve) => server?.once("exit", resolve));
    server.kill();
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Allocation {
  readonly method: string;
  readonly usage: { readonly steps: number; readonly samples: number; readonly from: string; readonly to: string };
  readonly rows: readonly {
    readonly part: string;
    readonly name?: string;
    readonly own: number;
    readonly total: number;
  }[];
  readonly total: { readonly result: { readonly value: number } };
  readonly diagnostics: readonly { readonly code: string }[];
}

const window = ["--from", "2026-11-01T00:00:00Z", "--to", "2026-11-01T06:00:00Z"];

function allocate(...options: readonly string[]): Allocation {
  const run = runScantling([
    "cost",
    "allocate",
    join(folder, "estate"),
    "--today",
    "2026-11-22",
    "-o",
    "json",
    "--quiet",
    ...options,
  ]);
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(run.stdout) as Allocation;
}

const own = ({ rows }: Allocation, tenant: string) => rows.find(({ name }) => name === tenant)?.own ?? Number.NaN;

describe("scantling cost allocate --prometheus", () => {
  test("charges bursts at their step, as a file of the same usage does, and loses no cent", () => {
    const measured = allocate("--prometheus", url, ...window, "--step", "300");
    expect(measured.method).toBe("max(request, usage)");
    expect(measured.usage).toMatchObject({ steps: 72, samples: 4 * 72, from: "2026-11-01T00:00:00Z" });
    expect(measured.diagnostics).toEqual([]);
    const file = join(folder, "usage.csv");
    const lines = ["time,namespace,pod,cpuCores,memoryGiB"];
    for (let second = 0; second < hours * 3_600; second += 300)
      for (const namespace of ["busy", "calm"])
        for (const pod of ["one", "two"]) {
          const cores = coresAt(namespace, second);
          lines.push(`${start + second},${namespace},web-6d4-${pod},${cores},${memoryOf(namespace) / gibibyte}`);
        }
    writeFileSync(file, `${lines.join("\n")}\n`);
    const expected = allocate("--usage", file);
    for (const tenant of ["busy", "calm"]) {
      // A rate over five minutes sees the edges of a burst a scrape late.
      expect(own(measured, tenant) / own(expected, tenant)).toBeCloseTo(1, 2);
    }
    const byRequests = allocate();
    expect(own(measured, "busy")).toBeGreaterThan(own(byRequests, "busy") * 1.3);
    expect(own(measured, "calm")).toBeCloseTo(own(byRequests, "calm"), 2);
    const cents = measured.rows.reduce((sum, { total }) => sum + Math.round(total * 100), 0);
    expect(cents).toBe(Math.round(measured.total.result.value * 100));
  });

  test("asks in pieces where the server takes only so many samples at once", () => {
    const measured = allocate("--prometheus", url, ...window, "--step", "60");
    expect(measured.usage).toMatchObject({ steps: 360, samples: 4 * 360 });
  });

  test("an empty window is said in one sentence with a hint, exit 2", () => {
    const run = runScantling([
      "cost",
      "allocate",
      join(folder, "estate"),
      "--prometheus",
      url,
      "--from",
      "2025-01-01",
      "--to",
      "2025-01-02",
      "--quiet",
    ]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+ has neither container_cpu_usage_seconds_total nor .*\n {2}hint: /,
    );
  });

  test("a server that is not there is said in one sentence with a hint, exit 3", async () => {
    const gone = `http://127.0.0.1:${await freePort()}`;
    const run = runScantling(["cost", "allocate", join(folder, "estate"), "--prometheus", gone, ...window, "--quiet"]);
    expect(run).toMatchObject({ code: 3, stdout: "" });
    expect(run.stderr).toMatch(/cannot be reached: .*ECONNREFUSED.* \(4 tries\)\.\n {2}hint: /);
  });
});

test("scantling cost rightsize --prometheus sees what memory killed", () => {
  const run = runScantling([
    "cost",
    "rightsize",
    join(folder, "estate"),
    "--today",
    "2026-11-22",
    "--prometheus",
    url,
    ...window,
    "-o",
    "json",
    "--quiet",
  ]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  // Two pods were killed twice each; both scraping replicas saw it.
  expect(run.stdout).toContain("killed for want of memory 4 times");
  expect(run.stdout).toContain('"because": "oomKill"');
});
