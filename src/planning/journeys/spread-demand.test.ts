import { expect, test } from "vitest";
import type { Placement } from "../../scheduling/placement.ts";
import { crowdedWorkload, type SpreadDemand } from "./spread-demand.ts";

function placed(...nodes: readonly (readonly string[])[]): Placement {
  const room = { cpuMillicores: 0, memoryBytes: 0, pods: 0 };
  return {
    pools: [
      {
        cluster: "prod",
        pool: "general",
        vmSize: "Standard_D4s_v5",
        allocatable: room,
        overheadPerNode: room,
        nodes: nodes.map((workloads, index) => ({
          name: `prod/general/${index}`,
          zone: undefined,
          pods: workloads.map((workload, replica) => ({ workload, replica })),
          requested: room,
        })),
        nodeCount: { id: "n", label: "n", kind: "exact", unit: "nodes", value: nodes.length, reasons: [] } as never,
      },
    ],
    unplaced: [],
    assumptions: [],
  };
}

const demand: SpreadDemand = { tolerated: 1, nodes: 3, journeys: ["prod/shop/checkout"] };

test.each([
  { nodes: [["web"], ["web"], ["web"]], crowded: undefined },
  { nodes: [["web", "web"], ["web"], []], crowded: "web" },
  { nodes: [["api", "api", "web"], ["web"]], crowded: undefined },
])("a node may have as many pods as may be gone: $nodes", ({ nodes, crowded }) => {
  expect(crowdedWorkload(placed(...nodes), [["web", demand]])).toBe(crowded);
});
