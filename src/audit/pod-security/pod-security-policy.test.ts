import { describe, expect, test } from "vitest";
import { checksOfPolicy, newestPolicyMinor, podSecurityChecks } from "./pod-security-checks.ts";
import { parsePolicy, policiesOfNamespace } from "./pod-security-policy.ts";

const prefix = "pod-security.kubernetes.io/";

describe("labels of a namespace", () => {
  test("nothing stated is privileged in every mode", () => {
    const privileged = { level: "privileged", minor: "latest" };
    expect(policiesOfNamespace({})).toEqual({ enforce: privileged, audit: privileged, warn: privileged, invalid: [] });
  });

  test("a bad enforce level is restricted, and warns nobody", () => {
    const { enforce, warn, invalid } = policiesOfNamespace({ [`${prefix}enforce`]: "Baseline" });
    expect(enforce).toEqual({ level: "restricted", minor: "latest" });
    expect(warn.level).toBe("privileged");
    expect(invalid).toEqual([{ label: `${prefix}enforce`, value: "Baseline" }]);
  });

  test("bad audit and warn levels are privileged", () => {
    const { audit, warn } = policiesOfNamespace({ [`${prefix}audit`]: "all", [`${prefix}warn`]: "all" });
    expect([audit.level, warn.level]).toEqual(["privileged", "privileged"]);
  });

  test("warnings follow what is enforced, with its version unless they have one", () => {
    const labels = { [`${prefix}enforce`]: "restricted", [`${prefix}enforce-version`]: "v1.30" };
    expect(policiesOfNamespace(labels).warn).toEqual({ level: "restricted", minor: 30 });
    expect(policiesOfNamespace({ ...labels, [`${prefix}warn-version`]: "v1.35" }).warn).toEqual({
      level: "restricted",
      minor: 35,
    });
    expect(policiesOfNamespace({ ...labels, [`${prefix}warn`]: "baseline" }).warn).toEqual({
      level: "baseline",
      minor: "latest",
    });
  });

  test.each(["1.30", "v1.030", "v2.1", "v1", "V1.30", ""])("version %j is latest, and invalid", (version) => {
    const { enforce, invalid } = policiesOfNamespace({
      [`${prefix}enforce`]: "baseline",
      [`${prefix}enforce-version`]: version,
    });
    expect(enforce).toEqual({ level: "baseline", minor: "latest" });
    expect(invalid).toHaveLength(1);
  });
});

test.each([
  ["restricted@v1.33", { level: "restricted", minor: 33 }],
  ["baseline", { level: "baseline", minor: "latest" }],
  ["strict@v1.33", undefined],
  ["restricted@1.33", undefined],
  ["restricted@", undefined],
])("policy %s", (text, expected) => {
  expect(parsePolicy(text)).toEqual(expected);
});

describe("checks of a policy", () => {
  const ids = (text: string) => {
    const policy = parsePolicy(text);
    return policy === undefined ? [] : checksOfPolicy(policy).map(({ check }) => check.id);
  };

  test("versions beyond the newest known are the newest", () => {
    expect(newestPolicyMinor).toBe(37);
    expect(ids("restricted@v1.99")).toEqual(ids("restricted@latest"));
  });

  test("restricted takes in every baseline check, or the one that replaces it", () => {
    for (let minor = 0; minor <= newestPolicyMinor; minor++) {
      const restricted = ids(`restricted@v1.${minor}`);
      for (const id of ids(`baseline@v1.${minor}`)) {
        const replacements = podSecurityChecks.filter(({ versions }) =>
          versions.some(({ overrides = [], since }) => since <= minor && overrides.includes(id)),
        );
        expect(restricted.includes(id), `${id} at v1.${minor}`).toBe(replacements.length === 0);
        for (const { id: replacement } of replacements) expect(restricted).toContain(replacement);
      }
    }
  });

  test("parts are numbered without gaps", () => {
    expect(podSecurityChecks.map(({ part }) => part)).toEqual(podSecurityChecks.map((_, index) => index + 1));
  });
});
