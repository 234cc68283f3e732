import { expect, test } from "vitest";
import { auditTexts, bareDeployment } from "../../testing/audit-texts.ts";

test("each thing that a container does not state is its own verdict, so that one can be silenced without the others", () => {
  const silenced = bareDeployment(
    "web",
    ', annotations: {"ignore-check.kube-linter.io/unset-cpu-requirements": "bursty"}',
  );
  const { findings } = auditTexts({ "shop.yaml": silenced });
  const own = findings.filter(({ rule }) => rule.startsWith("AVL-011."));
  expect(
    own.map(({ rule, exemptedBy }) => `${rule} ${exemptedBy === undefined ? "open" : "ignored"}`).toSorted(),
  ).toEqual(["AVL-011.1 ignored", "AVL-011.2 open", "AVL-011.3 open"]);
});
