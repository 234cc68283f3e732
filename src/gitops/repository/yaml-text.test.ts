import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { yamlText } from "./yaml-text.ts";

describe("stable YAML", () => {
  test("what is read first comes first, the rest by the alphabet", () => {
    expect(
      yamlText({ spec: { b: 1, a: [] }, metadata: { namespace: "shop", name: "x" }, kind: "K", apiVersion: "v1" }),
    ).toBe("apiVersion: v1\nkind: K\nmetadata:\n  name: x\n  namespace: shop\nspec:\n  a: []\n  b: 1\n");
  });

  test("texts that YAML would read as something else are quoted", () => {
    const texts = [
      "1.30",
      "yes",
      "0644",
      "0o17",
      "2026-11-20",
      "12:30:45",
      "null",
      "",
      "~",
      "<<",
      "1e3",
      "a: b",
      "- x",
    ];
    expect(yamlText(texts)).toBe(texts.map((text) => `- "${text}"\n`).join(""));
    expect(yamlText(["web", "nginx:1.25", "../base", "500m", "a b"])).toBe(
      "- web\n- nginx:1.25\n- ../base\n- 500m\n- a b\n",
    );
  });

  test("several lines are a block, with the line ends they have", () => {
    expect(yamlText({ a: "x\ny\n", b: "x\ny", c: "x\n\n", d: " x\ny" })).toBe(
      'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: " x\\ny"\n',
    );
  });

  test("every value is read back as it was, by two readers", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }).filter((each) => each.isWellFormed()),
      fc.stringMatching(/^[\w .:#\n-]{0,12}$/),
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie("list"),
        tie("map"),
      ),
      list: fc.array(tie("any"), { maxLength: 3 }),
      map: fc.dictionary(
        text.filter((key) => !key.includes("__proto__")),
        tie("any"),
        { maxKeys: 3 },
      ),
    })).map;
    fc.assert(
      fc.property(value, (given) => {
        const written = yamlText({ given });
        expect(equalValues(readYaml(written, "x").documents[0]?.value, { given })).toBe(true);
        expect(equalValues(parse(written, { version: "1.2" }), { given })).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
