import { expect, test } from "vitest";
import { quotaFamily } from "./address-demand.ts";

test.each([
  ["Standard_D8ds_v5", "standardDDSv5Family"],
  ["Standard_D4as_v5", "standardDASv5Family"],
  ["Standard_E16-4ds_v5", "standardEDSv5Family"],
  ["Standard_B2ms", "standardBMSFamily"],
  ["Basic_A1", undefined],
])("quota family of %s is %s", (size, family) => {
  expect(quotaFamily(size)).toBe(family);
});
