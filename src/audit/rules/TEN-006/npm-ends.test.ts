import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import { auditTexts } from "../../testing/audit-texts.ts";

const linux = readFileSync(join(import.meta.dirname, "testdata", "fail.5.npm.yaml"), "utf8");
const ends = aksClusterFacts.npmEndsOnLinux.value;

function npm(today: string): { readonly severity: string; readonly message: string } | undefined {
  return auditTexts({ "npm.yaml": linux }, { today }).findings.find(({ rule }) => rule === "TEN-006.5");
}

test("the end of Azure NPM is told from what has ended", () => {
  // One step down: the cluster has one tenant.
  expect(npm(ends)).toMatchObject({ severity: "low", message: expect.stringContaining(`ends on ${ends} on Linux`) });
  expect(npm(`${Number(ends.slice(0, 4)) + 1}-01-01`)).toMatchObject({
    severity: "medium",
    message: expect.stringContaining(`ended on ${ends} on Linux`),
  });
});
