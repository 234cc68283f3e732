import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { type YamlField, yamlLines, yamlScalar } from "./yaml-text.ts";

function readBack(fields: readonly YamlField[]): unknown {
  const reading = readYaml(yamlLines(fields).join("\n"), "x.yaml");
  expect(reading.diagnostics).toEqual([]);
  return reading.documents[0]?.value;
}

describe("YAML text", () => {
  test("is what a person would write", () => {
    const fields: YamlField[] = [
      { key: "name", value: "web", comments: ["why\nso"] },
      { key: "zones", value: ["1", "2"] },
      {
        key: "pools",
        value: {
          items: [
            [
              { key: "a", value: 1, comments: ["one"] },
              { key: "b", value: { fields: [{ key: "c", value: true }] } },
            ],
          ],
        },
      },
    ];
    expect(yamlLines(fields)).toEqual([
      "# why so",
      "name: web",
      'zones: ["1", "2"]',
      "pools:",
      "  # one",
      "  - a: 1",
      "    b:",
      "      c: true",
    ]);
  });

  test("reads back as what was written", () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom("yes", "null", "1.30", "0x1", "~", "- a", "a: b", "#", "2026-11-20", ".5", "e"),
    );
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        scalar,
        fc.array(fc.string()),
        fc.string(),
        (key, value, list, comment) => {
          fc.pre(key !== "list" && key !== "nested" && key !== "__proto__");
          const fields: YamlField[] = [
            { key, value, comments: [comment] },
            { key: "list", value: list },
            {
              key: "nested",
              value: { items: [[{ key: "a", value, comments: [comment] }], [{ key: "b", value: list }]] },
            },
          ];
          expect(readBack(fields)).toEqual({ [key]: value, list, nested: [{ a: value }, { b: list }] });
        },
      ),
    );
  });

  test.each([
    ["westeurope", "westeurope"],
    ["./apps/shop", "./apps/shop"],
    ["1.36", '"1.36"'],
    ["on", '"on"'],
    [".", '"."'],
    ["", '""'],
  ])("%s is written %s", (value, text) => {
    expect(yamlScalar(value)).toBe(text);
  });
});
