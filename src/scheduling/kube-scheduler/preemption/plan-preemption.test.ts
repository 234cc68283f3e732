import { describe, expect, test } from "vitest";
import { createScheduler, type KubeScheduler } from "../kube-scheduler.ts";
import { runQueue } from "../run-queue.ts";
import { addNodes, type GivenPod, readPod } from "../testing/given-cluster-objects.ts";

function pod(name: string, priority: number, cpu: string, more: Partial<GivenPod> = {}): GivenPod {
  return { name, cpu, ...more, spec: { priority, ...more.spec } };
}

function cluster(placed: readonly (readonly [GivenPod, string])[], budgets: readonly string[] = []): KubeScheduler {
  const scheduler = createScheduler({
    context: {
      services: [],
      controllers: new Map(),
      namespaceLabels: new Map(),
      disruptionLimits: budgets.map((app) => ({
        namespace: "shop",
        selector: { requirements: [{ key: "app", operator: "In", values: [app] }] },
        disruptionsAllowed: 0,
      })),
    },
  });
  addNodes(scheduler, [
    { name: "a", cpu: "2" },
    { name: "b", cpu: "2" },
  ]);
  for (const [given, node] of placed) scheduler.cluster.addPod(readPod(scheduler, given), node);
  return scheduler;
}

function preempted(scheduler: KubeScheduler, given: GivenPod) {
  return scheduler.preempt(readPod(scheduler, given));
}

describe("preemption", () => {
  test("drives out as few as it takes, and puts the more important back first", () => {
    const scheduler = cluster([
      [pod("low", 1, "500m"), "a"],
      [pod("mid", 2, "500m"), "a"],
      [pod("high", 9, "1"), "a"],
      [pod("full", 50, "2"), "b"],
    ]);
    expect(preempted(scheduler, pod("new", 10, "500m"))).toEqual({
      node: "a",
      victims: ["shop/low"],
      budgetViolations: 0,
    });
    expect(preempted(scheduler, pod("larger", 10, "1"))?.victims).toEqual(["shop/mid", "shop/low"]);
  });

  test("leaves the state as it was", () => {
    const scheduler = cluster([
      [pod("low", 1, "2"), "a"],
      [pod("other", 1, "2"), "b"],
    ]);
    const before = scheduler.describe(readPod(scheduler, pod("probe", 0, "1")));
    preempted(scheduler, pod("new", 10, "1"));
    expect(scheduler.describe(readPod(scheduler, pod("probe", 0, "1")))).toEqual(before);
    expect(scheduler.cluster.nodeOf("shop/low")).toBe("a");
  });

  test("prefers a node where no disruption budget is broken, then the lower top priority", () => {
    const guarded = { labels: { app: "db" } };
    expect(
      preempted(
        cluster(
          [
            [pod("db", 1, "2", guarded), "a"],
            [pod("web", 5, "2"), "b"],
          ],
          ["db"],
        ),
        pod("new", 10, "1"),
      )?.node,
    ).toBe("b");
    expect(
      preempted(
        cluster([
          [pod("x", 5, "2"), "a"],
          [pod("y", 1, "2"), "b"],
        ]),
        pod("new", 10, "1"),
      )?.node,
    ).toBe("b");
    expect(
      preempted(
        cluster(
          [
            [pod("db", 1, "2", guarded), "a"],
            [pod("full", 50, "2"), "b"],
          ],
          ["db"],
        ),
        pod("new", 10, "1"),
      ),
    ).toEqual({ node: "a", victims: ["shop/db"], budgetViolations: 1 });
  });

  test("among equals drives out what started last", () => {
    const started = (name: string, startTime: string) => pod(name, 1, "2", { startTime });
    const scheduler = cluster([
      [started("old", "2026-01-01T00:00:00Z"), "a"],
      [started("young", "2026-02-01T00:00:00Z"), "b"],
    ]);
    expect(preempted(scheduler, pod("new", 10, "1"))?.node).toBe("b");
  });

  test("is not tried by pods that never preempt, against equals, or where removal cannot help", () => {
    const scheduler = cluster([
      [pod("low", 1, "2"), "a"],
      [pod("same", 1, "2"), "b"],
    ]);
    expect(preempted(scheduler, pod("meek", 10, "1", { spec: { preemptionPolicy: "Never" } }))).toBeUndefined();
    expect(preempted(scheduler, pod("equal", 1, "1"))).toBeUndefined();
    expect(preempted(scheduler, pod("lost", 10, "1", { spec: { nodeSelector: { disk: "ssd" } } }))).toBeUndefined();
    expect(preempted(scheduler, pod("giant", 10, "3"))).toBeUndefined();
  });

  test("a queue settles by priority, and what was driven out waits", () => {
    const scheduler = cluster([]);
    const given = [pod("low1", 1, "2"), pod("low2", 1, "2"), pod("top", 9, "2")].map((each) =>
      readPod(scheduler, each),
    );
    const first = runQueue(scheduler, given.slice(0, 2));
    expect(first.scheduled).toHaveLength(2);
    const second = runQueue(scheduler, given.slice(2));
    expect(second.preempted).toEqual([{ pod: "shop/low1", from: "a", by: "shop/top" }]);
    expect(second.pending.map(({ id }) => id)).toEqual(["shop/low1"]);
    expect(scheduler.cluster.nodeOf("shop/top")).toBe("a");
  });
});
