import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { constructValue } from "./construct-value.ts";
import { parseSlice } from "./parse-slice.ts";
import { readPlainBlock } from "./read-plain-block.ts";

function read(text: string): { readonly value: unknown } | undefined {
  return readPlainBlock(text, 0, text.length);
}

/** What the whole grammar makes of it; undefined when it is no YAML. */
function readByGrammar(text: string): { readonly value: unknown } | undefined {
  const parsed = parseSlice(text);
  if ("error" in parsed) return undefined;
  try {
    return { value: constructValue(parsed.events, parsed.text, () => 0) };
  } catch {
    return undefined;
  }
}

const manifest = `# a web server
---
apiVersion: apps/v1   # the stable one
kind: Deployment
metadata:
  name: web
  labels: {}
  annotations:
    note: 'it is # no comment'
    other: "http://x: y"
spec:
  replicas: 3
  paused: no
  mode: 0644
  empty:
  nothing: ~
  template:
    spec:
      containers:
      - name: main
        image: registry.example/web:1.2.3
        args:
          - --listen=:8080
          - -v

          # more of it
          - "quoted"
        command: []
      -   name: wide
          script: |
            #!/bin/sh
            if true; then
              echo "a: b"

            fi
          last: |-
            one line
      nodeSelector:
        app.kubernetes.io/name: web
        1.30: yes
  tail: 1e3
`;

describe("reading plain block texts", () => {
  it("reads what manifests are made of as the whole grammar does", () => {
    expect(read(manifest)).toStrictEqual(readByGrammar(manifest));
    expect(read(manifest)?.value).toMatchObject({ spec: { paused: false, mode: 420, empty: null, tail: 1000 } });
  });

  it("reads a part of a text", () => {
    expect(readPlainBlock("a: 1\n---\nb: 2\n---\nc: 3\n", 5, 14)).toStrictEqual({ value: { b: 2 } });
  });

  it.each([
    "a: 1\na: 2\n",
    "a: b: c\n",
    "a: [1, 2]\n",
    "a: {b: 1}\n",
    "a: &x 1\nb: *x\n",
    "<<: {a: 1}\n",
    "a: !!str 1\n",
    "a: >\n  folded\n",
    "a: |+\n  kept\n\n",
    "a: |2\n   text\n",
    "a: |\n  no break at the end",
    'a: "escape \\n"\n',
    "a: 'it''s'\n",
    "a: one\n  two\n",
    'a: "one\n  two"\n',
    "a:\tb\n",
    "a: größe\n",
    "a: 1\r\nb: 2\r\n",
    "a: 1\n b: 2\n",
    "  a: 1\nb: 2\n",
    "- - a\n",
    "? a\n: b\n",
    "a: - b\n",
    "a: .nan\n",
    "a: @b\n",
    "null: 1\n",
    "__proto__: 1\n",
    "--- a\n",
    "%YAML 1.2\n---\na: 1\n",
    "text\n",
    "a: {{ .Values.x }}\n",
    "{{ if }}\n",
    "a: 'b'c\n",
    "a: 1\n- b\n",
    "a:\n  - b\n c: d\n",
    `${Array.from({ length: 600 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")}`,
  ])("leaves %j to the whole grammar", (text) => {
    expect(read(text)).toBeUndefined();
  });

  it("reads whatever data is written plainly as the whole grammar does", () => {
    const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_./-]{0,8}$/);
    const scalar = fc.oneof(
      fc.stringMatching(/^[ -~]{0,12}$/),
      fc.stringMatching(/^([ -~]{0,6}\n){1,3}$/),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie("tree"), { maxLength: 3 }), fc.dictionary(key, tie("tree"))),
    }));
    let isRead = 0;
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1 }), fc.boolean(), (data, indentSeq) => {
        const text = stringify(data, { indentSeq, lineWidth: 0, version: "1.1" });
        const reading = read(text);
        if (reading === undefined) return;
        isRead += 1;
        expect(reading).toStrictEqual(readByGrammar(text));
      }),
      { numRuns: 1_000, seed: 1 },
    );
    expect(isRead).toBeGreaterThan(100);
  });

  it("reads no text otherwise than the whole grammar does, however it is broken", () => {
    const pieces = [
      "\n",
      "  ",
      " ",
      "- ",
      ": ",
      ":",
      "#",
      "'",
      '"',
      "|\n",
      "|-\n",
      "{}",
      "[",
      "?",
      "~",
      "a",
      "\n\n    b",
    ];
    let isRead = 0;
    const change = fc.record({ at: fc.nat(manifest.length), cut: fc.nat(6), piece: fc.constantFrom("", ...pieces) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let text = manifest;
        for (const { at, cut, piece } of changes) text = text.slice(0, at) + piece + text.slice(at + cut);
        const reading = read(text);
        if (reading === undefined) return;
        isRead += 1;
        expect(reading).toStrictEqual(readByGrammar(text));
      }),
      { numRuns: 3_000, seed: 1 },
    );
    expect(isRead).toBeGreaterThan(300);
  });
});
