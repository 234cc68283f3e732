import { expect, test } from "vitest";
import { document, givenTexts } from "../testing/given-texts.ts";

test.each([
  ["{longestRequest: 90s}", 90],
  ["{longestRequest: 1m30s}", 90],
  ["{}", undefined],
])("of %s is %s seconds", (spec, seconds) => {
  const [application] = givenTexts({ "shop.yaml": document("Application", "shop", spec) }).applications;
  expect(application?.longestRequestSeconds).toBe(seconds);
});

test("one that is no duration is reported", () => {
  const estate = givenTexts({ "shop.yaml": document("Application", "shop", "{longestRequest: soon}") });
  expect(estate.applications[0]?.longestRequestSeconds).toBeUndefined();
  expect(estate.diagnostics.map(({ severity }) => severity)).toContain("error");
});
