import { expect, test } from "vitest";
import { createStyle, displayWidth } from "./style.ts";
import { alignTable } from "./table.ts";

const plain = createStyle(false);

test("aligns words to the left and numbers to the right", () => {
  expect(
    alignTable(
      [{ title: "Pool" }, { title: "Nodes", align: "right" }],
      [
        ["system", "3"],
        ["apps", "12"],
      ],
      80,
      plain,
    ),
  ).toEqual(["Pool    Nodes", "system      3", "apps       12"]);
});

test("wraps the widest words to fit, and never a number", () => {
  const columns = [{ title: "Place" }, { title: "Cost", align: "right" as const }, { title: "Finding" }];
  const lines = alignTable(
    columns,
    [["folder/with/a/long/name/file.yaml:12:3", "USD 1,234.50", "one replica stops with its node at every drain"]],
    60,
    plain,
  );
  expect(lines).toEqual([
    "Place                           Cost  Finding",
    "folder/with/a/long/     USD 1,234.50  one replica stops with",
    "name/file.yaml:12:3                   its node at every",
    "                                      drain",
  ]);
});

test("cuts a cell that would take more than three lines, and says so", () => {
  const lines = alignTable([{ title: "Why" }], [["word ".repeat(40).trim()]], 20, plain);
  expect(lines).toEqual(["Why", "word word word word", "word word word word", "word word word word…"]);
});

test("keeps a colour on every line of a cell", () => {
  const coloured = createStyle(true);
  const [, ...lines] = alignTable([{ title: "Field" }], [[coloured.cyan("spec.nodePools and more")]], 15, coloured);
  expect(lines).toEqual([coloured.cyan("spec.nodePools"), coloured.cyan("and more")]);
});

test("wide characters count twice", () => {
  const [, first, second] = alignTable(
    [{ title: "Name" }, { title: "Next" }],
    [
      ["日本", "x"],
      ["abcd", "x"],
    ],
    80,
    plain,
  );
  expect(displayWidth(first ?? "")).toBe(displayWidth(second ?? ""));
});
