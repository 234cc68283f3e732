import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { editDocument, withEdit } from "./document-edit.ts";

function edited(text: string, path: readonly (string | number)[], value?: unknown): string {
  const result = editDocument(text, { path, value });
  return "text" in result ? result.text : `problem: ${result.problem}`;
}

describe("block YAML", () => {
  const web = `# the shop
spec:
  replicas: 1  # enough for now

  # pods
  template:
    spec:
      containers:
      - name: app # first
        image: "app:1"
        resources: {}
      # the proxy
      - name: proxy
`;

  test("a scalar changes alone, and keeps its comment and its quotes", () => {
    expect(edited(web, ["spec", "replicas"], 3)).toBe(web.replace("replicas: 1  #", "replicas: 3  #"));
    const image = ["spec", "template", "spec", "containers", 0, "image"];
    expect(edited(web, image, "app:2")).toBe(web.replace('"app:1"', '"app:2"'));
  });

  test("new fields go before what is long, new fields of a container at its end", () => {
    expect(edited(web, ["spec", "minReadySeconds"], 10)).toBe(
      web.replace("for now\n", "for now\n  minReadySeconds: 10\n"),
    );
    const path = ["spec", "template", "spec", "containers", 0, "securityContext", "capabilities", "drop"];
    expect(edited(web, path, ["ALL"])).toBe(
      web.replace(
        "resources: {}\n",
        "resources: {}\n        securityContext:\n          capabilities:\n            drop:\n            - ALL\n",
      ),
    );
  });

  test("an empty mapping is filled, an item appended in the style of the list", () => {
    const path = ["spec", "template", "spec", "containers"];
    expect(edited(web, [...path, 0, "resources", "limits"], { memory: "1Gi" })).toBe(
      web.replace("resources: {}", "resources: {limits: {memory: 1Gi}}"),
    );
    expect(edited(web, [...path, 2], { name: "log", image: "log" })).toBe(
      `${web}      - name: log\n        image: log\n`,
    );
  });

  test("fields and items go with their lines", () => {
    expect(edited(web, ["spec", "replicas"])).toBe(web.replace("  replicas: 1  # enough for now\n", ""));
    expect(edited(web, ["spec", "template", "spec", "containers", 1])).toBe(web.replace("      - name: proxy\n", ""));
    expect(edited(web, ["spec", "template", "spec", "containers", 0, "name"])).toBe(
      web.replace("- name: app # first\n        image", "- image"),
    );
  });

  test("the last field or item leaves an empty mapping or list", () => {
    expect(edited("a:\n  b: 1\nc: 2\n", ["a", "b"])).toBe("a: {}\nc: 2\n");
    expect(edited("a:\n  - 1\nc: 2\n", ["a", 0])).toBe("a: []\nc: 2\n");
  });

  test("a key without a value gets one", () => {
    expect(edited("a:\nb: 1\n", ["a"], 2)).toBe("a: 2\nb: 1\n");
    expect(edited("a: # none\nb: 1\n", ["a", "c"], 2)).toBe("a: # none\n  c: 2\nb: 1\n");
    expect(edited("a: ~\n", ["a", "c"], [1])).toBe("a:\n  c:\n    - 1\n");
  });

  test("CR LF stays, and so does a missing line end", () => {
    expect(edited("a: 1\r\nb:\r\n  c: 2\r\n", ["b", "d", "e"], 3)).toBe("a: 1\r\nb:\r\n  c: 2\r\n  d:\r\n    e: 3\r\n");
    expect(edited("a: 1", ["b"], 2)).toBe("a: 1\nb: 2");
  });

  test("block scalars end before what is added", () => {
    expect(edited("a: |\n  x\n  y\n\n# end\n", ["b"], 2)).toBe("a: |\n  x\n  y\nb: 2\n\n# end\n");
    expect(edited("a: |\n  x\nb: 1\n", ["a"], "z")).toBe("a: z\nb: 1\n");
  });

  test("texts that Kubernetes would read as something else are quoted", () => {
    expect(edited("a: 1\n", ["b"], ["yes", "0644", "1e3", "on"])).toBe(
      'a: 1\nb:\n  - "yes"\n  - "0644"\n  - "1e3"\n  - "on"\n',
    );
  });
});

