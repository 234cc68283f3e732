import { describe, expect, test } from "vitest";
import { deployment, onlyWorkload, stateOf } from "./testing/place-yaml.ts";

const mebibyte = 2 ** 20;

describe("requests of a pod", () => {
  const pod = (spec: string) => onlyWorkload(`apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {${spec}}`);
  const requests = (cpu: string, more = "") => `resources: {requests: {cpu: ${cpu}}}${more}`;

  test("are the larger of all main containers and of the largest init container", () => {
    const { podRequests } = pod(
      `initContainers: [{name: i, ${requests("300m")}}], containers: [{name: a, ${requests("100m")}}, {name: b, ${requests("150m")}}]`,
    );
    expect(podRequests).toEqual({ cpuMillicores: 300 });
  });

  test("count a sidecar with the mains, and with each init container that starts after it", () => {
    const sidecar = (cpu: string) => `{name: s, restartPolicy: Always, ${requests(cpu)}}`;
    const mains = `containers: [{name: a, ${requests("100m")}}]`;
    expect(pod(`initContainers: [${sidecar("200m")}, {name: i, ${requests("300m")}}], ${mains}`).podRequests).toEqual({
      cpuMillicores: 500,
    });
    expect(pod(`initContainers: [{name: i, ${requests("300m")}}, ${sidecar("200m")}], ${mains}`).podRequests).toEqual({
      cpuMillicores: 300,
    });
  });

  test("what nobody states stays unstated, and is not zero", () => {
    expect(pod("containers: [{name: a}]").podRequests).toEqual({});
    expect(pod("containers: [{name: a, resources: {requests: {cpu: 0}}}]").podRequests).toEqual({ cpuMillicores: 0 });
  });

  test("are the limit where only that is stated, and say so", () => {
    const text = deployment("web", {
      container: "resources: {limits: {cpu: 200m, memory: 64Mi}, requests: {cpu: 100m}}",
    });
    expect(onlyWorkload(text).podRequests).toEqual({ cpuMillicores: 100, memoryBytes: 64 * mebibyte });
    expect(stateOf(text).assumptions).toMatchObject([{ id: "ASM-134", place: { line: 11 } }]);
  });

  test("round millicores and bytes up", () => {
    expect(pod("containers: [{name: a, resources: {requests: {cpu: 100500u, memory: 1500m}}}]").podRequests).toEqual({
      cpuMillicores: 101,
      memoryBytes: 2,
    });
  });

  test("of the pod as a whole replace cpu and memory of its containers", () => {
    const containers = "containers: [{name: a, resources: {requests: {cpu: 100m, ephemeral-storage: 1Gi}}}]";
    expect(pod(`resources: {requests: {cpu: 1}}, ${containers}`).podRequests).toEqual({
      cpuMillicores: 1000,
      ephemeralStorageBytes: 2 ** 30,
    });
    expect(pod(`resources: {limits: {cpu: 1, memory: 1Gi}}, ${containers}`).podRequests).toMatchObject({
      cpuMillicores: 100,
      memoryBytes: 2 ** 30,
    });
  });

  test("hold the overhead of the runtime class", () => {
    const runtimeClass =
      "---\napiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: kata}\nhandler: kata\noverhead: {podFixed: {memory: 600Mi}}\n";
    const text = deployment("web", { container: requests("100m"), pod: "runtimeClassName: kata" }) + runtimeClass;
    expect(onlyWorkload(text)).toMatchObject({
      podRequests: { cpuMillicores: 100, memoryBytes: 600 * mebibyte },
      podLimits: {},
      runtimeClassName: "kata",
    });
  });

  test("take the defaults of the namespace's LimitRange, whose own defaults follow from maximum and minimum", () => {
    const range = (item: string) =>
      `---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: r}\nspec: {limits: [{type: Container, ${item}}, {type: Pod, max: {cpu: 9}}]}\n`;
    const bare = deployment("web");
    expect(onlyWorkload(bare + range("defaultRequest: {cpu: 50m}, default: {cpu: 1}"))).toMatchObject({
      podRequests: { cpuMillicores: 50 },
      podLimits: { cpuMillicores: 1000 },
    });
    expect(onlyWorkload(bare + range("max: {cpu: 2}"))).toMatchObject({
      podRequests: { cpuMillicores: 2000 },
      podLimits: { cpuMillicores: 2000 },
    });
    expect(onlyWorkload(bare + range("min: {cpu: 10m}"))).toMatchObject({
      podRequests: { cpuMillicores: 10 },
      podLimits: {},
    });
    const ownLimit = deployment("web", { container: "resources: {limits: {cpu: 300m}}" });
    expect(onlyWorkload(ownLimit + range("defaultRequest: {cpu: 50m}")).podRequests).toEqual({ cpuMillicores: 300 });
    expect(stateOf(bare + range("min: {cpu: 10m}")).assumptions.map(({ id }) => id)).toEqual(["ASM-135"]);
  });
});
