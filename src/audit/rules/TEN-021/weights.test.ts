import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditTexts, bareDeployment } from "../../testing/audit-texts.ts";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "testdata", name), "utf8");

function weights(text: string): { readonly [rule: string]: string } {
  const { findings } = auditTexts({ "pair.yaml": text });
  const own = findings.filter(({ rule, verdict, subject }) => {
    return rule.startsWith("TEN-021.") && verdict === "fail" && subject.endsWith("/shop");
  });
  return Object.fromEntries(own.map(({ rule, severity }) => [rule.slice("TEN-021.".length), severity]));
}

test("what a tenant can undo weighs most; what nobody has tried weighs medium, and what it does not need informs", () => {
  const open = weights(fixture("fail.10.host-path.yaml"));
  expect(open).toMatchObject({ "6": "medium", "8": "info", "9": "info", "10": "medium" });
  const ledger = bareDeployment("ledger").replace("namespace: shop", "namespace: bank");
  const external = fixture("fail.10.host-path.yaml").replace(
    "{namespaces: [shop],",
    "{namespaces: [shop], trust: external,",
  );
  expect(weights(`${external}---\n${ledger}`)).toMatchObject({ "6": "high", "8": "high", "9": "high", "10": "high" });
  expect(weights(fixture("fail.3.writes-its-quota.yaml"))["3"]).toBe("critical");
});

test("quotas that lack are left to the rules that judge them by namespace", () => {
  const bare = fixture("fail.10.host-path.yaml").replace("kind: ResourceQuota", "kind: LimitRange");
  expect(weights(bare)).toMatchObject({ "16": "info", "17": "info", "14": "low" });
});
