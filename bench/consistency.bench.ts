import { playRun } from "../src/stateful/simulation/play-run.ts";
import { planRun } from "../src/stateful/simulation/scenario/run-plan.ts";
import { cosmos, scenarioWith } from "../src/stateful/testing/scenarios.ts";
import { type BenchResult, median } from "./bench-result.ts";

const levels = ["strong", "session", "eventual"] as const;
const rounds = 3;
const runsOfRound = 400;

/** Simulated events a second, by level: two regions of four replicas, clients that move. */
export function run(): BenchResult[] {
  return levels.map((level) => {
    const scenario = scenarioWith(cosmos(level), { movement: { moveShare: 0.3, keepsToken: true } });
    const rates = Array.from({ length: rounds }, (_, round) => {
      let events = 0;
      const start = performance.now();
      for (let seed = 0; seed < runsOfRound; seed++) {
        events += playRun(scenario, planRun(scenario, round * runsOfRound + seed)).hash.events;
      }
      return events / ((performance.now() - start) / 1000);
    });
    return {
      bench: "consistency",
      case: level,
      metric: "throughput",
      value: Math.round(median(rates)),
      unit: "events/s",
    };
  });
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(run(), undefined, 2)}\n`);
