import { describe, expect, test } from "vitest";
import { noAuditSettings } from "../model/audit-settings.ts";
import { document, givenTexts } from "../testing/given-texts.ts";

function estateWith(audit: string) {
  return givenTexts({ "estate.yaml": document("Estate", "shop", `\n  audit:\n${audit}`) });
}

describe("audit settings of the Estate", () => {
  test("are none where nothing is said", () => {
    expect(givenTexts({ "estate.yaml": document("Estate", "shop", "{}") }).audit).toEqual(noAuditSettings);
    expect(givenTexts({}).audit).toEqual(noAuditSettings);
  });

  test("are read with their places; one severity stands for every criticality", () => {
    const { audit, diagnostics } = estateWith(
      "    profile: strict\n    rules:\n      AVL-001: {severity: low}\n      AVL-007.5: {enabled: false, severity: {low: none}, parameters: {least: 3}}\n",
    );
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect([audit.profile, audit.profilePlace?.line]).toEqual(["strict", 6]);
    expect([...audit.rules].map(([rule, { place, ...setting }]) => [rule, setting, place.line])).toEqual([
      ["AVL-001", { enabled: undefined, severity: { high: "low", medium: "low", low: "low" }, parameters: {} }, 8],
      ["AVL-007.5", { enabled: false, severity: { low: "none" }, parameters: { least: 3 } }, 9],
    ]);
  });

  test("read exemptions with every part of the selector", () => {
    const selector = "{namespace: a, kind: Deployment, name: b, container: c, environment: prod, labels: {d: e}}";
    const { audit } = estateWith(
      `    exemptions: [{rule: AVL-001, selector: ${selector}, reason: r, owner: o, until: "2027-01-31"}]\n`,
    );
    const [{ place, ...exemption } = { place: undefined }] = audit.exemptions;
    expect(place?.line).toBe(6);
    expect(exemption).toEqual({
      rule: "AVL-001",
      namespace: "a",
      kind: "Deployment",
      name: "b",
      container: "c",
      environment: "prod",
      labels: { d: "e" },
      reason: "r",
      owner: "o",
      until: "2027-01-31",
    });
  });

  test.each([
    ["    exemptions: [{rule: AVL-001, reason: r, owner: o}]\n", "until"],
    ['    exemptions: [{rule: AVL-001, reason: r, owner: o, until: "2027-02-30"}]\n', "until"],
    ['    exemptions: [{rule: everything, reason: r, owner: o, until: "2027-02-03"}]\n', "rule"],
    ["    rules: {AVL-001: {severity: off}}\n", "severity"],
    ["    rules: {all: {enabled: false}}\n", "rules"],
    ["    rules: [AVL-001]\n", "rules"],
  ])("%s is an error at its place", (audit, field) => {
    const errors = estateWith(audit).diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ message }) => message).join("\n")).toContain(field);
    expect(errors[0]?.place?.line).toBe(6);
  });
});
