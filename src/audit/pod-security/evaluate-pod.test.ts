import { expect, test } from "vitest";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { evaluatePod } from "./evaluate-pod.ts";
import { newestPolicyMinor } from "./pod-security-checks.ts";
import { readStandardPod } from "./standard-pod.ts";

const restricted = { level: "restricted", minor: newestPolicyMinor } as const;

function broken(template: JsonObject, policy = restricted) {
  const results = evaluatePod(readStandardPod(template), policy).filter(({ verdict }) => verdict !== "pass");
  return results.map(({ check, verdict }) => `${check.id} ${verdict}`);
}

/** The value with one field set, as JSON data. */
function withField(value: unknown, [step, ...rest]: FieldPath, field: unknown): unknown {
  if (step === undefined) return field;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? withField(item, rest, field) : item));
  const object = typeof value === "object" && value !== null ? value : {};
  return { ...object, [step]: withField((object as JsonObject)[step], rest, field) };
}

test("what the checks would set makes a bare pod conform", () => {
  const bare: JsonObject = {
    spec: { initContainers: [{ name: "init" }], containers: [{ name: "web" }, { name: "log" }] },
  };
  expect(broken(bare)).toHaveLength(4);
  const remedies = evaluatePod(readStandardPod(bare), restricted).flatMap(({ deviations }) =>
    deviations.flatMap(({ remedies: own = [] }) => own),
  );
  const hardened = remedies.reduce<unknown>((pod, { path, value }) => withField(pod, path, value), bare);
  expect(broken(hardened as JsonObject)).toEqual([]);
});

test("what a pod lacks as a whole is said once, what one container lacks of that container", () => {
  const bare = { spec: { containers: [{ name: "web" }, { name: "log" }] } };
  const runAsNonRoot = (template: JsonObject) =>
    evaluatePod(readStandardPod(template), restricted)
      .filter(({ check }) => check.id === "runAsNonRoot")
      .flatMap(({ deviations }) => deviations.map(({ container }) => container?.name));
  expect(runAsNonRoot(bare)).toEqual([undefined]);
  const one = { spec: { containers: [{ name: "web", securityContext: { runAsNonRoot: true } }, { name: "log" }] } };
  expect(runAsNonRoot(one)).toEqual(["log"]);
});

test.each([
  ["a variable", { spec: { hostPID: "$" + "{PID}", containers: [] } }],
  ["a list for a mapping", { spec: { securityContext: [], hostPID: [], containers: [] } }],
])("%s is not evaluable, and never a pass", (_name, template) => {
  expect(broken(template)).toContain("hostNamespaces notEvaluable");
});

test("containers that cannot be read leave what depends on them open, and what is certain stays certain", () => {
  const template = { spec: { hostPID: true, containers: "$" + "{CONTAINERS}" } };
  expect(broken(template)).toContain("hostNamespaces fail");
  expect(broken(template)).toContain("privileged notEvaluable");
});
