import { describe, expect, test } from "vitest";
import { schedulerVersion } from "../scheduler-version.ts";
import { readPodRequests } from "./pod-requests.ts";
import type { ReadingProblem } from "./reading-problem.ts";

const mebibyte = 2 ** 20;

function requestsOf(spec: { readonly [field: string]: unknown }, minor = 34) {
  const problems: ReadingProblem[] = [];
  return { ...readPodRequests(spec, schedulerVersion(minor), problems), problems };
}

function container(cpu?: string, memory?: string, more: object = {}): object {
  const requests = { ...(cpu === undefined ? {} : { cpu }), ...(memory === undefined ? {} : { memory }) };
  return { resources: { requests }, ...more };
}

describe("requests of a pod", () => {
  test("missing ones are zero for the filter, defaults for the score; an explicit zero stays zero", () => {
    const pod = requestsOf({ containers: [container(), container("0", "0")] });
    expect(pod.real).toEqual({ cpu: 0, memory: 0 });
    expect(pod.nonZero).toEqual({ cpuMillicores: 100, memoryBytes: 200 * mebibyte });
  });

  test("are the larger of containers and of each init container", () => {
    const pod = requestsOf({
      containers: [container("100m", "10Mi"), container("200m", "10Mi")],
      initContainers: [container("250m", "50Mi")],
    });
    expect(pod.real).toEqual({ cpu: 300, memory: 50 * mebibyte });
    expect(pod.nonZero.cpuMillicores).toBe(300);
  });

  test("sidecars run beside the containers and beside the init containers after them, from 1.29", () => {
    const spec = {
      containers: [container("100m")],
      initContainers: [container("300m"), container("200m", undefined, { restartPolicy: "Always" }), container("150m")],
    };
    expect(requestsOf(spec).real.cpu).toBe(350);
    expect(requestsOf(spec, 28).real.cpu).toBe(300);
  });

  test("a limit without a request is the request", () => {
    const spec = {
      containers: [{ resources: { limits: { cpu: "1", "nvidia.com/gpu": 2 }, requests: { memory: "1Mi" } } }],
    };
    expect(requestsOf(spec).real).toEqual({ cpu: 1000, "nvidia.com/gpu": 2, memory: mebibyte });
  });

  test("overhead is added; 1.26 scores its cpu in whole cores as if they were millicores", () => {
    const spec = { containers: [container("100m", "1Mi")], overhead: { cpu: "250m", memory: "2Mi" } };
    expect(requestsOf(spec, 26)).toMatchObject({
      real: { cpu: 350, memory: 3 * mebibyte },
      nonZero: { cpuMillicores: 350 },
      scoredReal: { cpu: 101 },
      scoredNonZero: { cpuMillicores: 101, memoryBytes: 3 * mebibyte },
    });
    expect(requestsOf(spec, 27).scoredReal).toEqual({ cpu: 350, memory: 3 * mebibyte });
  });

  test("pod-level resources replace cpu, memory and huge pages from 1.34, overhead on top", () => {
    const spec = {
      resources: { requests: { cpu: "2" }, limits: { memory: "1Gi" } },
      containers: [{ resources: { requests: { cpu: "100m", "ephemeral-storage": "1Mi" } } }],
      overhead: { cpu: "100m" },
    };
    expect(requestsOf(spec).real).toEqual({ cpu: 2100, memory: 1024 * mebibyte, "ephemeral-storage": mebibyte });
    expect(requestsOf(spec, 33).real).toEqual({ cpu: 200, "ephemeral-storage": mebibyte });
  });

  test.each([
    ["-1", /negative/],
    ["two", /no quantity/],
    [true, /no quantity/],
    ["1E", /more than any machine/],
  ])("cpu of %s is a problem with its place", (cpu, text) => {
    const { problems } = requestsOf({ containers: [{ resources: { requests: { cpu } } }] });
    expect(problems).toMatchObject([{ path: ["spec", "containers", 0, "resources", "requests", "cpu"] }]);
    expect(problems[0]?.text).toMatch(text);
  });
});
