import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readUsage } from "./read-usage.ts";
import { createUsageMeter } from "./usage-meter.ts";
import { countUsageProblems } from "./usage-problems.ts";
import type { UsageTargets } from "./usage-targets.ts";

const GiB = 1024 ** 3;

/** Two workloads on one pool of two nodes of 4 cores and 16 GiB, 1 core and 2 GiB of which are taken. */
const targets: UsageTargets = {
  pools: [
    {
      key: "main/user",
      node: { cpuMillicores: 4000, memoryBytes: 16 * GiB },
      total: { cpuMillicores: 8000, memoryBytes: 32 * GiB },
      fixed: { cpuMillicores: 1000, memoryBytes: 2 * GiB },
    },
  ],
  workloads: ["web", "web-admin"].map((name) => ({
    id: `prod/main/shop/Deployment/${name}`,
    environment: "prod",
    cluster: "main",
    namespace: "shop",
    kind: "Deployment",
    name,
    request: { cpuMillicores: 500, memoryBytes: GiB },
    pools: [{ pool: 0, pods: 2 }],
  })),
};

async function meter(text: string, chunk = 7, step?: number) {
  const problems = countUsageProblems();
  const usage = createUsageMeter(targets, problems, step === undefined ? {} : { stepSeconds: step });
  async function* chunks() {
    for (let offset = 0; offset < text.length; offset += chunk) yield text.slice(offset, offset + chunk);
  }
  for await (const batch of readUsage(chunks(), problems)) usage.add(batch);
  const metered = usage.finish();
  const of = (name: string) => metered.charged.get("main/user")?.get(`prod/main/shop/Deployment/${name}`);
  return { metered, problems, of, codes: problems.diagnostics("usage.csv", metered.samples).map(({ code }) => code) };
}

const header = "time,namespace,pod,cpuCores,memoryGiB\n";
const csv = (...lines: string[]) => header + lines.map((line) => `${line}\n`).join("");

describe("a usage meter", () => {
  test("charges the larger of request and usage at each step, not of their means", async () => {
    const { of, metered } = await meter(csv("0,shop,web-1-a,2.5,0.5", "60,shop,web-1-a,0.1,3"));
    // CPU 2.5 + 0.5 then 0.5 + 0.5; memory 1 + 1 then 3 + 1 GiB.
    expect(of("web")).toEqual({ cpuMillicores: 2000, memoryBytes: 3 * GiB });
    expect(of("web-admin")).toEqual({ cpuMillicores: 1000, memoryBytes: 2 * GiB });
    expect(metered).toMatchObject({ steps: 2, samples: 2, stepSeconds: 60, window: { start: 0, end: 120 } });
  });

  test("takes the longest name that a pod's name begins with", async () => {
    const { of } = await meter(csv("0,shop,web-admin-7d-x,1.5,1"));
    expect(of("web-admin")?.cpuMillicores).toBe(2000);
    expect(of("web")?.cpuMillicores).toBe(1000);
  });

  test("counts pods beyond the declared ones, and a workload as a whole", async () => {
    const scaledOut = await meter(csv(...["a", "b", "c"].map((pod) => `0,shop,web-${pod},0.1,0.1`)));
    expect(scaledOut.of("web")).toEqual({ cpuMillicores: 1500, memoryBytes: 3 * GiB });
    const whole = await meter(
      '{"time":"2026-11-01T00:00:00Z","namespace":"shop","workload":"Deployment/web","cpuCores":3}\n',
    );
    expect(whole.of("web")?.cpuMillicores).toBe(3000);
  });

  test("scales down to what the pool has", async () => {
    const { of, codes } = await meter(csv("0,shop,web-a,4,1", "0,shop,web-b,4,1"));
    // 8 + 1 cores are asked of the 7 that are left.
    expect((of("web")?.cpuMillicores ?? 0) + (of("web-admin")?.cpuMillicores ?? 0)).toBeCloseTo(7000, 6);
    expect(of("web")?.cpuMillicores).toBeCloseTo((8 / 9) * 7000, 6);
    expect(codes).toContain("EST-761");
  });

  test.each([
    ["NaN", ["0,shop,web-a,NaN,1"], "EST-754"],
    ["negative", ["0,shop,web-a,-1,1"], "EST-755"],
    ["above the node", ["0,shop,web-a,400,1"], "EST-756"],
    ["twice", ["0,shop,web-a,1,1", "0,shop,web-a,2,1"], "EST-757"],
    ["out of order", ["60,shop,web-a,1,1", "0,shop,web-a,1,1"], "EST-758"],
    ["a gap", ["0,shop,web-a,1,1", "60,shop,web-a,1,1", "240,shop,web-a,1,1"], "EST-759"],
    ["nobody's", ["0,shop,ghost-1,1,1"], "EST-760"],
    ["a short line", ["0,shop,web-a,1"], "EST-753"],
    ["no time", ["yesterday,shop,web-a,1,1"], "EST-753"],
  ])("a sample that is %s is counted and diagnosed", async (_what, lines, code) => {
    const { codes, of } = await meter(csv(...lines));
    expect(codes).toContain(code);
    expect(of("web-admin")?.cpuMillicores ?? 1000).toBe(1000);
  });

  test("a bad value of one resource leaves the other", async () => {
    const { of, problems } = await meter(csv("0,shop,web-a,NaN,3"));
    expect(of("web")).toEqual({ cpuMillicores: 1000, memoryBytes: 4 * GiB });
    expect(problems.counts().notANumber).toBe(1);
  });

  test("nothing usable is said", async () => {
    expect((await meter("")).codes).toEqual(["EST-762"]);
    expect((await meter("when,who\n1,2\n")).codes).toEqual(["EST-753", "EST-762"]);
  });

  test("a gap costs what is requested", async () => {
    const { of } = await meter(csv("0,shop,web-a,2.5,1", "180,shop,web-a,2.5,1"), 7, 60);
    // 3 cores at two steps, 1 core at the two between.
    expect(of("web")?.cpuMillicores).toBe(2000);
  });
});

test("any usage charges at least the requests that fit and never more than the pool has", () => {
  return fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 5 }),
          fc.constantFrom("web-a", "web-b", "web-c", "web-admin-a", "ghost"),
          fc.oneof(fc.double({ min: -1, max: 5 }), fc.constant(Number.NaN)),
          fc.double({ min: -1, max: 20, noNaN: true }),
        ),
        { maxLength: 30 },
      ),
      fc.integer({ min: 1, max: 50 }),
      async (samples, chunk) => {
        const sorted = samples.toSorted((left, right) => left[0] - right[0]);
        const text = csv(...sorted.map(([step, pod, cpu, memory]) => `${step * 60},shop,${pod},${cpu},${memory}`));
        const { of, metered } = await meter(text, chunk, 60);
        if (metered.steps === 0) return;
        const sum = (resource: "cpuMillicores" | "memoryBytes") =>
          (of("web")?.[resource] ?? 0) + (of("web-admin")?.[resource] ?? 0);
        expect(sum("cpuMillicores")).toBeLessThanOrEqual(7000 + 1e-6);
        expect(sum("memoryBytes")).toBeLessThanOrEqual(30 * GiB + 1);
        expect(sum("cpuMillicores")).toBeGreaterThanOrEqual(2000 - 1e-6);
      },
    ),
    { numRuns: 60 },
  );
});
