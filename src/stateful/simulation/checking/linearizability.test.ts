import fc from "fast-check";
import { expect, test } from "vitest";
import { checkLinearizable, type RegisterOperation } from "./linearizability.ts";

/** Every order of the operations, every subset of those without an answer. */
function explainsByBruteForce(left: readonly RegisterOperation[], value: number): boolean {
  if (left.every(({ kind, end }) => kind === "write" && end === Number.POSITIVE_INFINITY)) return true;
  return left.some((operation) => {
    const others = left.filter((each) => each !== operation);
    if (others.some(({ end }) => end < operation.call)) return false;
    if (operation.kind === "read") return operation.value === value && explainsByBruteForce(others, value);
    return explainsByBruteForce(others, operation.value);
  });
}

const history = fc
  .array(
    fc.record({ isWrite: fc.boolean(), value: fc.nat(3), call: fc.nat(12), length: fc.nat(8), lost: fc.boolean() }),
    {
      maxLength: 6,
    },
  )
  .map((records) =>
    records.map(({ isWrite, value, call, length, lost }, index): RegisterOperation => {
      const end = isWrite && lost ? Number.POSITIVE_INFINITY : call + length + 0.5;
      return { kind: isWrite ? "write" : "read", value: isWrite ? index + 1 : value, call, end };
    }),
  );

test("agrees with brute force on small histories", () => {
  let linearizable = 0;
  fc.assert(
    fc.property(history, (operations) => {
      const expected = explainsByBruteForce(operations, 0);
      if (expected) linearizable++;
      expect(checkLinearizable(operations, 0)).toBe(expected ? "linearizable" : "notLinearizable");
    }),
    { numRuns: 3000 },
  );
  expect(linearizable).toBeGreaterThan(200);
});

test("finds the read that goes back", () => {
  const write = { kind: "write" as const, value: 1, call: 0, end: 10 };
  const newer = { kind: "read" as const, value: 1, call: 1, end: 2 };
  const older = { kind: "read" as const, value: 0, call: 3, end: 4 };
  expect(checkLinearizable([write, newer, older], 0)).toBe("notLinearizable");
  expect(checkLinearizable([write, older], 0)).toBe("linearizable");
});

test("gives up, rather than search without end", () => {
  const writes = Array.from({ length: 24 }, (_, index) => ({
    kind: "write" as const,
    value: index + 1,
    call: 0,
    end: 100,
  }));
  expect(checkLinearizable([...writes, { kind: "read", value: 99, call: 0, end: 100 }], 0, 500)).toBe("undecided");
});
