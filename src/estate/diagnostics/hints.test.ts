import { describe, expect, test } from "vitest";
import { diagnosticRules } from "./catalogue.ts";
import type { DiagnosticRule } from "./diagnostic-rule.ts";

const lists = ["candidates", "allowed", "files", "roots", "cycle", "unread", "objects", "classifications", "columns"];

/** Parameters of any rule: texts, with a number, boolean or list where the name of the parameter asks for one. */
function sampleParameters(overrides: { readonly [name: string]: unknown }): unknown {
  return new Proxy(overrides, {
    get: (given, name) => {
      if (typeof name === "string" && name in given) return given[name];
      return typeof name === "string" && lists.includes(name) ? ["one", "two"] : "Sample";
    },
  });
}

/** What the optional parameters of the rules may be: everything known, then nothing known. */
const samples: readonly (readonly [known: string, parameters: unknown])[] = [
  ["a suggestion", sampleParameters({ cyclic: true, component: true, same: true, field: "kind" })],
  [
    "no suggestion",
    sampleParameters({
      suggestion: undefined,
      near: undefined,
      meaning: undefined,
      elsewhere: undefined,
      candidates: [],
      cyclic: false,
      component: false,
      same: false,
    }),
  ],
];

const rules = diagnosticRules.map((rule) => rule as DiagnosticRule<unknown>);
const problems = rules.filter(({ severity }) => severity !== "note");

describe("hints", () => {
  test("are checked of every rule of the catalogue", () => {
    expect(problems.length).toBeGreaterThan(180);
  });

  test.each(problems.map((rule) => [rule.code, rule] as const))("%s says what to do", (_code, rule) => {
    for (const [known, parameters] of samples) {
      const hint = rule.hint?.(parameters);
      expect(hint, known).toBeDefined();
      expect(hint, known).toMatch(/^[A-Z].*\S$/);
      expect(hint, known).not.toMatch(/undefined|\[object/);
    }
  });

  test.each([
    ["a whole number", 'the text "two"', "Write it in digits, without quotes, point or unit, such as 3."],
    ["true or false", 'the text "yes"', "Write true or false without quotes."],
    ["a string", "a number", "The API server does not convert it: put the value in quotes."],
    ["a string", "a list", "Write a string here, or leave the field out."],
  ])("where %s is expected and %s found: %s", (expected, found, hint) => {
    const fieldType = rules.find(({ code }) => code === "EST-310");
    expect(fieldType?.hint?.({ field: "spec.replicas", expected, found })).toBe(hint);
  });
});
