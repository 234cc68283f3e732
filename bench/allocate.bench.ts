import { readUsage } from "../src/finops/usage/read-usage.ts";
import { createUsageMeter } from "../src/finops/usage/usage-meter.ts";
import { countUsageProblems } from "../src/finops/usage/usage-problems.ts";
import type { UsageSample } from "../src/finops/usage/usage-sample.ts";
import type { UsageTargets } from "../src/finops/usage/usage-targets.ts";
import type { BenchResult } from "./bench-result.ts";

const podsPerWorkload = 10;
const podsPerNode = 40;
const namespaces = 50;
const hourSeconds = 3_600;
const chunkLength = 65_536;
/** A month of 30 days; more pod-hours are more pods. */
const hours = 720;

/** Pod-hours allocated by max(request, usage) at every hour, from samples and from the text of a CSV file. */
export async function run(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const podHours of [100_000, 1_000_000, 10_000_000]) {
    const pods = Math.round(podHours / hours);
    results.push(...(await measure(`${podHours} pod-hours`, pods, samplesOf(pods))));
  }
  const pods = Math.round(10_000_000 / hours);
  const problems = countUsageProblems();
  results.push(...(await measure("10000000 pod-hours, CSV text", pods, readUsage(textOf(pods), problems))));
  return results;
}

async function measure(
  name: string,
  pods: number,
  batches: AsyncIterable<readonly UsageSample[]>,
): Promise<BenchResult[]> {
  const problems = countUsageProblems();
  const meter = createUsageMeter(targetsOf(pods), problems);
  const result = (metric: string, value: number, unit: string): BenchResult => ({
    bench: "allocate",
    case: name,
    metric,
    value,
    unit,
  });
  const before = process.memoryUsage().rss;
  let peak = before;
  let seen = 0;
  const start = performance.now();
  for await (const batch of batches) {
    meter.add(batch);
    seen += batch.length;
    if (seen % 409_600 < batch.length) peak = Math.max(peak, process.memoryUsage().rss);
  }
  const usage = meter.finish();
  const seconds = (performance.now() - start) / 1000;
  if (usage.samples !== seen) throw new Error(`${seen - usage.samples} samples did not count`);
  return [
    result("time", Number(seconds.toFixed(2)), "s"),
    result("throughput", Math.round(seen / seconds), "pod-hours/s"),
    result("memory above start", Math.max(0, Math.round((peak - before) / 2 ** 20)), "MiB"),
    result("steps", usage.steps, "hours"),
  ];
}

function targetsOf(pods: number): UsageTargets {
  const nodes = Math.ceil(pods / podsPerNode);
  const node = { cpuMillicores: 16_000, memoryBytes: 64 * 2 ** 30 };
  const count = Math.ceil(pods / podsPerWorkload);
  return {
    pools: [
      {
        key: "main/user",
        node,
        total: { cpuMillicores: node.cpuMillicores * nodes, memoryBytes: node.memoryBytes * nodes },
        fixed: { cpuMillicores: 500 * nodes, memoryBytes: 4 * 2 ** 30 * nodes },
      },
    ],
    workloads: Array.from({ length: count }, (_, index) => ({
      id: `prod/main/${namespaceOf(index)}/Deployment/app-${index}`,
      environment: "prod",
      cluster: "main",
      namespace: namespaceOf(index),
      kind: "Deployment",
      name: `app-${index}`,
      request: { cpuMillicores: 250, memoryBytes: 2 ** 30 },
      pools: [{ pool: 0, pods: podsPerWorkload }],
    })),
  };
}

function namespaceOf(workload: number): string {
  return `team-${workload % namespaces}`;
}

/** Every pod once an hour; usage wanders around the request. */
async function* samplesOf(pods: number): AsyncGenerator<readonly UsageSample[]> {
  const names = Array.from({ length: pods }, (_, pod) => podOf(pod));
  for (let hour = 0; hour < hours; hour += 1) {
    yield names.map(({ namespace, pod }, index) => ({
      time: hour * hourSeconds,
      namespace,
      pod,
      workload: undefined,
      cluster: undefined,
      environment: undefined,
      cpuCores: usageOf(index, hour) / 1000,
      memoryGiB: usageOf(hour, index) / 300,
    }));
  }
}

/** The same as text in chunks as a file gives them; the text of an hour is that of another one with its own time. */
async function* textOf(pods: number): AsyncGenerator<string> {
  const hour = Array.from({ length: pods }, (_, index) => {
    const { namespace, pod } = podOf(index);
    return `@,${namespace},${pod},0.${usageOf(index, 1)},1.${usageOf(1, index)}\n`;
  }).join("");
  yield "time,namespace,pod,cpuCores,memoryGiB\n";
  for (let index = 0; index < hours; index += 1) {
    const text = hour.replaceAll("@", new Date(index * hourSeconds * 1000).toISOString());
    for (let offset = 0; offset < text.length; offset += chunkLength) yield text.slice(offset, offset + chunkLength);
  }
}

function podOf(index: number): { readonly namespace: string; readonly pod: string } {
  const workload = Math.floor(index / podsPerWorkload);
  return { namespace: namespaceOf(workload), pod: `app-${workload}-6d4cf56db6-${(index % podsPerWorkload) + 10_000}` };
}

/** From 100 to 399: below and above the request. */
function usageOf(one: number, other: number): number {
  return 100 + ((one * 31 + other * 17) % 300);
}
