import { anything, constantFrom, dictionary, assert as law, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatLabelSelector,
  inspectLabelSelector,
  isLabelKey,
  isLabelValue,
  matchesLabels,
  readLabelSelector,
  selectorOfLabels,
} from "./selector.ts";

describe("readLabelSelector", () => {
  it("has no selector where there is none", () => {
    expect(readLabelSelector(undefined)).toBeUndefined();
    expect(readLabelSelector(null)).toBeUndefined();
    expect(inspectLabelSelector(null)).toBeUndefined();
  });

  it("matches everything when it is empty", () => {
    for (const value of [{}, { matchLabels: {} }, { matchLabels: null, matchExpressions: [] }]) {
      const selector = readLabelSelector(value);
      expect(selector).toStrictEqual({ requirements: [] });
      expect(selector !== undefined && matchesLabels(selector, {})).toBe(true);
    }
  });

  it("wants all labels and all expressions at once", () => {
    const selector = readLabelSelector({
      matchLabels: { app: "web" },
      matchExpressions: [
        { key: "tier", operator: "In", values: ["front", "edge"] },
        { key: "track", operator: "NotIn", values: ["canary"] },
        { key: "zone", operator: "Exists" },
        { key: "legacy", operator: "DoesNotExist", values: null },
      ],
    });
    if (selector === undefined) throw new Error("refused");
    expect(formatLabelSelector(selector)).toBe("app=web,!legacy,tier in (edge,front),track!=canary,zone");
    const labels = { app: "web", tier: "edge", zone: "" };
    expect(matchesLabels(selector, labels)).toBe(true);
    expect(matchesLabels(selector, { ...labels, app: "api" })).toBe(false);
    expect(matchesLabels(selector, { ...labels, tier: "back" })).toBe(false);
    expect(matchesLabels(selector, { ...labels, track: "canary" })).toBe(false);
    expect(matchesLabels(selector, { ...labels, track: "stable" })).toBe(true);
    expect(matchesLabels(selector, { ...labels, legacy: "" })).toBe(false);
    expect(matchesLabels(selector, { app: "web", tier: "edge" })).toBe(false);
  });

  it("takes a null label for the empty one, as the API server does", () => {
    expect(readLabelSelector({ matchLabels: { app: null } })).toStrictEqual(selectorOfLabels({ app: "" }));
  });

  it.each([
    ["text", [], "a label selector is a mapping with matchLabels and matchExpressions"],
    [[], [], "a label selector is a mapping with matchLabels and matchExpressions"],
    [{ matchLabels: [] }, ["matchLabels"], "matchLabels is a mapping of labels"],
    [{ matchLabels: { app: true } }, ["matchLabels", "app"], 'the value of the label "app" is not text'],
    [{ matchLabels: { "a b": "x" } }, ["matchLabels", "a b"], '"a b" is not a valid label key'],
    [{ matchLabels: { app: "a/b" } }, ["matchLabels", "app"], '"a/b" is not a valid label value'],
    [{ matchExpressions: {} }, ["matchExpressions"], "matchExpressions is a list"],
    [{ matchExpressions: ["x"] }, ["matchExpressions", 0], "an expression is a mapping with key, operator and values"],
    [
      { matchExpressions: [{ operator: "Exists" }] },
      ["matchExpressions", 0, "key"],
      '"undefined" is not a valid label key',
    ],
    [
      { matchExpressions: [{ key: "a", operator: "in", values: ["x"] }] },
      ["matchExpressions", 0, "operator"],
      'the operator "in" is not In, NotIn, Exists or DoesNotExist',
    ],
    [
      { matchExpressions: [{ key: "a", operator: "In", values: [] }] },
      ["matchExpressions", 0, "values"],
      "In needs at least one value",
    ],
    [
      { matchExpressions: [{ key: "a", operator: "NotIn" }] },
      ["matchExpressions", 0, "values"],
      "NotIn needs at least one value",
    ],
    [
      { matchExpressions: [{ key: "a", operator: "Exists", values: ["x"] }] },
      ["matchExpressions", 0, "values"],
      "Exists takes no values",
    ],
    [
      { matchExpressions: [{ key: "a", operator: "In", values: [1] }] },
      ["matchExpressions", 0, "values"],
      "values is a list of texts",
    ],
    [
      { matchExpressions: [{ key: "a", operator: "In", values: ["x", "-"] }] },
      ["matchExpressions", 0, "values", 1],
      '"-" is not a valid label value',
    ],
  ])("refuses %j and says where and why", (value, path, text) => {
    expect(readLabelSelector(value)).toBeUndefined();
    expect(inspectLabelSelector(value)?.problems).toStrictEqual([{ path, text }]);
  });

  it("never throws", () => {
    law(property(anything(), (value) => void inspectLabelSelector(value)));
    law(property(anything(), (value) => void inspectLabelSelector({ matchLabels: value, matchExpressions: [value] })));
  });
});

describe("labels", () => {
  it.each(["a", "A", "0", "a.b_c-d", "example.com/name", "a/b", "x".repeat(63), `${"d".repeat(253)}/x`])(
    "%s is a key",
    (key) => {
      expect(isLabelKey(key)).toBe(true);
    },
  );

  it.each([
    "",
    "-a",
    "a-",
    "a/",
    "/a",
    "a/b/c",
    "A.com/x",
    "a_b/x",
    "x".repeat(64),
    `${"d".repeat(254)}/x`,
    "a b",
    "ä",
  ])("%j is no key", (key) => {
    expect(isLabelKey(key)).toBe(false);
  });

  it("has values that may be empty, but no longer than 63 characters", () => {
    expect(["", "a", "1.30", "x".repeat(63)].every(isLabelValue)).toBe(true);
    expect(["-", "a-", "x".repeat(64), "a/b", "a\n"].some(isLabelValue)).toBe(false);
  });
});

describe("laws", () => {
  const labels = dictionary(constantFrom("a", "b", "c"), constantFrom("", "x", "y"));

  it("a selector of labels matches exactly the label sets that hold them", () => {
    law(
      property(labels, labels, (wanted, given) => {
        const holds = Object.entries(wanted).every(([key, value]) => Object.hasOwn(given, key) && given[key] === value);
        expect(matchesLabels(selectorOfLabels(wanted), given)).toBe(holds);
      }),
    );
  });

  it("In and NotIn of the same values part every label set", () => {
    law(
      property(labels, (given) => {
        const read = (operator: string) =>
          readLabelSelector({ matchExpressions: [{ key: "a", operator, values: ["x", "y"] }] }) ?? { requirements: [] };
        expect(matchesLabels(read("In"), given)).toBe(!matchesLabels(read("NotIn"), given));
      }),
    );
  });
});
