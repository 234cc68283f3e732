import { describe, expect, test } from "vitest";
import { auditTexts, bareDeployment } from "../testing/audit-texts.ts";

const shop = {
  "shop.yaml": `${bareDeployment("web", ", labels: {tier: front}", ["app", "proxy"])}---\n${bareDeployment("api")}`,
};
const day = 'reason: "agreed", owner: anna, until: "2026-12-31"';

function withEstate(...exemptions: readonly string[]): { readonly [path: string]: string } {
  return {
    ...shop,
    "estate.yaml": `apiVersion: scantling/v1alpha1\nkind: Estate\nmetadata: {name: shop}\nspec:\n  audit:\n    exemptions:\n${exemptions.map((text) => `      - ${text}\n`).join("")}`,
  };
}

function exempted(texts: { readonly [path: string]: string }): string[] {
  return auditTexts(texts)
    .findings.filter(({ exemptedBy }) => exemptedBy !== undefined)
    .map(({ rule, subject, container }) => [rule, subject.split("/").at(-1), container].join(" ").trim());
}

describe("exemptions of the Estate", () => {
  test.each([
    ["rule: GIT-001", ["GIT-001.1 api app", "GIT-001.1 web app", "GIT-001.1 web proxy"]],
    ["rule: GIT-001.1, selector: {name: api}", ["GIT-001.1 api app"]],
    ["rule: GIT-001, selector: {container: proxy}", ["GIT-001.1 web proxy"]],
    ["rule: GIT-001, selector: {labels: {tier: front}, container: app}", ["GIT-001.1 web app"]],
    [
      "rule: GIT-001, selector: {kind: Deployment, namespace: shop, environment: default, name: api}",
      ["GIT-001.1 api app"],
    ],
    ["rule: GIT-001.2", []],
    ["rule: GIT-001, selector: {kind: StatefulSet}", []],
    ["rule: GIT-001, selector: {name: ap}", []],
  ])("%s", (text, expected) => {
    expect(exempted(withEstate(`{${text}, ${day}}`))).toEqual(expected);
  });

  test("hold to the end of their last day, then fail again and are reported", () => {
    const texts = withEstate(`{rule: GIT-001, selector: {name: api}, ${day}}`);
    const last = auditTexts(texts, { today: "2026-12-31" });
    expect(last.findings.filter(({ exemptedBy }) => exemptedBy !== undefined)).toHaveLength(1);
    expect(last.diagnostics).toEqual([]);
    const after = auditTexts(texts, { today: "2027-01-01" });
    expect(after.findings.filter(({ exemptedBy }) => exemptedBy !== undefined)).toEqual([]);
    expect(after.diagnostics.map(({ code, place }) => [code, place?.line])).toEqual([["EST-604", 7]]);
  });

  test("that name no rule, no object, or nothing that fails are reported", () => {
    const report = auditTexts(
      withEstate(
        `{rule: GIT-999, ${day}}`,
        `{rule: GIT-001, selector: {name: wbe}, ${day}}`,
        `{rule: GIT-001, selector: {namespace: shop, kind: Deployment, name: web}, ${day}}`,
        `{rule: AVL-002, selector: {name: web}, ${day}}`,
      ),
    );
    expect(report.diagnostics.map(({ code, place }) => [code, place?.line])).toEqual([
      ["EST-600", 7],
      ["EST-605", 8],
      ["EST-606", 10],
    ]);
  });

  test("are not called useless when only some rules are audited", () => {
    const texts = withEstate(`{rule: AVL-002, selector: {name: web}, ${day}}`);
    expect(auditTexts(texts, { only: ["GIT-001"] }).diagnostics).toEqual([]);
  });

  test("lack neither reason, owner nor last day", () => {
    for (const left of ["reason", "owner", "until"]) {
      const fields = day.split(", ").filter((field) => !field.startsWith(left));
      expect(exempted(withEstate(`{rule: GIT-001, ${fields.join(", ")}}`)), left).toEqual([]);
    }
  });
});

