import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../../catalog/default-catalog.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { placeWorkloads } from "../../../scheduling/place-workloads.ts";
import {
  givenCluster,
  givenContainer,
  givenEstate,
  givenObject,
  givenPlace,
  givenPlacedObject,
  givenPool,
  givenWorkload,
} from "../../../scheduling/testing/given-estate.ts";
import { priceEstate } from "../../compute-cost.ts";
import { usageTargets } from "../../usage/usage-targets.ts";
import { containerSizings, resizeWorkload } from "./resize-workload.ts";
import { type SizingSubject, sizingSubjects } from "./sizing-subject.ts";

const mebibyte = 2 ** 20;

function subjectsOf(given: Partial<Estate>): readonly SizingSubject[] {
  const estate = givenEstate(given);
  const placement = placeWorkloads(estate, defaultCatalog);
  const { context } = priceEstate(estate, placement, defaultCatalog, { today: "2026-11-22" });
  return sizingSubjects(estate, usageTargets(context));
}

const autoscaled = (kind: "HorizontalPodAutoscaler" | "ScaledObject", spec: JsonObject) => {
  const web = givenWorkload({ name: "web", cpu: 500, memoryMiB: 512 });
  const replicas = { ...web.replicas, autoscaler: { kind, name: "web", place: givenPlace } };
  const objects = [givenPlacedObject(givenObject(kind, "web", { spec }))];
  return [...(subjectsOf({ workloads: [{ ...web, replicas }], objects })[0]?.autoscaled ?? [])];
};

const resource = (name: string, target: JsonObject): JsonObject => ({ type: "Resource", resource: { name, target } });

describe("a workload that may be sized", () => {
  test("is autoscaled on what its autoscaler divides by the request", () => {
    const hpa = (spec: JsonObject) => autoscaled("HorizontalPodAutoscaler", spec);
    expect(hpa({})).toEqual(["cpu"]);
    expect(hpa({ targetCPUUtilizationPercentage: 50, metrics: [{ type: "Pods" }] })).toEqual(["cpu"]);
    expect(hpa({ metrics: [resource("memory", { averageUtilization: 70 })] })).toEqual(["memory"]);
    expect(hpa({ metrics: [resource("cpu", { averageValue: "500m" })] })).toEqual([]);
    const keda = (trigger: JsonObject) => autoscaled("ScaledObject", { triggers: [trigger] });
    expect(keda({ type: "cpu", metricType: "Utilization", metadata: { value: "60" } })).toEqual(["cpu"]);
    expect(keda({ type: "cpu", metricType: "AverageValue", metadata: { value: "1" } })).toEqual([]);
    expect(keda({ type: "kafka", metadata: {} })).toEqual([]);
  });

  test("keeps the overhead of its sandbox out of what is sized, and gets it back", () => {
    const runner: Workload = {
      ...givenWorkload({ name: "runner", cpu: 500, memoryMiB: 512, runtimeClassName: "kata-vm-isolation" }),
      containers: [
        {
          ...givenContainer(),
          requests: { cpuMillicores: 500, memoryBytes: 512 * mebibyte },
          limits: { memoryBytes: 512 * mebibyte },
        },
      ],
    };
    const pool = givenPool({ vmSize: "Standard_D8ds_v5", workloadRuntime: "KataVmIsolation" });
    const [subject] = subjectsOf({ clusters: [givenCluster({ nodePools: [pool] })], workloads: [runner] });
    if (subject === undefined) throw new Error("the runner is not placed");
    expect(subject).toMatchObject({
      current: { memoryBytes: 512 * mebibyte },
      overhead: { memoryBytes: 600 * mebibyte },
      guaranteed: { cpu: false, memory: true },
    });
    const same = (current: number) => ({
      current,
      proposed: current,
      lower: current,
      upper: current,
      because: "usage" as const,
    });
    const unchanged = { cpu: same(500), memory: same(512 * mebibyte), confidence: 1 };
    const resized = resizeWorkload(subject, containerSizings(subject, unchanged));
    expect(resized.podRequests).toEqual(runner.podRequests);
    const half = { ...unchanged, memory: { ...unchanged.memory, proposed: 256 * mebibyte } };
    expect(containerSizings(subject, half)).toMatchObject([{ limits: { memoryBytes: 256 * mebibyte } }]);
  });
});
