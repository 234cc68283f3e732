import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confluenceOf, confluenceVerdicts } from "./confluence.ts";

/** Two branches from one valid counter, each valid by itself, merged by adding up what each changed. */
function counterMerges(isValid: (value: number) => boolean, sign: 1 | -1): boolean {
  const holds = fc.check(
    fc.property(
      fc.integer({ min: -20, max: 20 }),
      fc.array(fc.nat(8)),
      fc.array(fc.nat(8)),
      (ancestor, left, right) => {
        fc.pre(isValid(ancestor));
        const branch = (changes: readonly number[]) =>
          changes.reduce((value, change) => (isValid(value + sign * change) ? value + sign * change : value), ancestor);
        return isValid(branch(left) + branch(right) - ancestor);
      },
    ),
    { seed: 7, numRuns: 500 },
  );
  return !holds.failed;
}

/** Two branches of a set of rows, merged by union less what either deleted. */
function setMerges<Row extends object>(
  row: fc.Arbitrary<Row>,
  isValid: (rows: readonly Row[]) => boolean,
  change: "insert" | "delete",
): boolean {
  const holds = fc.check(
    fc.property(
      fc.array(row, { maxLength: 6 }),
      fc.array(row, { maxLength: 4 }),
      fc.array(fc.nat(5), { maxLength: 4 }),
      (ancestor, added, deleted) => {
        fc.pre(isValid(ancestor));
        const insert = (rows: readonly Row[]) => {
          let kept = ancestor;
          for (const each of rows) if (isValid([...kept, each])) kept = [...kept, each];
          return kept;
        };
        const [left, right] = [
          insert(added.filter((_, index) => index % 2 === 0)),
          insert(added.filter((_, index) => index % 2 === 1)),
        ];
        const gone =
          change === "delete" ? deleted.map((index) => ancestor[index]).filter((each) => each !== undefined) : [];
        const pruned = left.filter((each) => !gone.includes(each));
        fc.pre(isValid(pruned));
        return isValid([...new Set([...pruned, ...right.filter((each) => !gone.includes(each))])]);
      },
    ),
    { seed: 7, numRuns: 2000 },
  );
  return !holds.failed;
}

describe("the table agrees with merging two branches", () => {
  test.each([
    ["atLeast", "increment", (value: number) => value >= 0, 1],
    ["atLeast", "decrement", (value: number) => value >= 0, -1],
    ["atMost", "increment", (value: number) => value <= 10, 1],
    ["atMost", "decrement", (value: number) => value <= 10, -1],
  ] as const)("%s under %s", (invariant, operation, isValid, sign) => {
    expect(counterMerges(isValid, sign)).toBe(confluenceOf(invariant, operation) === "none");
  });

  test("unique under insert of chosen values", () => {
    const key = fc.record({ key: fc.nat(4) });
    const unique = (rows: readonly { key: number }[]) => new Set(rows.map((row) => row.key)).size === rows.length;
    expect(setMerges(key, unique, "insert")).toBe(confluenceOf("unique", "insert") === "none");
  });

  test("foreign keys under insert and delete", () => {
    const row = fc.record({ id: fc.nat(4), parent: fc.option(fc.nat(4), { nil: undefined }) });
    const resolves = (rows: readonly { id: number; parent: number | undefined }[]) =>
      rows.every(({ parent }) => parent === undefined || rows.some(({ id }) => id === parent));
    expect(setMerges(row, resolves, "insert")).toBe(confluenceOf("foreignKey", "insert") === "none");
    expect(setMerges(row, resolves, "delete")).toBe(confluenceOf("foreignKey", "delete") === "none");
  });

  test("a sum under balanced inserts", () => {
    const entry = fc.integer({ min: 1, max: 9 }).map((amount) => ({ lines: [amount, -amount] }));
    const balanced = (rows: readonly { lines: readonly number[] }[]) =>
      rows.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line, 0) === 0;
    expect(setMerges(entry, balanced, "insert")).toBe(true);
    expect(confluenceOf("sum", "insert")).toBe("atomicity");
  });
});

test("reads are left out, and an entity without invariants needs nothing", () => {
  const operations = [
    { type: "read", perSecond: 9 },
    { type: "assign", perSecond: 1 },
  ] as const;
  expect(confluenceVerdicts([{ name: "cart", invariants: [], operations }])).toMatchObject([
    { entity: "cart", invariant: "none", operation: "assign", need: "none" },
  ]);
});
