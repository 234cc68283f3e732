import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rules } from "../../../src/audit/rules/rules.ts";
import { readMarkdown } from "./read-markdown.ts";
import { rulePage } from "./rule-pages.ts";

describe("readMarkdown", () => {
  it("reads headings, paragraphs, lists, tables, code and links", () => {
    const text =
      "# A `b`\n\none\ntwo **x**\n\n- i [l](https://e.example)\n  more\n- j\n\n| h |\n|---|\n| c |\n\n```yaml\na: 1\n\nb: 2\n```\n";
    expect(readMarkdown(text)).toEqual([
      {
        kind: "heading",
        level: 1,
        content: [
          { kind: "text", text: "A " },
          { kind: "code", text: "b" },
        ],
      },
      {
        kind: "paragraph",
        content: [
          { kind: "text", text: "one two " },
          { kind: "strong", text: "x" },
        ],
      },
      {
        kind: "list",
        items: [
          [
            { kind: "text", text: "i " },
            { kind: "link", text: "l", address: "https://e.example" },
            { kind: "text", text: " more" },
          ],
          [{ kind: "text", text: "j" }],
        ],
      },
      { kind: "table", head: [[{ kind: "text", text: "h" }]], rows: [[[{ kind: "text", text: "c" }]]] },
      { kind: "code", text: "a: 1\n\nb: 2" },
    ]);
  });

  it("makes no link of what is no address of the web", () => {
    expect(readMarkdown("[x](javascript:alert)")).toEqual([
      { kind: "paragraph", content: [{ kind: "text", text: "x" }] },
    ]);
  });

  it("never hangs or throws", () => {
    const line = fc.constantFrom("# h", "- a", "| a |", "|---|", "```", "text", "", "**x", "[a](b)", "`c");
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(readMarkdown(lines.join("\n")).length).toBeLessThanOrEqual(lines.length);
      }),
    );
  });
});

it("has a page for every rule, with what fails, why, and how to fix it", () => {
  for (const { id } of rules) {
    const headings = readMarkdown(rulePage(id) ?? "").flatMap((block) =>
      block.kind === "heading" && block.level === 2 ? [block.content.map(({ text }) => text).join("")] : [],
    );
    expect(headings.slice(0, 3), id).toEqual(["What fails", "Why it matters", "How to fix it"]);
  }
});
