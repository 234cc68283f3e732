import { expect, test } from "vitest";
import { runScantling } from "./run-scantling.ts";

test("scantling audit holds declared recovery against the timelines of scantling stateful timeline", () => {
  const audit = runScantling(["audit", "examples/nordwind", "--rule", "STA-001", "-o", "json"]);
  const timeline = runScantling(["stateful", "timeline", "examples/nordwind", "-o", "json"]);
  const { findings } = JSON.parse(audit.stdout) as {
    findings: { rule: string; subject: string; environment: string; path: string }[];
  };
  const { stores } = JSON.parse(timeline.stdout) as {
    stores: { subject: string; timelines: { scope: string; rtoMet?: string }[] }[];
  };
  const missed = stores
    .filter(({ subject }) => ["DataStore/carts", "DataStore/loyalty", "DataStore/stock"].includes(subject))
    .flatMap(({ subject, timelines }) =>
      timelines.filter(({ rtoMet }) => rtoMet === "no").map(({ scope }) => `${subject} spec.recovery.${scope}.rto`),
    );
  expect(missed.length).toBeGreaterThan(0);
  const found = findings
    .filter(({ rule, subject }) => rule === "STA-001.1" && subject.startsWith("DataStore/"))
    .map(({ subject, path }) => `${subject} ${path}`);
  expect(found.toSorted()).toEqual(missed.toSorted());
});
