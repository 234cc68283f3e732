import { describe, expect, test } from "vitest";
import { givenContainer, givenSpread } from "../../testing/given-estate.ts";
import { hostKey, place, podsOf, zoneKey } from "../../testing/given-placement.ts";

describe("keeping replicas apart", () => {
  test("replicas are spread over zones and nodes even when nobody asks for it", () => {
    const placement = place([
      { name: "big", cpu: 2000, memoryMiB: 2048, replicas: 3 },
      { name: "web", cpu: 100, memoryMiB: 100, replicas: 3 },
    ]);
    expect(new Set(podsOf(placement, "web").map(({ name }) => name)).size).toBe(3);
    expect(new Set(podsOf(placement, "web").map(({ zone }) => zone)).size).toBe(3);
  });

  test("required anti-affinity over hosts takes a node each", () => {
    const spread = [givenSpread(hostKey, "required", "podAntiAffinity")];
    const placement = place([{ name: "db", cpu: 100, memoryMiB: 100, replicas: 5, spread }]);
    expect(new Set(podsOf(placement, "db").map(({ name }) => name)).size).toBe(5);
  });

  test("required anti-affinity over zones allows one replica a zone", () => {
    const spread = [givenSpread(zoneKey, "required", "podAntiAffinity")];
    const { unplaced } = place([{ name: "db", cpu: 100, memoryMiB: 100, replicas: 4, spread }]);
    expect(unplaced).toEqual([
      {
        workload: "prod/main/shop/Deployment/db",
        pods: 1,
        reason: `1 pool (user): required anti-affinity over ${zoneKey}`,
      },
    ]);
  });

  test("DoNotSchedule over zones keeps the skew", () => {
    const spread = [givenSpread(zoneKey, "required")];
    const placement = place([{ name: "web", cpu: 1500, memoryMiB: 100, replicas: 7, spread }]);
    const zones = Map.groupBy(podsOf(placement, "web"), ({ zone }) => zone);
    const counts = [...zones.values()].map((nodes) => nodes.length);
    expect(counts.toSorted((left, right) => left - right)).toEqual([2, 2, 3]);
  });

  test("a host port keeps two replicas from one node", () => {
    const containers = [givenContainer("web", { ports: [{ containerPort: 80, hostPort: 8080 }] })];
    const placement = place([{ name: "web", cpu: 100, memoryMiB: 100, replicas: 3, containers }]);
    expect(new Set(podsOf(placement, "web").map(({ name }) => name)).size).toBe(3);
  });
});
