import { array, constantFrom, integer, assert as law, option, property, record, boolean as truth } from "fast-check";
import { describe, expect, test } from "vitest";
import { explainUnschedulable } from "./explanation/explain-unschedulable.ts";
import { createScheduler, type KubeScheduler } from "./kube-scheduler.ts";
import type { ClusterPod } from "./model/cluster-pod.ts";
import { runQueue } from "./run-queue.ts";
import { schedulerVersion } from "./scheduler-version.ts";
import { addNodes, readPod } from "./testing/given-cluster-objects.ts";
import { type PlainNode, type PlainPlacement, type PlainPod, plainFeasible } from "./testing/plain-filters.ts";

const app = constantFrom("web", "db", "cache");
const within = constantFrom("zone" as const, "node" as const);
const term = option(record({ app, within }), { nil: undefined, freq: 2 });

const nodes = array(
  record({
    zone: constantFrom("z1", "z2", "z3"),
    cpu: integer({ min: 1, max: 4 }),
    taint: constantFrom("none", "spot"),
  }),
  { minLength: 1, maxLength: 6 },
).map((list) => list.map((node, index): PlainNode => ({ ...(node as PlainNode), name: `n${index}` })));

const pods = array(
  record({
    app,
    cpu: integer({ min: 0, max: 3 }),
    toleratesSpot: truth(),
    near: term,
    far: term,
    spread: option(record({ over: within, maxSkew: integer({ min: 1, max: 2 }) }), { nil: undefined, freq: 2 }),
  }),
  { minLength: 1, maxLength: 10 },
).map((list) => list.map((pod, index): PlainPod => ({ ...pod, name: `p${index}` })));

const topologyKeys = { zone: "topology.kubernetes.io/zone", node: "kubernetes.io/hostname" } as const;

function schedulerOf(worldNodes: readonly PlainNode[], minor = 34): KubeScheduler {
  const scheduler = createScheduler({ version: schedulerVersion(minor) });
  addNodes(
    scheduler,
    worldNodes.map(({ name, zone, cpu, taint }) => ({
      name,
      zone,
      cpu: String(cpu),
      taints: taint === "spot" ? [{ key: "spot", effect: "NoSchedule" }] : [],
    })),
  );
  return scheduler;
}

function podOf(scheduler: KubeScheduler, pod: PlainPod): ClusterPod {
  const required = (each: PlainPod["near"]) =>
    each === undefined
      ? {}
      : {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: topologyKeys[each.within], labelSelector: { matchLabels: { app: each.app } } },
          ],
        };
  return readPod(scheduler, {
    name: pod.name,
    labels: { app: pod.app },
    cpu: String(pod.cpu),
    spec: {
      tolerations: pod.toleratesSpot ? [{ key: "spot", operator: "Exists" }] : [],
      affinity: { podAffinity: required(pod.near), podAntiAffinity: required(pod.far) },
      topologySpreadConstraints:
        pod.spread === undefined
          ? []
          : [
              {
                topologyKey: topologyKeys[pod.spread.over],
                maxSkew: pod.spread.maxSkew,
                whenUnsatisfiable: "DoNotSchedule",
                labelSelector: { matchLabels: { app: pod.app } },
              },
            ],
    },
  });
}

function feasibleNodes(scheduler: KubeScheduler, pod: ClusterPod): readonly string[] {
  return Object.entries(scheduler.describe(pod).nodes).flatMap(([name, answer]) => ("fail" in answer ? [] : [name]));
}

