import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { evaluatePod } from "../../src/audit/pod-security/evaluate-pod.ts";
import { podSecurityChecks } from "../../src/audit/pod-security/pod-security-checks.ts";
import { parsePolicy } from "../../src/audit/pod-security/pod-security-policy.ts";
import { readStandardPod } from "../../src/audit/pod-security/standard-pod.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

/** A pod, and what the reference admission controller says of it. */
interface RecordedCase {
  readonly name: string;
  readonly level: "baseline" | "restricted";
  readonly version: string;
  readonly verdict: "pass" | "fail";
  /** The one control that a failing pod breaks, in lower case. */
  readonly control: string | null;
  readonly manifest: string;
}

const { cases } = JSON.parse(readFileSync(join(sharedFolder, "conformance/pod-security/cases.json"), "utf8")) as {
  readonly cases: readonly RecordedCase[];
};

/** The check that a restricted policy applies in the place of a baseline check. */
const overriding = new Map(
  podSecurityChecks.flatMap(({ id, versions }) =>
    (versions.at(-1)?.overrides ?? []).map((overridden): [string, string] => [overridden.toLowerCase(), id]),
  ),
);

test("148 cases were recorded", () => {
  expect(cases).toHaveLength(148);
});

describe.each(["baseline", "restricted"] as const)("%s", (level) => {
  test.each(cases.filter((each) => each.level === level))("$name: $verdict", (recorded) => {
    const policy = parsePolicy(`${recorded.level}@${recorded.version}`);
    if (policy === undefined) throw new Error(`${recorded.level}@${recorded.version} is no policy`);
    const pod = readStandardPod(load(recorded.manifest) as { readonly [key: string]: unknown });
    const broken = evaluatePod(pod, policy)
      .filter(({ verdict }) => verdict !== "pass")
      .map(({ check }) => check.id.toLowerCase());
    const expected = recorded.verdict === "pass" ? [] : [expectedControl(recorded), ...companionsOf(recorded)];
    expect(new Set(broken)).toEqual(new Set(expected));
  });
});

/**
 * Some pods cannot break their control alone: an empty security context drops nothing either, a privileged container may
 * not forbid escalation, and a Windows host process needs the network of the node.
 */
function companionsOf({ level, control, name }: RecordedCase): readonly string[] {
  if (control === "windowshostprocess") return ["hostnamespaces"];
  if (level === "restricted" && control === "privileged") return ["allowprivilegeescalation"];
  return name === "allowprivilegeescalation3.yaml" ? ["capabilities_restricted"] : [];
}

function expectedControl({ level, control }: RecordedCase): string | undefined {
  const replaced = level === "restricted" ? overriding.get(control ?? "") : undefined;
  return replaced?.toLowerCase() ?? control ?? undefined;
}
