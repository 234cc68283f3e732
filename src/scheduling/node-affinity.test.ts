import { describe, expect, test } from "vitest";
import { matchesRequired, preferredWeight, readNodeAffinity } from "./node-affinity.ts";

const labels = { tier: "gold", cores: "8", "kubernetes.io/arch": "amd64" };

function required(...terms: unknown[]) {
  return readNodeAffinity({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
  });
}

function expression(key: string, operator: string, ...values: string[]) {
  return { matchExpressions: [{ key, operator, values }] };
}

describe("required node affinity", () => {
  test.each([
    ["In", expression("tier", "In", "gold", "silver"), true],
    ["In with a missing label", expression("zone", "In", "1"), false],
    ["NotIn", expression("tier", "NotIn", "gold"), false],
    ["NotIn with a missing label matches", expression("zone", "NotIn", "1"), true],
    ["Exists", expression("tier", "Exists"), true],
    ["DoesNotExist", expression("tier", "DoesNotExist"), false],
    ["Gt", expression("cores", "Gt", "7"), true],
    ["Gt is strict", expression("cores", "Gt", "8"), false],
    ["Lt", expression("cores", "Lt", "9"), true],
    ["Gt compares integers, not text", expression("cores", "Gt", "10"), false],
    ["Gt with a label that is no number", expression("tier", "Gt", "1"), false],
    ["Gt with two values", expression("cores", "Gt", "1", "2"), false],
    ["Gt beyond 64 bits", expression("cores", "Gt", "-99999999999999999999"), false],
    ["an unknown operator", expression("tier", "Like", "g"), false],
    ["an empty term matches nothing", {}, false],
    [
      "a field of a node that does not exist yet",
      { matchFields: [{ key: "metadata.name", operator: "In", values: ["n1"] }] },
      false,
    ],
  ])("%s", (_name, term, matches) => {
    expect(matchesRequired(required(term), labels, "")).toBe(matches);
  });

  test("terms are ORed, requirements inside one are ANDed", () => {
    expect(matchesRequired(required(expression("tier", "In", "iron"), expression("cores", "Exists")), labels, "")).toBe(
      true,
    );
    const both = {
      matchExpressions: [
        { key: "tier", operator: "Exists" },
        { key: "zone", operator: "Exists" },
      ],
    };
    expect(matchesRequired(required(both), labels, "")).toBe(false);
  });

  test("an empty list of terms matches no node, no list matches every node", () => {
    expect(matchesRequired(required(), labels, "")).toBe(false);
    expect(matchesRequired(readNodeAffinity({}), labels, "")).toBe(true);
  });

  test.each([
    [null],
    ["text"],
    [{ nodeAffinity: 7 }],
    [{ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } }],
  ])("reads %j without failing", (affinity) => {
    expect(matchesRequired(readNodeAffinity({ affinity }), labels, "")).toBe(true);
  });
});

test("preferred terms add their weights", () => {
  const affinity = readNodeAffinity({
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 10, preference: expression("tier", "In", "gold") },
          { weight: 5, preference: expression("cores", "Exists") },
          { weight: 3, preference: expression("zone", "Exists") },
          { weight: 0, preference: expression("tier", "Exists") },
        ],
      },
    },
  });
  expect(preferredWeight(affinity, labels, "")).toBe(15);
});
