import fc from "fast-check";
import { expect, test } from "vitest";
import type { NodeCapacity } from "../../node-capacity.ts";
import { packShapes } from "../pack-shapes.ts";
import { nodeDimensions, nodeTypeForSize, sizeOfPod } from "./node-type-for-size.ts";
import { conflictsOverZones, spreadOverZones } from "./spread-over-zones.ts";

const capacity: NodeCapacity = {
  allocatable: { cpuMillicores: 3_860, memoryBytes: 12_000_000_000, pods: 30 },
  overhead: { cpuMillicores: 140, memoryBytes: 4_000_000_000 },
  gpus: 0,
  reasons: [],
};
const agent = { cpuMillicores: 100, memoryBytes: 200_000_000.5, gpus: 0 };
const zones = ["1", "2", "3"].map((zone) => ({ zone, nodeTypes: [`D4-${zone}`] }));

test("DaemonSets take their part of every node, rounded up, and a pod slot each", () => {
  const request = {
    name: "D4",
    capacity,
    daemonSets: [agent, agent],
    further: [4],
    hourlyPriceMicros: 230_000,
    limit: 9,
  };
  expect(nodeTypeForSize(request)).toEqual({
    name: "D4",
    capacity: [3_660, 11_599_999_998, 28, 0, 4],
    price: 230_000,
    limit: 9,
  });
  const huge = { ...agent, cpuMillicores: 4_000 };
  expect(nodeTypeForSize({ ...request, daemonSets: [huge] })).toBeUndefined();
});

test("zones hold alike many pods, and enough of them when any one zone is lost", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), fc.integer({ min: 2, max: 3 }), (quantity, needed, count) => {
      const shapes = spreadOverZones({ name: "web", size: [1], quantity }, zones.slice(0, count), {
        neededWithoutAnyZone: needed,
      });
      const held = (shapes ?? []).map((shape) => shape.quantity);
      const total = held.reduce((sum, pods) => sum + pods, 0);
      expect(held).toHaveLength(count);
      expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
      expect(total).toBeGreaterThanOrEqual(quantity);
      for (const pods of held) expect(total - pods).toBeGreaterThanOrEqual(needed);
    }),
  );
});

test("one zone survives the loss of none", () => {
  const shape = { name: "web", size: [1], quantity: 3 };
  expect(spreadOverZones(shape, zones.slice(0, 1), { neededWithoutAnyZone: 1 })).toBeUndefined();
  expect(spreadOverZones(shape, [], { neededWithoutAnyZone: 0 })).toEqual([shape]);
});

test("spread shapes are packed in their zones, conflicts kept", () => {
  const pod = { cpuMillicores: 900, memoryBytes: 1_000_000_000, gpus: 0 };
  const shapes = ["web", "db"].flatMap(
    (name) => spreadOverZones({ name, size: sizeOfPod(pod), quantity: 6 }, zones, { neededWithoutAnyZone: 4 }) ?? [],
  );
  const nodeTypes = zones.flatMap(({ nodeTypes: [name = ""] }) => {
    const type = nodeTypeForSize({ name, capacity, daemonSets: [agent], hourlyPriceMicros: 230_000 });
    return type === undefined ? [] : [type];
  });
  const result = packShapes({
    dimensions: nodeDimensions,
    nodeTypes,
    shapes,
    conflicts: conflictsOverZones([["web", "db"]], zones),
  });
  if ("invalid" in result) throw new Error("valid input");
  expect(result.plan.unplaced).toEqual([]);
  // Two webs or two databases a node, in each zone.
  expect(result.plan.nodes.map(({ nodeType, count, pods }) => [nodeType, count, pods])).toEqual(
    ["1", "2", "3"].flatMap((zone) =>
      ["web", "db"].map((name) => [`D4-${zone}`, 1, [{ shape: `${name}@${zone}`, count: 2 }]]),
    ),
  );
});