describe("flow YAML and JSON", () => {
  test("stays in brackets, padded as the others are", () => {
    expect(edited("a: {b: 1}\n", ["a", "c"], { d: [1] })).toBe("a: {b: 1, c: {d: [1]}}\n");
    expect(edited("a: { b: 1 }\n", ["a", "c"], 2)).toBe("a: { b: 1, c: 2 }\n");
    expect(edited("a: [{b: 1}, {b: 2}]\n", ["a", 0])).toBe("a: [{b: 2}]\n");
    expect(edited("a: {b: 1, c: 2}\n", ["a", "c"])).toBe("a: {b: 1}\n");
    expect(edited("a: [x]\n", ["a", 1], "z")).toBe("a: [x, z]\n");
  });

  test("JSON stays JSON, on as many lines as it is", () => {
    const wide = '{\n    "a": {\n        "b": 1\n    }\n}\n';
    expect(edited(wide, ["a", "c"], { d: ["x"] })).toBe(
      '{\n    "a": {\n        "b": 1,\n        "c": {\n            "d": [\n                "x"\n            ]\n        }\n    }\n}\n',
    );
    expect(edited('{"a": {"b": 1}}', ["a", "c"], { d: ["x"] })).toBe('{"a": {"b": 1, "c": {"d": ["x"]}}}');
    expect(edited('{"a": {}}', ["a", "c"], "x")).toBe('{"a": {"c": "x"}}');
  });
});

describe("what cannot be edited", () => {
  test("anchors that other places use, and aliases", () => {
    const text = "a: &x\n  b: 1\nc: *x\n";
    expect(edited(text, ["a", "b"], 2)).toMatch(/^problem: .*anchor &x/);
    expect(edited(text, ["c", "b"], 2)).toMatch(/^problem: .*alias \*x/);
  });

  test("what is not there, in the way, or not readable", () => {
    expect(edited("a: 1\n", ["a", "b"], 2)).toMatch(/^problem/);
    expect(edited("a: [1]\n", ["a", 3], 2)).toMatch(/^problem/);
    expect(edited("a: 1\n", ["b"])).toMatch(/^problem/);
    expect(edited("a: [1\n", ["b"], 1)).toMatch(/^problem/);
  });
});

describe("laws", () => {
  const key = fc.constantFrom("a", "b", "name", "template", "containers", "on");
  const scalar = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constantFrom("x", "yes", "1", "a: b", "# no", "", "two words", "- x"),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  const object = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 });
  const writers = [
    (value: unknown) => stringify(value, { version: "1.1" }),
    (value: unknown) => dump(value, { flowLevel: 2 }),
    (value: unknown) => stringify(value, { version: "1.1" }).replaceAll("\n", "\r\n"),
    (value: unknown) => JSON.stringify(value, undefined, 2),
    (value: unknown) => JSON.stringify(value),
  ];

  function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
    if (Array.isArray(value))
      return [
        [...path, value.length],
        ...value.flatMap((item, index) => [[...path, index], ...pathsOf(item, [...path, index])]),
      ];
    if (typeof value !== "object" || value === null) return [];
    return [
      [...path, "new"],
      ...Object.entries(value).flatMap(([name, item]) => [[...path, name], ...pathsOf(item, [...path, name])]),
    ];
  }

  test("what is asked for is what stands there after, in every style; or a reason is given and nothing changes", () => {
    let made = 0;
    let asked = 0;
    fc.assert(
      fc.property(
        object,
        tree,
        fc.nat(),
        fc.constantFrom(...writers),
        fc.boolean(),
        (data, value, choice, write, removes) => {
          const text = write(data);
          const paths = pathsOf(data);
          const path = paths[choice % paths.length] ?? ["new"];
          asked += 1;
          const result = editDocument(text, { path, value: removes ? undefined : value });
          if ("problem" in result) return;
          made += 1;
          expect(parse(result.text)).toEqual(withEdit(parse(text), path, removes ? undefined : value));
          if (text.includes("\r\n")) expect(result.text.replaceAll("\r\n", "")).not.toContain("\n");
        },
      ),
      { seed: 620, numRuns: 600 },
    );
    expect(made / asked).toBeGreaterThan(0.6);
  });
});
