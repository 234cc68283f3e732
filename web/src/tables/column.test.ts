import { describe, expect, it } from "vitest";
import { type Column, sortRows } from "./column.ts";

interface Row {
  readonly name: string;
  readonly cost: number | undefined;
}
const columns: readonly Column<Row>[] = [
  { key: "name", title: "Name", cell: (row) => row.name, sortBy: (row) => row.name },
  { key: "cost", title: "Cost", cell: (row) => row.cost, sortBy: (row) => row.cost },
  { key: "note", title: "Note", cell: () => "" },
];
const rows: readonly Row[] = [
  { name: "b", cost: 2 },
  { name: "c", cost: undefined },
  { name: "a", cost: 10 },
  { name: "d", cost: 2 },
];

describe("sortRows", () => {
  const order = (key: string, descending: boolean) =>
    sortRows(rows, columns, { key, descending })
      .map((row) => row.name)
      .join("");

  it("sorts words and numbers both ways", () => {
    expect(order("name", false)).toBe("abcd");
    expect(order("name", true)).toBe("dcba");
    expect(order("cost", false)).toBe("bdac");
  });

  it("puts what has no value last, both ways", () => {
    expect(order("cost", true)).toBe("abdc");
  });

  it("keeps the given order without a sortable column", () => {
    expect(order("note", true)).toBe("bcad");
    expect(sortRows(rows, columns, undefined)).toBe(rows);
  });
});
