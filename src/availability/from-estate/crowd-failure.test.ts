import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenWorkload } from "../../scheduling/testing/given-estate.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { FaultTreeSolver, topFrequency } from "../fault-tree/solver.ts";
import {
  assessOne,
  givenApplication,
  givenPlacement,
  givenPoolPlacement,
  givenShop,
} from "../testing/given-journey.ts";
import type { CrowdZone } from "./crowd.ts";
import { crowdLost, largeCrowdLost } from "./crowd-failure.ts";
import { type Exposure, fullExposure } from "./exposure.ts";
import { createFaultModel, type FaultModel } from "./fault-model.ts";
import { controlPlaneEvent } from "./infrastructure-events.ts";
import { podFailure } from "./pod-events.ts";
import { readWorkloadGroup } from "./workload-group.ts";

const behindBuffer: Exposure = { ...fullExposure, key: "beyond 2 min", bufferHours: 2 / 60 };

function solve({ book }: FaultModel, top: NodeId) {
  const solver = new FaultTreeSolver(book.tree);
  const compiled = solver.compile(top);
  const solution = solver.evaluate(compiled, book.unavailabilities());
  const without = solver.evaluate(compiled, book.unavailabilitiesWithoutCommonCause());
  if (solution.kind !== "exact" || without.kind !== "exact") throw new Error("expected an exact solution");
  return [solution.probability, without.probability, topFrequency(solution.birnbaum, book.frequencies())];
}

describe("pods counted by node", () => {
  test("fail exactly as pods listed one by one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.nat(),
        fc.constantFrom(1 / 60, 50, 400),
        fc.constantFrom(fullExposure, behindBuffer),
        (counts, pick, restartHours, exposure) => {
          const replicas = counts.flat().reduce((sum, count) => sum + count, 0);
          const tolerated = 1 + (pick % replicas);
          const web = givenWorkload({ name: "web", replicas: Math.max(2, replicas) });
          const failureModel = new Map([["pod-restart-time", { value: restartHours }]]);
          const { estate } = givenShop({ failureModel }, web);
          const model = createFaultModel(estate, givenPlacement(), defaultCatalog);
          const reading = readWorkloadGroup(model, web);
          if ("missing" in reading) throw new Error(reading.missing);
          const group = { ...reading.group, replicas };
          const place = (key: string) =>
            model.book.node(key, () => ({
              label: key,
              category: "node",
              unavailability: 0.03,
              repairHours: 2,
              frequencyPerHour: 0.015,
              clause: key,
              reasons: [],
            }));
          const zones = counts.map(
            (nodes, zone): CrowdZone => ({
              lost: place(`zone ${zone}`),
              nodes: nodes.map((count, node) => ({ lost: place(`node ${zone} ${node}`), count })),
            }),
          );
          const counted = solve(model, crowdLost(model, group, zones, tolerated, exposure));
          let pod = 0;
          const pods = zones.flatMap(({ lost, nodes }) =>
            nodes.flatMap((node) =>
              Array.from({ length: node.count }, () => {
                pod += 1;
                return model.book.tree.or([
                  lost,
                  node.lost,
                  podFailure(model, { ...group, replicas: 2 }, pod, exposure),
                ]);
              }),
            ),
          );
          const listed = solve(model, model.book.tree.atLeast(tolerated, pods));
          for (const [index, value] of listed.entries()) {
            expect(Math.abs((counted[index] ?? 0) - value)).toBeLessThanOrEqual(1e-9 * value);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("and nodes counted too fail exactly as nodes listed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.nat(),
        fc.constantFrom(1 / 60, 50),
        (counts, pick, restartHours) => {
          const replicas = counts.flat().reduce((sum, count) => sum + count, 0);
          const web = givenWorkload({ name: "web", replicas: Math.max(2, replicas) });
          const failureModel = new Map([
            ["pod-restart-time", { value: restartHours }],
            ["service-unavailability", { value: 0.1 }],
          ]);
          const model = createFaultModel(givenShop({ failureModel }, web).estate, givenPlacement(), defaultCatalog);
          const reading = readWorkloadGroup(model, web);
          if ("missing" in reading) throw new Error(reading.missing);
          const group = { ...reading.group, replicas };
          const { tree } = model.book;
          const place = (key: string, unavailability: number, frequencyPerHour: number) =>
            model.book.node(key, () => ({
              label: key,
              category: "node",
              unavailability,
              repairHours: 2,
              frequencyPerHour,
              clause: key,
              reasons: [],
            }));
          const controlPlane = controlPlaneEvent(model, "main");
          const lost = (key: string) =>
            tree.and([place(key, 0.03, 0.015), tree.or([place(`${key} window`, 0.3, 0.35), controlPlane])]);
          const zones = counts.map(
            (nodes, zone): CrowdZone => ({
              lost: lost(`zone ${zone}`),
              nodes: nodes.map((count, node) => ({ lost: lost(`node ${zone} ${node}`), count })),
            }),
          );
          const tolerated = 1 + (pick % replicas);
          const listed = solve(model, crowdLost(model, group, zones, tolerated, fullExposure));
          const counted = solve(model, largeCrowdLost(model, group, zones, tolerated));
          // The share of time exactly. Without common cause the contexts may come in another order, which is not followed;
          // the frequency stands on difference quotients.
          expect(Math.abs((counted[0] ?? 0) - (listed[0] ?? 0))).toBeLessThanOrEqual(1e-9 * (listed[0] ?? 0));
          expect(Math.abs((counted[1] ?? 0) - (listed[1] ?? 0))).toBeLessThanOrEqual(1e-2 * (listed[1] ?? 0));
          expect(Math.abs((counted[2] ?? 0) - (listed[2] ?? 0))).toBeLessThanOrEqual(1e-3 * (listed[2] ?? 0));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("one replica more than can be listed changes next to nothing, and no node is a single point of failure", () => {
    const [listed, counted] = [106, 107].map((replicas) => {
      const web = givenWorkload({ name: "web", application: "shop", replicas });
      const load = [{ profile: "LoadProfile/day", workload: "shop/Deployment/web", perReplica: 1 }];
      const { estate } = givenShop(
        {
          applications: [givenApplication({ load })],
          loadProfiles: [{ name: "day", unit: "requestsPerSecond", spec: { shape: { base: 70 } } }],
        },
        web,
      );
      const nodes = [0, 1, 2].map((index) => ({
        zone: String(index + 1),
        pods: Array.from({ length: Math.floor((replicas + 2 - index) / 3) }, () => web),
      }));
      return assessOne(estate, givenPlacement(givenPoolPlacement(nodes)));
    });
    const minutes = [listed, counted].map((journey) => {
      const result = journey?.downtimeMinutesPerMonth.result;
      return result?.kind === "exact" ? result.value : Number.NaN;
    });
    expect(minutes[0]).toBeCloseTo(minutes[1] ?? 0, 2);
    expect(minutes[1]).toBeLessThanOrEqual(minutes[0] ?? 0);
    const single = counted?.singlePointsOfFailure.flatMap(({ events }) => events) ?? [];
    expect(single.filter((id) => /^(node|zone|pod)\//.test(id))).toEqual([]);
  });
});
