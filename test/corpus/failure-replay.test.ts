import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type SimulateFailureOptions, simulateTraceFailure } from "../../src/operations/simulation/simulate-failure.ts";
import { FailureReplaySchema } from "../../src/operations/simulation/simulate-failure-schema.ts";
import { sharedFolder } from "./placed-files.ts";

function replay(options?: SimulateFailureOptions) {
  const [nodes, pods] = ["nodes.csv", "pods.csv"].map((source) => ({
    source,
    text: readFileSync(join(sharedFolder, "corpora/openb", source), "utf8"),
  }));
  if (nodes === undefined || pods === undefined) throw new Error("both tables are there");
  return simulateTraceFailure(nodes, pods, options);
}

test("every single node and zone of a cluster of 1,523 nodes", { timeout: 120_000 }, () => {
  const report = replay();
  expect(FailureReplaySchema.parse(report)).toEqual(report);
  const [cluster] = report.clusters;
  expect(cluster).toMatchObject({
    nodes: 1523,
    pods: 5193,
    pendingBefore: [],
    survived: [
      { kind: "zone", of: 3, without: 0 },
      { kind: "node", of: 1523, without: 1519 },
    ],
  });
  const failures = cluster?.failures ?? [];
  expect(failures.slice(0, 3).map(({ kind, name, displaced, pending }) => [kind, name, displaced, pending])).toEqual([
    ["zone", "2", 1747, 96],
    ["zone", "3", 1728, 27],
    ["zone", "1", 1718, 5],
  ]);
  for (const kind of ["zone", "node"]) {
    const ofKind = failures.filter((failure) => failure.kind === kind);
    expect(ofKind.reduce((sum, { displaced }) => sum + displaced, 0)).toBe(5193);
  }
  for (const { displaced, moved, pending, preempted } of failures) {
    expect([moved + pending, preempted]).toEqual([displaced, 0]);
  }
});

test("nodes that are lost together are one failure", { timeout: 60_000 }, () => {
  const nodes = ["openb-node-0000", "openb-node-0228"];
  const [cluster] = replay({ targets: { nodes, pools: [], zones: [] } }).clusters;
  expect(cluster?.failures).toMatchObject([{ kind: "set", nodesLost: 2 }]);
});
