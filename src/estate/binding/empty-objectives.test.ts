import { expect, test } from "vitest";
import { complaints, document, givenTexts, webService } from "../testing/given-texts.ts";

function complaintsAt(objective: string): readonly string[] {
  const shop = document(
    "Application",
    "shop",
    `
  namespace: shop
  manifests: ./shop
  entryPoints: [{name: front, workload: shop/Deployment/web, exposure: public}]
  journeys: [{name: buy, entryPoint: front, objective: "${objective}"}]
`,
  );
  const estate = givenTexts({ "shop.yaml": shop, "shop/all.yaml": webService("web", { type: "LoadBalancer" }) });
  return complaints(estate).map((complaint) => complaint.slice(0, 7));
}

test.each([
  ["100%", ["EST-841"]],
  ["100.000%", ["EST-841"]],
  ["0%", ["EST-842"]],
  ["99.999%", []],
  ["120%", ["EST-206"]],
])("an objective of %s is reported as %s", (objective, codes) => {
  expect(complaintsAt(objective)).toEqual(codes);
});
