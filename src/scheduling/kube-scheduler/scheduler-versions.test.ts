import { describe, expect, test } from "vitest";
import { createScheduler, type KubeScheduler } from "./kube-scheduler.ts";
import { defaultProfile, type SchedulerProfile } from "./scheduler-profile.ts";
import { parseSchedulerVersion, schedulerVersion } from "./scheduler-version.ts";
import { addNodes, type GivenNode, type GivenPod, readPod } from "./testing/given-cluster-objects.ts";

function scheduler(minor: number, nodes: readonly GivenNode[], profile?: SchedulerProfile): KubeScheduler {
  const created = createScheduler({
    version: schedulerVersion(minor),
    ...(profile === undefined ? {} : { profile }),
  });
  addNodes(created, nodes);
  return created;
}

function answerOf(created: KubeScheduler, pod: GivenPod, node: string) {
  return created.describe(readPod(created, pod)).nodes[node];
}

function scoreOf(created: KubeScheduler, pod: GivenPod, node: string, plugin: string): number | undefined {
  const answer = answerOf(created, pod, node);
  return answer !== undefined && "scores" in answer ? answer.scores[plugin] : undefined;
}

const zones: readonly GivenNode[] = [
  { name: "a", zone: "z1" },
  { name: "b", zone: "z2" },
];

function spreadPod(
  name: string,
  constraint: object,
  labels: { readonly [key: string]: string } = { app: "web" },
): GivenPod {
  return {
    name,
    labels,
    spec: {
      topologySpreadConstraints: [
        {
          topologyKey: "topology.kubernetes.io/zone",
          maxSkew: 1,
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: { app: "web" } },
          ...constraint,
        },
      ],
    },
  };
}

