import { expect, test } from "vitest";
import { gracePeriodOf, preStopOf } from "../../estate/kubernetes/termination.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { rolloutOf } from "./rollout.ts";

function workload(spec: string, container = "", pod = "") {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  ${spec}
  template:
    metadata: {labels: {app: web}}
    spec: {${pod} containers: [{name: web, image: "web:1"${container}}]}
`;
  const [first] = givenTexts({ "web.yaml": text }).workloads;
  if (first === undefined) throw new Error("the text holds a workload");
  return first;
}

test.each([
  ["", 4, 1, 1],
  ["", 1, 1, 0],
  ["", 3, 1, 0],
  ['strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: "10%"}}', 3, 0, 1],
  ['strategy: {rollingUpdate: {maxSurge: "30%", maxUnavailable: 2}}', 5, 2, 2],
])("bounds of %s with %d replicas: surge %d, unavailable %d", (spec, replicas, surge, unavailable) => {
  expect(rolloutOf(workload(spec), replicas)).toMatchObject({ kind: "rolling", surge, unavailable });
});

test.each(["half", "-1", "1.5", '"50 %"'])("a bound of %s cannot be read", (bound) => {
  expect(rolloutOf(workload(`strategy: {rollingUpdate: {maxSurge: ${bound}}}`), 3)?.kind).toBe("unreadable");
});

test("Recreate has no bounds", () => {
  expect(rolloutOf(workload("strategy: {type: Recreate}"), 3)?.kind).toBe("recreate");
});

test.each([
  ["sleep: {seconds: 7}", { kind: "sleep", seconds: 7 }],
  ['exec: {command: [sleep, "5"]}', { kind: "sleep", seconds: 5 }],
  ["exec: {command: [/bin/sleep, 15s]}", { kind: "sleep", seconds: 15 }],
  ['exec: {command: [sh, -c, "sleep 1m 30s && nginx -s quit"]}', { kind: "sleep", seconds: 90 }],
  ['exec: {command: [sh, -c, "touch /off; sleep 5; sleep 2.5"]}', { kind: "sleep", seconds: 7.5 }],
  ["exec: {command: [/wait-shutdown]}", { kind: "unknown" }],
  ["httpGet: {path: /off, port: 80}", { kind: "unknown" }],
])("preStop %s", (hook, expected) => {
  const [container] = workload("", `, lifecycle: {preStop: {${hook}}}`).containers;
  expect(container === undefined ? undefined : preStopOf(container)).toEqual(expected);
});

test.each([
  ["", 30],
  ["terminationGracePeriodSeconds: 120,", 120],
  ["terminationGracePeriodSeconds: soon,", undefined],
])("grace period of {%s} is %s", (pod, seconds) => {
  expect(gracePeriodOf(workload("", "", pod)).seconds).toBe(seconds);
});
