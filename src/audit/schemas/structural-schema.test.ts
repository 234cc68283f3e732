import { expect, test } from "vitest";
import { schemaProblems } from "./structural-schema.ts";

const schema = {
  type: "object",
  required: ["spec"],
  properties: {
    spec: {
      type: "object",
      required: ["schedule", "mode"],
      properties: {
        schedule: { type: "string", minLength: 1 },
        mode: { type: "string", enum: ["fast", "slow"], default: "fast" },
        replicas: { type: "integer", minimum: 1, maximum: 9 },
        port: { "x-kubernetes-int-or-string": true },
        tags: { type: "object", additionalProperties: { type: "string" } },
        steps: { type: "array", minItems: 1, items: { type: "object", properties: { name: { type: "string" } } } },
        raw: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      },
    },
  },
};

function problemsOf(spec: unknown): readonly string[] {
  const value = { apiVersion: "example.com/v1", kind: "Backup", metadata: { name: "x" }, spec };
  return schemaProblems(value, schema).map(({ path, problem }) => `${path.join(".")} ${problem}`);
}

test("takes what the schema takes", () => {
  expect(
    problemsOf({ schedule: "daily", port: "http", tags: { a: "b" }, steps: [{ name: "x" }], raw: { any: 1 } }),
  ).toEqual([]);
});

test.each([
  [{ schedule: "" }, "spec.schedule is shorter than 1 characters"],
  [{}, "spec lacks schedule, which the schema requires"],
  [{ schedule: "x", mode: "medium" }, "spec.mode is none of fast, slow"],
  [{ schedule: "x", replicas: 10 }, "spec.replicas is 10, above the most of 9"],
  [{ schedule: "x", replicas: "3" }, "spec.replicas is a string, and the schema wants integer"],
  [{ schedule: "x", replica: 3 }, "spec.replica is not in the schema"],
  [{ schedule: "x", port: 1.5 }, "spec.port is neither a number nor a text"],
  [{ schedule: "x", tags: { a: 1 } }, "spec.tags.a is a number, and the schema wants string"],
  [{ schedule: "x", steps: [] }, "spec.steps has 0 items, fewer than 1"],
  [{ schedule: "x", steps: [{ nam: "x" }] }, "spec.steps.0.nam is not in the schema"],
])("refuses %j", (spec, problem) => {
  expect(problemsOf(spec)).toEqual([problem]);
});

test("a schema that says nothing refuses nothing", () => {
  expect(schemaProblems({ spec: { any: [1, null] } }, { "x-kubernetes-preserve-unknown-fields": true })).toEqual([]);
});
