import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Pods of a workload over a week: CPU in cores and memory in GiB between a quiet and a busy hour. */
interface Pattern {
  readonly namespace: string;
  readonly name: string;
  /** Pods that the file samples. */
  readonly pods: number;
  readonly cpu: readonly [quiet: number, busy: number];
  readonly memory: readonly [quiet: number, busy: number];
  /** Memory grows until the container is killed, over so many days. */
  readonly leakDays?: number;
}

const patterns: readonly Pattern[] = [
  { namespace: "accounts", name: "accounts-api", pods: 2, cpu: [0.06, 0.18], memory: [0.3, 0.36] },
  { namespace: "accounts", name: "sessions-db", pods: 1, cpu: [0.1, 0.35], memory: [2.1, 2.6] },
  { namespace: "agent-runner", name: "agent-gateway", pods: 2, cpu: [0.02, 0.06], memory: [0.09, 0.12] },
  { namespace: "agent-runner", name: "runner", pods: 2, cpu: [0.05, 0.9], memory: [0.7, 1.6] },
  { namespace: "carrier-labels", name: "labels-api", pods: 2, cpu: [0.03, 0.11], memory: [0.21, 0.27] },
  // The carrier that it polls has moved its interface; nobody noticed.
  { namespace: "carrier-labels", name: "tracking-poller", pods: 1, cpu: [0.001, 0.002], memory: [0.05, 0.06] },
  { namespace: "catalog", name: "catalog-api", pods: 2, cpu: [0.15, 0.42], memory: [0.41, 0.5] },
  { namespace: "catalog", name: "search", pods: 2, cpu: [0.4, 1.3], memory: [5.2, 6.1] },
  { namespace: "clickstream", name: "collector", pods: 2, cpu: [0.12, 0.3], memory: [0.2, 0.26] },
  { namespace: "clickstream", name: "enricher", pods: 2, cpu: [0.2, 0.45], memory: [1.1, 1.4] },
  { namespace: "inventory", name: "stock-api", pods: 2, cpu: [0.1, 0.3], memory: [0.25, 0.31] },
  { namespace: "inventory", name: "stock-events", pods: 1, cpu: [0.03, 0.07], memory: [0.11, 0.13] },
  { namespace: "ledger", name: "bank-statements", pods: 1, cpu: [0.02, 0.2], memory: [0.2, 0.33] },
  { namespace: "ledger", name: "ledger-api", pods: 2, cpu: [0.12, 0.35], memory: [0.5, 0.62] },
  { namespace: "loyalty", name: "loyalty-api", pods: 2, cpu: [0.02, 0.06], memory: [0.17, 0.2] },
  { namespace: "orders", name: "orders-api", pods: 2, cpu: [0.18, 0.62], memory: [0.5, 0.66] },
  { namespace: "orders", name: "payments", pods: 2, cpu: [0.05, 0.14], memory: [0.2, 0.25] },
  { namespace: "orders", name: "tax", pods: 1, cpu: [0.05, 0.2], memory: [0.9, 1.0], leakDays: 3 },
  { namespace: "storefront", name: "cart", pods: 2, cpu: [0.06, 0.2], memory: [0.12, 0.17] },
  { namespace: "storefront", name: "notifier", pods: 1, cpu: [0.02, 0.05], memory: [0.1, 0.13] },
  { namespace: "storefront", name: "recommendations", pods: 2, cpu: [0.2, 0.5], memory: [1.1, 1.35] },
  { namespace: "storefront", name: "web", pods: 2, cpu: [0.12, 0.4], memory: [0.22, 0.3] },
];

const start = Date.UTC(2026, 10, 9);
const stepSeconds = 5_400;
const steps = (7 * 86_400) / stepSeconds;
/** GiB at which `tax` is killed: its limit. */
const killedAt = 2;

/** A linear congruential generator: the same file on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How busy the shop is, 0 to 1: quiet at four in the morning, busiest in the evening, more at weekends. */
function busyness(seconds: number): number {
  const hour = (seconds / 3_600) % 24;
  const day = Math.floor(seconds / 86_400);
  const daily = (1 - Math.cos(((hour - 4) / 24) * 2 * Math.PI)) / 2;
  return Math.min(1, daily * (day >= 5 ? 1 : 0.85));
}

function rowsOf(pattern: Pattern, step: number, random: () => number): readonly string[] {
  const seconds = step * stepSeconds;
  const time = new Date(start + seconds * 1000).toISOString().replace(":00.000Z", "Z");
  const between = ([quiet, busy]: readonly [number, number]) => quiet + (busy - quiet) * busyness(seconds);
  return Array.from({ length: pattern.pods }, (_, pod) => {
    const cpu = between(pattern.cpu) * (0.85 + 0.3 * random());
    const calm = between(pattern.memory) * (0.97 + 0.06 * random());
    const cycle = pattern.leakDays === undefined ? 0 : (seconds / 86_400 / pattern.leakDays) % 1;
    const memory = pattern.leakDays === undefined ? calm : calm + (killedAt - 1.05) * cycle;
    const isKilled = pattern.leakDays !== undefined && step > 0 && cycle < stepSeconds / 86_400 / pattern.leakDays;
    return `${time},prod-weu,${pattern.namespace},${pattern.name}-${pod},${cpu.toFixed(3)},${memory.toFixed(3)},${isKilled ? 1 : ""}`;
  });
}

/** Writes a week of usage of nordwind's production cluster, made up by rule: the numbers mean nothing beyond the example. */
function writeUsage(): void {
  const random = randomNumbers(20_261_109);
  const rows = Array.from({ length: steps }, (_, step) => patterns.flatMap((pattern) => rowsOf(pattern, step, random)));
  const text = `time,cluster,namespace,pod,cpuCores,memoryGiB,oomKills\n${rows.flat().join("\n")}\n`;
  writeFileSync(join(import.meta.dirname, "../examples/nordwind/usage/prod-weu.csv"), text);
}

writeUsage();
