import fc from "fast-check";
import { expect, test } from "vitest";
import { createStyle } from "../terminal/style.ts";
import { bullets, code, heading, paragraph, table } from "./document.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderTerminal } from "./render-terminal.ts";

const layout = { width: 80, style: createStyle(false), maximumRows: 9 };

test("code stands as code, in Markdown and without marks in a terminal", () => {
  const document = [paragraph(`Write ${code("Cluster.spec.tier")} first.`)];
  expect(renderMarkdown(document)).toBe("Write `Cluster.spec.tier` first.\n");
  expect(renderTerminal(document, layout)).toBe("Write Cluster.spec.tier first.\n");
});

test.each(["`<img src=x onerror=alert(1)> ", "x`<img src=y>`", "<script>", "[link](javascript:x)"])(
  "%s stays text",
  (name) => {
    for (const block of [
      heading(2, name),
      paragraph(name),
      ...bullets([name]),
      ...table([{ title: "Name" }], [[name]]),
    ]) {
      const markdown = renderMarkdown([block]);
      expect(markdown).not.toMatch(/(^|[^\\])<|(^|[^\\])\[link/);
    }
  },
);

test("no text of the input starts a block of its own or ends a row", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("#", "\n", "|", "`", "a", " ", "-", "\r") }), (name) => {
      const lines = renderMarkdown([
        heading(1, "Title"),
        paragraph(`The name ${name}.`),
        ...table([{ title: "A" }, { title: "B" }], [[name, code(name)]]),
      ]).split("\n");
      expect(lines.filter((line) => line.startsWith("#"))).toEqual(["# Title"]);
      expect(lines.filter((line) => line.startsWith("|"))).toHaveLength(3);
    }),
  );
});

test("no text of the input commands the terminal", () => {
  const text = renderTerminal([paragraph("a \u001b[2J b"), ...table([{ title: "A" }], [["\u0007"]])], layout);
  expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});