describe("versions", () => {
  test.each([
    ["1.26", "1.26", true],
    ["v1.31.4", "1.31", true],
    ["1.33.2-aks", "1.33", true],
    ["1.20", "1.26", false],
    ["1.99", "1.34", false],
  ])("%s is answered as %s", (text, name, known) => {
    expect(parseSchedulerVersion(text)).toMatchObject({ version: { name }, known });
  });

  test.each(["", "latest", "2.1", "1", "1.x"])("%j names none", (text) => {
    expect(parseSchedulerVersion(text)).toBeUndefined();
  });

  test.each([
    [27, 200],
    [28, 0],
  ])("a pod without soft constraints: spread scores in 1.%d give %d", (minor, score) => {
    expect(scoreOf(scheduler(minor, zones), { name: "p" }, "a", "PodTopologySpread")).toBe(score);
  });

  test.each([
    [32, 100],
    [33, 0],
  ])("a pod that asks for nothing: balance in 1.%d gives %d", (minor, score) => {
    const pod = { name: "p", spec: { containers: [{}] } };
    expect(scoreOf(scheduler(minor, zones), pod, "a", "NodeResourcesBalancedAllocation")).toBe(score);
  });

  test("up to 1.27 a node with too much memory in use refuses a pod that asks for cpu only", () => {
    for (const [minor, fails] of [
      [27, true],
      [28, false],
    ] as const) {
      const created = scheduler(minor, [{ name: "a", memory: "1Gi" }]);
      created.cluster.addPod(readPod(created, { name: "big", memory: "2Gi" }), "a");
      const cpuOnly = { name: "p", spec: { containers: [{ resources: { requests: { cpu: "100m" } } }] } };
      const answer = answerOf(created, cpuOnly, "a");
      expect(answer !== undefined && "fail" in answer).toBe(fails);
    }
  });

  test("minDomains holds back pods until enough domains are there, from 1.27", () => {
    const verdicts = [26, 27].map((minor) => {
      const created = scheduler(minor, zones);
      for (const name of ["p1", "p2"]) created.schedule(readPod(created, spreadPod(name, { minDomains: 3 })));
      return created.schedule(readPod(created, spreadPod("p3", { minDomains: 3 }))).kind;
    });
    expect(verdicts).toEqual(["scheduled", "unschedulable"]);
  });

  test("matchLabelKeys counts the pods of one revision only", () => {
    const created = scheduler(34, zones);
    const revision = (name: string, hash: string) =>
      spreadPod(name, { matchLabelKeys: ["pod-template-hash"] }, { app: "web", "pod-template-hash": hash });
    created.cluster.addPod(readPod(created, revision("old1", "1")), "a");
    created.cluster.addPod(readPod(created, revision("old2", "1")), "a");
    expect(answerOf(created, revision("new", "2"), "a")).toHaveProperty("total");
    expect(answerOf(created, revision("more", "1"), "a")).toHaveProperty("fail", "PodTopologySpread");
  });

  test("an empty spread selector counts every pod of the namespace in 1.26, none later", () => {
    for (const [minor, fails] of [
      [26, true],
      [27, false],
    ] as const) {
      const created = scheduler(minor, zones);
      created.cluster.addPod(readPod(created, { name: "other" }), "a");
      expect("fail" in (answerOf(created, spreadPod("p", { labelSelector: {} }), "a") ?? {})).toBe(fails);
    }
  });

  test("scheduling gates hold a pod back everywhere from 1.27", () => {
    const gated = { name: "p", spec: { schedulingGates: [{ name: "wait" }] } };
    expect(answerOf(scheduler(34, zones), gated, "a")).toHaveProperty("fail", "SchedulingGates");
    expect(answerOf(scheduler(26, zones), gated, "a")).toHaveProperty("total");
  });

  test("host ports of sidecars count from 1.34", () => {
    const withPort = (name: string, field: string) => ({
      name,
      spec: { [field]: [{ restartPolicy: "Always", ports: [{ hostPort: 80 }] }] },
    });
    for (const [minor, fails] of [
      [33, false],
      [34, true],
    ] as const) {
      const created = scheduler(minor, [{ name: "a" }]);
      created.cluster.addPod(readPod(created, withPort("first", "containers")), "a");
      expect("fail" in (answerOf(created, withPort("second", "initContainers"), "a") ?? {})).toBe(fails);
    }
  });

  test("images of init containers count from 1.30", () => {
    const nodes = [{ name: "a", images: [{ names: ["reg/setup:1"], sizeBytes: 500 * 2 ** 20 }] }];
    const pod = { name: "p", spec: { containers: [{ image: "reg/app" }], initContainers: [{ image: "reg/setup:1" }] } };
    expect(scoreOf(scheduler(29, nodes), pod, "a", "ImageLocality")).toBe(0);
    // (500 - 23) / (2 containers of 1000 - 23), in hundredths.
    expect(scoreOf(scheduler(30, nodes), pod, "a", "ImageLocality")).toBe(24);
  });
});

