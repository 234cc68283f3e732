import { describe, expect, test } from "vitest";
import { givenReplayCluster } from "../../scheduling/replay/testing/given-replay-cluster.ts";
import { ReplayRelocations } from "./replay-relocations.ts";
import { givenGroup } from "./testing/given-group.ts";

const node = (index: number) => ({ kind: "node", index }) as const;

describe("where pods go", () => {
  test("the scheduler finds room on the nodes that are left, or none", () => {
    const roomy = givenReplayCluster(4, 2, [{ name: "web", replicas: 2, cpu: 1000 }]);
    expect(new ReplayRelocations([roomy]).relocate(givenGroup("web"), [node(0)], 1)).toMatchObject({ room: "free" });
    const full = givenReplayCluster(2, 2, [{ name: "web", replicas: 2, cpu: 3000 }]);
    expect(new ReplayRelocations([full]).relocate(givenGroup("web"), [node(0)], 1)).toMatchObject({ room: "none" });
  });

  test("one replica that is left is room enough for a group that needs one", () => {
    const full = givenReplayCluster(2, 2, [{ name: "web", replicas: 2, cpu: 3000 }]);
    const { room } = new ReplayRelocations([full]).relocate(givenGroup("web", { needed: 1 }), [node(0)], 1);
    expect(room).toBe("free");
  });

  test("times are those of the pods: their toleration and their probes", () => {
    const cluster = givenReplayCluster(4, 2, [
      { name: "web", replicas: 2, cpu: 100, unreachableSeconds: 30, readySeconds: 20 },
    ]);
    expect(new ReplayRelocations([cluster]).relocate(givenGroup("web"), [node(0)], 1)).toEqual({
      releasedSeconds: 50 + 30,
      startSeconds: 5 + 20,
      room: "free",
    });
  });

  test("the same loss is replayed once, and leaves the cluster as it was", () => {
    const cluster = givenReplayCluster(4, 2, [{ name: "web", replicas: 2, cpu: 3000 }]);
    const pods = cluster.scheduler.cluster.pods().length;
    const relocations = new ReplayRelocations([cluster]);
    const zone = { kind: "zone", index: 0 } as const;
    expect(relocations.relocate(givenGroup("web"), [zone], 1)).toEqual(
      relocations.relocate(givenGroup("web"), [zone], 1),
    );
    expect(relocations.replays).toBe(1);
    expect(cluster.scheduler.cluster.pods().length).toBe(pods);
  });

  test("what no cluster runs comes back as the tree has it", () => {
    const relocations = new ReplayRelocations([]);
    expect(relocations.relocate(givenGroup("ingress"), [node(0)], 0.5)).toEqual({
      releasedSeconds: 1800,
      startSeconds: 0,
      room: "free",
    });
  });
});
