import { expect, test } from "vitest";
import { FaultTreeSolver } from "../fault-tree/solver.ts";
import { EventBook } from "../from-estate/event-book.ts";
import { exposedUntilRecovery, fullExposure } from "../from-estate/exposure.ts";
import { explainDifference } from "./explain-difference.ts";
import { HOURS_PER_YEAR } from "./simulate-failures.ts";
import { givenFailure, simulateTop } from "./testing/given-book.ts";

test("ten workloads that leave one node wait together: the tree adds their times up, and that is what is said", () => {
  const [q, recoveryHours, workloads, years] = [5e-3, 0.1, 10, 200];
  const book = new EventBook();
  const node = givenFailure(book, "node", q, 1);
  const away = Array.from({ length: workloads }, (_, index) => {
    const recovery = {
      id: `window/w${index}/node/1`,
      hours: recoveryHours,
      clause: "",
      group: `w${index}`,
      reasons: [],
    };
    return exposedUntilRecovery(book, node, recovery, book.tree.or([]), fullExposure);
  });
  const top = book.tree.or(away);
  const solver = new FaultTreeSolver(book.tree);
  const solution = solver.evaluate(solver.compile(top), book.unavailabilities());
  if (solution.kind !== "exact") throw new Error("not exact");
  expect(solution.probability).toBeCloseTo(-q * Math.expm1(-recoveryHours * workloads), 12);

  const { records } = simulateTop(book, top, { seed: 3, years, repair: "exponential" });
  const down = (records[0]?.hoursByYear ?? []).reduce((sum, hours) => sum + hours, 0) / (years * HOURS_PER_YEAR);
  expect(Math.abs(down / (-q * Math.expm1(-recoveryHours)) - 1)).toBeLessThan(0.03);

  const minutes = HOURS_PER_YEAR * 60;
  const interval = { mean: down * minutes, lower: down * minutes * 0.97, upper: down * minutes * 1.03 };
  const { agreement, differences } = explainDifference(interval, solution.probability * minutes, [], 0);
  expect(agreement).toBe("lower");
  expect(differences.join(" ")).toMatch(/independent of one another.*they overlap/);
});