describe("rules beyond the recorded cases", () => {
  test("terminating pods hold resources but are not counted for spread", () => {
    const created = scheduler(34, [
      { name: "a", zone: "z1", cpu: "1" },
      { name: "b", zone: "z2", cpu: "1" },
    ]);
    const leaving = { ...spreadPod("old", {}), cpu: "600m", metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } };
    created.cluster.addPod(readPod(created, leaving), "a");
    expect(answerOf(created, spreadPod("p", {}), "a")).toHaveProperty("total");
    expect(answerOf(created, { name: "big", cpu: "600m" }, "a")).toHaveProperty("fail", "NodeResourcesFit");
  });

  test("a namespace selector widens a term to the namespaces it matches; an empty one to all", () => {
    const near = (name: string, namespaceSelector: object) => ({
      name,
      spec: {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                topologyKey: "topology.kubernetes.io/zone",
                labelSelector: { matchLabels: { app: "db" } },
                namespaceSelector,
              },
            ],
          },
        },
      },
    });
    const created = createScheduler({
      context: {
        services: [],
        controllers: new Map(),
        namespaceLabels: new Map([["data", { team: "data" }]]),
        disruptionLimits: [],
      },
    });
    addNodes(created, zones);
    created.cluster.addPod(readPod(created, { name: "db", namespace: "data", labels: { app: "db" } }), "b");
    for (const [selector, chosen] of [
      [{ matchLabels: { team: "data" } }, "b"],
      [{ matchLabels: { "kubernetes.io/metadata.name": "data" } }, "b"],
      [{}, "b"],
      [{ matchLabels: { team: "web" } }, ""],
    ] as const) {
      expect(created.describe(readPod(created, near("p", selector))).chosen).toBe(chosen);
    }
  });

  test("pods of a service and of a ReplicaSet spread by default, those of one revision only", () => {
    const owner = { ownerReferences: [{ kind: "ReplicaSet", name: "web-1", controller: true }] };
    const created = createScheduler({
      context: {
        services: [],
        controllers: new Map([
          ["ReplicaSet/shop/web-1", { requirements: [{ key: "hash", operator: "In", values: ["1"] }] }],
        ]),
        namespaceLabels: new Map(),
        disruptionLimits: [],
      },
    });
    addNodes(created, zones);
    const pod = (name: string, hash: string) => ({ name, labels: { app: "web", hash }, metadata: owner });
    created.cluster.addPod(readPod(created, pod("one", "1")), "a");
    created.cluster.addPod(readPod(created, { name: "two", labels: { app: "web", hash: "2" } }), "b");
    expect(created.describe(readPod(created, pod("p", "1"))).best).toEqual(["b"]);
  });

  test("the MostAllocated strategy packs where the default spreads", () => {
    const packing: SchedulerProfile = {
      ...defaultProfile,
      scoringStrategy: {
        type: "MostAllocated",
        resources: [
          { name: "cpu", weight: 1 },
          { name: "memory", weight: 1 },
        ],
      },
    };
    for (const [profile, chosen] of [
      [defaultProfile, "b"],
      [packing, "a"],
    ] as const) {
      const created = scheduler(34, zones, profile);
      created.cluster.addPod(readPod(created, { name: "first", cpu: "1", memory: "4Gi" }), "a");
      expect(created.describe(readPod(created, { name: "p", cpu: "1", memory: "4Gi" })).chosen).toBe(chosen);
    }
  });

  test("RequestedToCapacityRatio follows its broken line", () => {
    const shape = [
      { utilization: 0, score: 0 },
      { utilization: 50, score: 10 },
      { utilization: 100, score: 0 },
    ];
    const resources = [{ name: "cpu", weight: 1 }];
    const profile: SchedulerProfile = {
      ...defaultProfile,
      scoringStrategy: { type: "RequestedToCapacityRatio", resources, shape },
    };
    const created = scheduler(34, [{ name: "a", cpu: "4" }], profile);
    const score = (cpu: string) => scoreOf(created, { name: `p-${cpu}`, cpu }, "a", "NodeResourcesFit");
    expect(["1", "2", "3", "4"].map(score)).toEqual([50, 100, 50, 0]);
  });

  test("sampling stops when enough are feasible and goes on from there with the next pod", () => {
    const created = createScheduler({ percentageOfNodesToScore: 0 });
    addNodes(
      created,
      Array.from({ length: 300 }, (_, index) => ({ name: `n${index}`, zone: `z${index % 3}` })),
    );
    const examined = ["p", "q"].map((name) => {
      const { nodes } = created.describe(readPod(created, { name }));
      return Object.entries(nodes)
        .filter(([, answer]) => "total" in answer)
        .map(([node]) => Number(node.slice(1)));
    });
    // 50 - 300 / 125 = 48 %: 144 nodes each.
    expect(examined.map((each) => each.length)).toEqual([144, 144]);
    expect(new Set(examined.flat()).size).toBe(288);
  });
});
