import { availableParallelism, cpus, totalmem } from "node:os";
import type { BenchResult } from "./bench-result.ts";

/** Benches by name; each runs in turn, nothing beside it. */
const benches: { readonly [name: string]: () => Promise<{ run: () => Promise<BenchResult[]> | BenchResult[] }> } = {
  load: () => import("./load.bench.ts"),
  assess: () => import("./assess.bench.ts"),
  audit: () => import("./audit.bench.ts"),
  availability: () => import("./availability.bench.ts"),
  "fault-tree": () => import("./fault-tree.bench.ts"),
  schedule: () => import("./schedule.bench.ts"),
  packing: () => import("./packing.bench.ts"),
  plan: () => import("./plan.bench.ts"),
  "what-if": () => import("./what-if.bench.ts"),
  render: () => import("./render.bench.ts"),
  replay: () => import("./replay.bench.ts"),
  reachability: () => import("./reachability.bench.ts"),
  simulate: () => import("./simulate.bench.ts"),
  allocate: () => import("./allocate.bench.ts"),
  consistency: () => import("./consistency.bench.ts"),
};

const given = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const names = given.length > 0 ? given : Object.keys(benches);
const results: BenchResult[] = [];
for (const name of names) {
  const load = benches[name];
  if (load === undefined) {
    process.stderr.write(`No bench is called "${name}"; one of ${Object.keys(benches).join(", ")}.\n`);
    process.exit(2);
  }
  process.stderr.write(`bench ${name}\n`);
  results.push(...(await (await load()).run()));
}
const machine = {
  cores: availableParallelism(),
  model: cpus()[0]?.model,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
};
process.stdout.write(`${JSON.stringify({ machine, results }, undefined, 2)}\n`);
