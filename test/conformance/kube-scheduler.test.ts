import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scheduleSnapshots } from "../../src/operations/scheduling/schedule.ts";
import type { PodStep } from "../../src/scheduling/kube-scheduler/pod-step.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

/** A cluster and pods, and what kube-scheduler 1.26.4 answered at each step. */
interface RecordedCase {
  readonly id: string;
  readonly expect: readonly PodStep[];
}

const lines = readFileSync(join(sharedFolder, "conformance/kube-scheduler/cases.jsonl"), "utf8").trim().split("\n");
const cases = lines.map((line) => ({ line, recorded: JSON.parse(line) as RecordedCase }));

/** Reasons compare as a set: the order in which a node's shortages are listed says nothing. */
function comparable({ pod, nodes, best, chosen }: PodStep): unknown {
  const answers = Object.entries(nodes).map(([name, answer]) => [
    name,
    "fail" in answer ? { fail: answer.fail, reason: answer.reason.toSorted() } : answer,
  ]);
  return { pod, nodes: Object.fromEntries(answers), best: best.toSorted(), chosen };
}

test("112 cases of 308 steps were recorded", () => {
  expect(cases).toHaveLength(112);
  expect(cases.flatMap(({ recorded }) => recorded.expect)).toHaveLength(308);
});

describe("answers as kube-scheduler 1.26", () => {
  test.each(cases.map((each) => [each.recorded.id, each] as const))("%s", (_id, { line, recorded }) => {
    const report = scheduleSnapshots(line, "cases.jsonl", { kubernetesVersion: "1.26" });
    const steps = report.cases[0]?.steps ?? [];
    expect(steps.map(comparable)).toEqual(recorded.expect.map(comparable));
    for (const { best, chosen } of steps) expect(chosen === "" ? best.length === 0 : best.includes(chosen)).toBe(true);
  });
});
