import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const snapshot = JSON.stringify({
  id: "demo",
  nodes: [{ metadata: { name: "a" }, status: { allocatable: { cpu: "2", memory: "4Gi", pods: 10 } } }],
  pods: ["1500m", "600m"].map((cpu, index) => ({
    metadata: { name: `p${index}` },
    spec: { containers: [{ resources: { requests: { cpu } } }] },
  })),
});

function isSchedule(text: string): boolean {
  const schema = JSON.parse(readFileSync(join(repositoryRoot, "schemas/schedule.v1alpha1.json"), "utf8")) as object;
  return new Ajv({ strict: false }).compile(schema)(JSON.parse(text));
}

describe("scantling schedule", () => {
  test("schedules a snapshot from standard input, and its JSON is what the schema says", () => {
    const run = runScantling(["schedule", "-", "--kubernetes-version", "1.26", "-o", "json"], { input: snapshot });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    expect(isSchedule(run.stdout)).toBe(true);
    expect(JSON.parse(run.stdout)).toMatchObject({
      kubernetesVersion: "1.26",
      cases: [
        {
          id: "demo",
          steps: [
            { pod: "p0", chosen: "a" },
            { pod: "p1", chosen: "" },
          ],
        },
      ],
    });
  });

  test("says for people why a pod is pending and what would help; exit 1 only when asked for", () => {
    const run = runScantling(["schedule", "-"], { input: snapshot });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("1 of 2 pods placed, 1 pod pending.");
    expect(run.stdout.replaceAll(/\s+/g, " ")).toContain("lower the cpu request from 600m to 500m, then a takes it");
    expect(runScantling(["schedule", "-", "--fail-on-pending"], { input: snapshot }).code).toBe(1);
  });

  test("schedules every pod of an example estate where placement plans it", () => {
    const run = runScantling(["schedule", "examples/shop", "-o", "json"]);
    expect(run.code).toBe(0);
    expect(isSchedule(run.stdout)).toBe(true);
    const { cases } = JSON.parse(run.stdout) as { cases: { steps: { chosen: string }[] }[] };
    const steps = cases.flatMap((each) => each.steps);
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.filter(({ chosen }) => chosen === "")).toEqual([]);
  });

  test.each([
    ["text that is no snapshot", ["schedule", "-"], '{"nodes": [], "pods": [}', 2],
    ["a version that is none", ["schedule", "-", "--kubernetes-version", "latest"], snapshot, 2],
    ["a percentage over 100", ["schedule", "-", "--percentage-of-nodes-to-score", "101"], snapshot, 2],
    ["a cluster that is not there", ["schedule", "examples/shop", "--cluster", "nowhere"], "", 2],
    ["one bad pod among good ones", ["schedule", "-"], '{"nodes": [], "pods": [{}]}', 1],
  ])("%s", (_case, commandLine, input, code) => {
    const run = runScantling(commandLine, { input });
    expect(run.code).toBe(code);
    expect(run.stderr).not.toBe("");
    expect(run.stderr).not.toMatch(/\n\s+at .*\.ts:/);
  });
});
