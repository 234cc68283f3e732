import { expect, test } from "vitest";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { sourceExcerpt } from "./source-excerpt.ts";

function excerptOf(text: string, line: number, code = "EST-001"): string {
  const diagnostic: Diagnostic = {
    code,
    name: "yaml-syntax",
    severity: "error",
    message: "Something stands here.",
    place: { precision: "exact", source: "a.yaml", line, column: 3 },
  };
  return sourceExcerpt(diagnostic, new Map([["a.yaml", text]])).join("\n");
}

test("shows the line with a caret", () => {
  expect(excerptOf("a: 1\nb: 2\n", 2)).toBe("  2 | b: 2\n    |   ^");
});

test.each([
  ["a Secret", 'kind: Secret\nstringData:\n  password: "hunter2\n', 3, "EST-003"],
  ["a Secret in JSON", '{"kind": "Secret", "stringData": {"a": "hunter2"}}', 1, "EST-310"],
  ["a host mention", 'kind: Pod\nx: "postgres://admin:hunter2@db:5432/x"\n', 2, "EST-330"],
  ["credentials of a URL", 'kind: Pod\nx: "postgres://admin:hunter2@db:5432/x"\n', 2, "EST-310"],
  ["an argument", 'kind: Pod\nargs: ["--password=hunter2"]\n', 2, "EST-310"],
  ["a connection string", "kind: Pod\nx: Endpoint=sb://a/;SharedAccessKey=hunter2;x=1\n", 2, "EST-310"],
])("does not show what %s holds", (_name, text, line, code) => {
  expect(excerptOf(text, line, code)).not.toContain("hunter2");
});

test("a Secret beside it does not hide another document", () => {
  expect(excerptOf("kind: Secret\n---\nkind: Service\nname: web\n", 4)).toContain("name: web");
});

test("does not let the text command the terminal", () => {
  expect(excerptOf("a: \u001b]0;pwned\u0007\n", 1)).not.toMatch(/\p{Cc}(?<!\n)/u);
});
