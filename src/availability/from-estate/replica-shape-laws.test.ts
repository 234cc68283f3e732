import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SpreadRule, Workload } from "../../estate/kubernetes/workload.ts";
import { givenSpread, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import {
  assessOne,
  exactUnavailability,
  givenApplication,
  givenPlacement,
  givenPoolPlacement,
  givenShop,
} from "../testing/given-journey.ts";

/** A small pool: the zone of each node, by number. */
interface SmallPool {
  readonly zones: readonly number[];
  readonly replicas: number;
  readonly needed: number;
  readonly spread: readonly SpreadRule[];
}

const zoneKey = "topology.kubernetes.io/zone";
const hostKey = "kubernetes.io/hostname";

const pools: fc.Arbitrary<SmallPool> = fc
  .record({
    nodesByZone: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }),
    replicas: fc.integer({ min: 1, max: 4 }),
    needed: fc.integer({ min: 1, max: 3 }),
    spread: fc.constantFrom<readonly SpreadRule[]>(
      [],
      [givenSpread(zoneKey, "required")],
      [givenSpread(hostKey, "required")],
      [givenSpread(zoneKey, "preferred")],
    ),
  })
  .map(({ nodesByZone, replicas, needed, spread }) => ({
    zones: nodesByZone.flatMap((nodes, zone) => Array.from({ length: nodes }, () => zone)),
    replicas,
    needed: Math.min(needed, replicas),
    spread,
  }));

/** Every way to seat the replicas, as replicas on each node. */
function seatings(nodes: number, replicas: number): readonly (readonly number[])[] {
  if (nodes === 1) return [[replicas]];
  return Array.from({ length: replicas + 1 }, (_, first) => first).flatMap((first) =>
    seatings(nodes - 1, replicas - first).map((rest) => [first, ...rest]),
  );
}

/** No two domains differ by more than one, as required spread constraints of skew one ask for. */
function isAllowed({ spread, zones }: SmallPool, seating: readonly number[]): boolean {
  return spread.every(({ strength, topologyKey }) => {
    if (strength !== "required") return true;
    const counts = new Map<number, number>();
    for (const [node, count] of seating.entries()) {
      const domain = topologyKey === zoneKey ? (zones[node] ?? 0) : node;
      counts.set(domain, (counts.get(domain) ?? 0) + count);
    }
    return Math.max(...counts.values()) - Math.min(...counts.values()) <= 1;
  });
}

function estateOf({ replicas, needed, spread }: SmallPool) {
  const web = givenWorkload({ name: "web", application: "shop", replicas, spread });
  const load = [{ profile: "LoadProfile/day", workload: "shop/Deployment/web", perReplica: 60 / needed }];
  return givenShop(
    {
      applications: [givenApplication({ load })],
      loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { shape: { base: 60 } } }],
    },
    web,
  );
}

function placementOf({ zones }: SmallPool, seating: readonly number[], web: Workload) {
  return givenPlacement(
    givenPoolPlacement(
      seating.map((count, node) => ({
        zone: String((zones[node] ?? 0) + 1),
        pods: Array.from({ length: count }, () => web),
      })),
    ),
  );
}

describe("the worst case", () => {
  test("is as bad as the worst of all placements that the constraints allow, tried one by one", () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const { estate, web } = estateOf(pool);
        const allowed = seatings(pool.zones.length, pool.replicas).filter((seating) => isAllowed(pool, seating));
        const values = allowed.map((seating) => exactUnavailability(estate, placementOf(pool, seating, web)));
        const worst = Math.max(...values);
        const [first] = allowed;
        fc.pre(first !== undefined);
        // Asked of any placement, the worst case is that of the constraints.
        const journey = assessOne(estate, placementOf(pool, first, web));
        const { result } = journey.worstCase?.unavailability ?? journey.unavailability;
        if (result.kind !== "exact") throw new Error("not exact");
        const claimed = Math.max(result.value, exactUnavailability(estate, placementOf(pool, first, web)));
        // Less than 0.005 minutes a month is not said.
        expect(claimed).toBeGreaterThanOrEqual(worst * (1 - 1e-9) - 0.005 / 43_830);
      }),
      { numRuns: 60 },
    );
  });
});

describe("where all replicas are needed", () => {
  test("the worst case is that they lie apart, and the words say so", () => {
    const pool: SmallPool = { zones: [0, 1, 2], replicas: 3, needed: 3, spread: [] };
    const { estate, web } = estateOf(pool);
    const together = assessOne(estate, placementOf(pool, [3, 0, 0], web));
    expect(together.worstCase?.words).toMatch(
      /^Deployment\/web needs nearly all of its replicas: if these lie on as many nodes and zones as they may, checkout is down /,
    );
    expect(assessOne(estate, placementOf(pool, [1, 1, 1], web)).worstCase).toBeUndefined();
  });
});
