import { describe, expect, test } from "vitest";
import { givenSpread } from "../../scheduling/testing/given-estate.ts";
import { evenShape, type ReplicaShape, shapeOf, worstShape } from "./replica-shape.ts";

const threeZones = ["1", "2", "3"].map((zone) => ({ zone, nodes: 2 }));
const zones = givenSpread("topology.kubernetes.io/zone", "required");
const hosts = givenSpread("kubernetes.io/hostname", "required", "podAntiAffinity");

function counts({ zones: shares }: ReplicaShape): readonly (readonly number[])[] {
  return shares.map(({ replicasByNode }) => replicasByNode);
}

describe("shapes of replicas", () => {
  test("even: zone by zone, then node by node", () => {
    expect(counts(evenShape(4, 1, threeZones))).toEqual([[1, 1], [1], [1]]);
    expect(counts(evenShape(1, 1, threeZones))).toEqual([[1]]);
    expect(counts(evenShape(3, 1, []))).toEqual([[3]]);
  });

  test.each([
    ["nothing required: one node", 4, [], [[4]]],
    ["zones within a skew of 1", 4, [zones], [[2], [1], [1]]],
    ["fewer replicas than zones", 2, [zones], [[1], [1]]],
    [
      "zones within a skew of 2",
      4,
      [givenSpread("topology.kubernetes.io/zone", "required", "topologySpreadConstraint", 2)],
      [[2], [2]],
    ],
    [
      "one a node: one zone until it is full",
      4,
      [hosts],
      [
        [1, 1],
        [1, 1],
      ],
    ],
    ["zones and nodes", 4, [zones, hosts], [[1, 1], [1], [1]]],
    ["preferred rules promise nothing", 4, [givenSpread("topology.kubernetes.io/zone", "preferred")], [[4]]],
  ])("worst, %s", (_, replicas, rules, expected) => {
    expect(counts(worstShape(replicas, 1, rules, threeZones))).toEqual(expected);
  });

  test("zones come in the order in which their loss weighs", () => {
    const spread = { zone: "1", replicasByNode: [1, 1], eligibleNodes: 2 };
    const heap = { zone: "2", replicasByNode: [3], eligibleNodes: 2 };
    expect(shapeOf([heap, spread], 1).zones.map(({ zone }) => zone)).toEqual(["1", "2"]);
    expect(shapeOf([spread, heap], 4).zones.map(({ zone }) => zone)).toEqual(["2", "1"]);
  });
});