describe("ignore annotations of other tools", () => {
  test.each([
    [
      "kube-linter",
      '"ignore-check.kube-linter.io/latest-tag": "pinned by the mirror"',
      ["GIT-001.1"],
      "pinned by the mirror",
    ],
    ["kube-score", '"kube-score/ignore": "container-image-tag, no-such"', ["GIT-001.1"], "no reason is given"],
    ["polaris", '"polaris.fairwinds.com/tagNotSpecified-exempt": "true"', ["GIT-001.1"], "no reason is given"],
    ["checkov", '"checkov.io/skip1": "CKV_K8S_14=moves on purpose"', ["GIT-001.1"], "moves on purpose"],
    ["datree", '"datree.skip/CONTAINERS_MISSING_IMAGE_VALUE_VERSION": "later"', ["GIT-001.1"], "later"],
  ])("of %s", (tool, annotation, silenced, reason) => {
    const { findings } = auditTexts({ "web.yaml": bareDeployment("web", `, annotations: {${annotation}}`) });
    const ignored = findings.filter(({ exemptedBy }) => exemptedBy?.tool !== undefined);
    expect(ignored.map(({ rule }) => rule)).toEqual(silenced);
    expect(ignored[0]?.exemptedBy).toMatchObject({ tool, reason });
    expect(findings.some(({ rule, exemptedBy }) => rule === "AVL-001.1" && exemptedBy === undefined)).toBe(true);
  });

  test("polaris is only exempt where it says true", () => {
    const metadata = ', annotations: {"polaris.fairwinds.com/exempt": "false"}';
    expect(exempted({ "web.yaml": bareDeployment("web", metadata) })).toEqual([]);
  });

  test("ignore-all silences the rules that the tool has, and no other", () => {
    const metadata = ', annotations: {"kube-linter.io/ignore-all": "vendored"}';
    const { findings } = auditTexts({ "web.yaml": bareDeployment("web", metadata) });
    const ignored = new Set(findings.filter(({ exemptedBy }) => exemptedBy !== undefined).map(({ rule }) => rule));
    expect(ignored).toContain("GIT-001.1");
    expect(ignored).toContain("AVL-001.1");
    const open = new Set(findings.filter(({ exemptedBy }) => exemptedBy === undefined).map(({ rule }) => rule));
    expect(open.size).toBeGreaterThan(0);
  });

  test("are read from the pod template too", () => {
    const text = bareDeployment("web").replace(
      "metadata: {labels: {app: web}}",
      'metadata: {labels: {app: web}, annotations: {"kube-score/ignore": "container-image-tag"}}',
    );
    expect(exempted({ "web.yaml": text })).toEqual(["GIT-001.1 web app"]);
  });

  test("comments of Trivy hold for the document they stand in", () => {
    const text = `# trivy:ignore:AVD-KSV-0013 the mirror pins it\n${bareDeployment("web")}---\n${bareDeployment("api")}`;
    const { findings } = auditTexts({ "shop.yaml": text });
    const ignored = findings.filter(({ exemptedBy }) => exemptedBy !== undefined);
    expect(
      ignored.map(({ rule, subject, exemptedBy }) => [rule, subject.split("/").at(-1), exemptedBy?.reason]),
    ).toEqual([["GIT-001.1", "web", "the mirror pins it"]]);
  });

  test("of checks that no rule covers are reported once", () => {
    const metadata = ', annotations: {"ignore-check.kube-linter.io/no-such-check": "x"}';
    const report = auditTexts({ "a.yaml": bareDeployment("web", metadata), "b.yaml": bareDeployment("api", metadata) });
    expect(report.diagnostics.map(({ code, severity, place }) => [code, severity, place?.line])).toEqual([
      ["EST-612", "note", 3],
    ]);
  });

  test("that are no text are left alone", () => {
    const metadata = ', annotations: {"kube-score/ignore": 3, "checkov.io/skip1": {a: 1}, "datree.skip/": ""}';
    expect(exempted({ "web.yaml": bareDeployment("web", metadata) })).toEqual([]);
  });
});
