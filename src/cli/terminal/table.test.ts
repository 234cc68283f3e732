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

test("cuts the widest words to fit: paths lose their beginning, sentences their end, numbers nothing", () => {
  const columns = [{ title: "Place" }, { title: "Cost", align: "right" as const }, { title: "Finding" }];
  const lines = alignTable(
    columns,
    [["folder/with/a/long/name/file.yaml:12:3", "USD 1,234.50", "one replica stops with its node at every drain"]],
    60,
    plain,
  );
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(60);
  expect(lines[1]).toMatch(/^….*file\.yaml:12:3 {2}USD 1,234\.50 {2}one .*…$/);
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