describe("filters with kept counts", () => {
  test("agree with the rules written plainly, pod after pod, also after pods and nodes have gone", () => {
    law(
      property(nodes, pods, integer({ min: 0, max: 20 }), (worldNodes, worldPods, gone) => {
        const scheduler = schedulerOf(worldNodes);
        let left = worldNodes;
        let placed: readonly PlainPlacement[] = [];
        for (const [index, pod] of worldPods.entries()) {
          if (index === 4) {
            const victim = placed[gone % Math.max(1, placed.length)];
            if (victim !== undefined) scheduler.cluster.removePod(`shop/${victim.pod.name}`);
            placed = placed.filter((each) => each !== victim);
          }
          if (index === 6 && left.length > 1) {
            const node = left[gone % left.length];
            scheduler.cluster.removeNode(node?.name ?? "");
            left = left.filter((each) => each !== node);
            placed = placed.filter((each) => each.node !== node);
          }
          const given = podOf(scheduler, pod);
          expect(feasibleNodes(scheduler, given)).toEqual(plainFeasible(pod, left, placed));
          const decision = scheduler.schedule(given);
          const node = decision.kind === "scheduled" ? left.find(({ name }) => name === decision.node) : undefined;
          if (node !== undefined) placed = [...placed, { pod, node }];
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Everything that a scheduler answers to some probes. */
function answers(scheduler: KubeScheduler, probes: readonly ClusterPod[]): unknown {
  return probes.map((probe) => scheduler.describe(probe));
}

describe("laws", () => {
  test("a rolled back state answers as if nothing had happened", () => {
    law(
      property(nodes, pods, pods, (worldNodes, first, second) => {
        const scheduler = schedulerOf(worldNodes);
        for (const pod of first) scheduler.schedule(podOf(scheduler, pod));
        const probes = second.map((pod) => podOf(scheduler, { ...pod, name: `probe-${pod.name}` }));
        const before = answers(scheduler, probes);
        const checkpoint = scheduler.cluster.checkpoint();
        scheduler.cluster.removeNode("n0");
        addNodes(scheduler, [{ name: "other", zone: "z9" }]);
        for (const pod of probes) scheduler.schedule(pod);
        scheduler.cluster.removePod("shop/p1");
        scheduler.cluster.rollback(checkpoint);
        expect(answers(scheduler, probes)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });

  test("a state reached step by step answers as one that is built anew", () => {
    law(
      property(nodes, pods, pods, (worldNodes, first, probesOf) => {
        const scheduler = schedulerOf(worldNodes);
        for (const pod of [...first, ...first.map((each) => ({ ...each, name: `${each.name}-b` }))])
          scheduler.schedule(podOf(scheduler, pod));
        const anew = createScheduler();
        for (const node of scheduler.cluster.nodeList()) anew.cluster.addNode(node);
        for (const { pod, node } of scheduler.cluster.pods()) anew.cluster.addPod(pod, node);
        const probes = probesOf.map((pod) => podOf(scheduler, { ...pod, name: `probe-${pod.name}` }));
        expect(answers(anew, probes)).toEqual(answers(scheduler, probes));
      }),
      { numRuns: 150 },
    );
  });

  test("one more node never takes away a place, unless pods are to be spread", () => {
    law(
      property(nodes, pods, (worldNodes, worldPods) => {
        const scheduler = schedulerOf(worldNodes);
        for (const pod of worldPods) {
          const given = podOf(scheduler, { ...pod, spread: undefined });
          const before = feasibleNodes(scheduler, given);
          const checkpoint = scheduler.cluster.checkpoint();
          addNodes(scheduler, [{ name: "more", zone: "z1", cpu: "1" }]);
          const after = feasibleNodes(scheduler, given);
          scheduler.cluster.rollback(checkpoint);
          expect(after.filter((name) => name !== "more")).toEqual(before);
          scheduler.schedule(given);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("no node ever carries more than it may, in whatever order a queue settles", () => {
    law(
      property(nodes, pods, (worldNodes, worldPods) => {
        const scheduler = schedulerOf(worldNodes);
        const run = runQueue(
          scheduler,
          worldPods.map((pod) => podOf(scheduler, pod)),
        );
        expect(run.isComplete).toBe(true);
        expect(run.scheduled.length + run.pending.length).toBe(worldPods.length);
        for (const { name, cpu } of worldNodes) {
          const onNode = scheduler.cluster.pods().filter(({ node }) => node === name);
          const used = onNode.reduce((sum, { pod }) => sum + (pod.template.requests.real["cpu"] ?? 0), 0);
          expect(used).toBeLessThanOrEqual(cpu * 1000);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a pod is explained exactly when no node takes it, and lowering the request or adding the node named helps", () => {
    law(
      property(nodes, pods, (worldNodes, worldPods) => {
        const scheduler = schedulerOf(worldNodes);
        for (const plain of worldPods) {
          const pod = podOf(scheduler, plain);
          const explained = explainUnschedulable(scheduler, pod);
          expect(explained === undefined).toBe(scheduler.schedule(pod).kind === "scheduled");
          const [remedy, ...more] = explained?.changes[0]?.remedies ?? [];
          if (remedy === undefined || more.length > 0) continue;
          if (remedy.kind === "lowerRequest" && remedy.resource === "cpu") {
            const lower = podOf(scheduler, { ...plain, name: `${plain.name}-lower`, cpu: remedy.to / 1000 });
            expect(scheduler.choose(lower).kind).toBe("scheduled");
          }
          if (remedy.kind === "raiseMaxSkew" && plain.spread !== undefined) {
            const loose = podOf(scheduler, { ...plain, spread: { ...plain.spread, maxSkew: remedy.to } });
            expect(scheduler.choose(loose).kind).toBe("scheduled");
          }
          if (remedy.kind === "tolerate")
            expect(scheduler.choose(podOf(scheduler, { ...plain, toleratesSpot: true })).kind).toBe("scheduled");
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the same seed breaks ties alike, and always among the best", () => {
    law(
      property(nodes, pods, integer(), (worldNodes, worldPods, seed) => {
        const choices = [1, 2].map(() => {
          const scheduler = createScheduler({ tieBreak: { kind: "seeded", seed } });
          addNodes(
            scheduler,
            worldNodes.map(({ name, zone }) => ({ name, zone })),
          );
          return worldPods.map((pod) => {
            const { best } = scheduler.describe(podOf(scheduler, pod));
            const decision = scheduler.schedule(podOf(scheduler, pod));
            if (decision.kind === "scheduled") expect(best).toContain(decision.node);
            return decision;
          });
        });
        expect(choices[0]).toEqual(choices[1]);
      }),
      { numRuns: 50 },
    );
  });
});
