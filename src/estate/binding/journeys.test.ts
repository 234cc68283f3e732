import { describe, expect, test } from "vitest";
import { breweryDocuments, breweryTexts } from "../testing/brewery-estate.ts";
import { assumed, complaints, document, givenTexts, webService } from "../testing/given-texts.ts";

const shop = document(
  "Application",
  "shop",
  `
  namespace: shop
  manifests: ./shop
  entryPoints: [{name: front, workload: shop/Deployment/web, hostname: shop.example, exposure: public}]
  journeys:
    - {name: buy, entryPoint: front, through: [shop/Deployment/api], objective: "99.9%"}
    - {name: look, entryPoint: front}
`,
);
const manifests = { "shop/all.yaml": webService("web", { type: "LoadBalancer", calls: "api" }) + webService("api") };

function slo(service: string, objective: string): string {
  return `apiVersion: openslo/v1
kind: SLO
metadata: {name: goal}
spec:
  service: ${service}
  timeWindow: [{duration: 4w, isRolling: true}]
  objectives: [${objective}]
`;
}

describe("journeys", () => {
  test("are as declared, in every environment, over a declared entry point", () => {
    const estate = givenTexts({ "shop.yaml": shop, ...manifests });
    expect(complaints(estate)).toEqual([]);
    expect(estate.journeys.map(({ id }) => id)).toEqual(["default/shop/buy", "default/shop/look"]);
    expect(estate.journeys[0]).toMatchObject({
      through: ["default/default/shop/Deployment/api"],
      objective: "99.9%",
      objectiveUnavailability: 1e-3,
      entryPoint: { name: "front", origin: "declared", workloads: ["default/default/shop/Deployment/web"] },
    });
  });

  test("take the place of found ones: the same way in is not listed twice", () => {
    const estate = givenTexts({ "shop.yaml": shop, ...manifests });
    expect(estate.entryPoints.map(({ name }) => name)).toEqual(["front"]);
    expect(assumed(estate).filter((line) => line.startsWith("journey-"))).toEqual([]);
  });

  test("may come in by a way that was found", () => {
    const application = document(
      "Application",
      "shop",
      "{namespace: shop, manifests: ./shop, journeys: [{name: buy, entryPoint: web}]}",
    );
    const estate = givenTexts({ "shop.yaml": application, ...manifests });
    expect(complaints(estate)).toEqual([]);
    expect(estate.journeys[0]?.entryPoint).toMatchObject({ name: "web", origin: "loadBalancer" });
  });

  test("that lean on what is not there are listed and marked", () => {
    const application = shop
      .replace("shop/Deployment/api", "shop/Deployment/apu")
      .replace("entryPoint: front}", "entryPoint: back}");
    const estate = givenTexts({ "shop.yaml": application, ...manifests });
    expect(estate.journeys.map(({ name, broken }) => [name, broken])).toEqual([
      ["buy", ["shop/Deployment/apu, which is not among the workloads of default"]],
      ["look", ["entry point back, which does not exist in default"]],
    ]);
    expect(complaints(estate)).toHaveLength(2);
  });
});

describe("objectives", () => {
  test("are the SLO's where it and the journey disagree", () => {
    const estate = givenTexts({ "shop.yaml": shop, "slo.yaml": slo("shop/buy", "{target: 0.9995}"), ...manifests });
    expect(complaints(estate).map((complaint) => complaint.slice(0, 7))).toEqual(["EST-228"]);
    expect(estate.journeys[0]).toMatchObject({ objective: "99.95%", objectiveUnavailability: 5e-4 });
    expect(estate.journeys[1]?.objective).toBeUndefined();
    expect(estate.serviceLevelObjectives).toMatchObject([
      { name: "goal", service: "shop/buy", unavailability: 5e-4, windowDays: 28 },
    ]);
  });

  test("agree without a word when they are the same", () => {
    const estate = givenTexts({ "shop.yaml": shop, "slo.yaml": slo("buy", "{targetPercent: 99.90}"), ...manifests });
    expect(complaints(estate)).toEqual([]);
    expect(estate.journeys[0]?.objectiveUnavailability).toBe(1e-3);
  });

  test("of an application hold for each of its journeys, the strictest one", () => {
    const texts = slo("shop", "{displayName: a, target: 0.99}, {displayName: b, target: 0.995}");
    const estate = givenTexts({
      "shop.yaml": shop.replace(', objective: "99.9%"', ""),
      "slo.yaml": texts,
      ...manifests,
    });
    expect(estate.journeys.map(({ objective }) => objective)).toEqual(["99.5%", "99.5%"]);
    expect(estate.serviceLevelObjectives.map(({ name }) => name)).toEqual(["goal/a", "goal/b"]);
  });

  test("on a threshold are no availability", () => {
    const estate = givenTexts({
      "shop.yaml": shop,
      "slo.yaml": slo("shop", "{target: 0.5, op: lte, value: 200}"),
      ...manifests,
    });
    expect(estate.journeys[0]?.objective).toBe("99.9%");
    expect(estate.diagnostics.map(({ code, severity }) => [code, severity])).toContainEqual(["EST-230", "note"]);
    expect(estate.serviceLevelObjectives).toHaveLength(1);
  });

  test.each([
    ["of nobody's service", slo("shpo", "{target: 0.99}"), "EST-212", /shop\?/],
    ["without a target", slo("shop", "{displayName: a}"), "EST-229", /target/],
  ])("%s are reported", (_what, text, code, hint) => {
    const estate = givenTexts({ "shop.yaml": shop, "slo.yaml": text, ...manifests });
    const problem = estate.diagnostics.find(({ severity }) => severity === "error");
    expect([problem?.code, problem?.affects]).toEqual([code, ["SLO/goal"]]);
    expect(problem?.hint).toMatch(hint);
  });

  test.each([
    [0.9, "90%", 0.1],
    [0.999, "99.9%", 1e-3],
    [0.99999, "99.999%", 1e-5],
    [1, "100%", 0],
    [0.1234567, "12.34567%", 0.8765433],
  ])("a target of %d is %s, exactly", (target, text, unavailability) => {
    const estate = givenTexts({
      "shop.yaml": shop.replace(', objective: "99.9%"', ""),
      "slo.yaml": slo("shop", `{target: ${target}}`),
      ...manifests,
    });
    expect(estate.journeys[0]).toMatchObject({ objective: text, objectiveUnavailability: unavailability });
  });

  test("without a window are over thirty days, as an assumption", () => {
    const text = slo("shop", "{target: 0.99}").replace(/ {2}timeWindow.*\n/, "");
    const estate = givenTexts({
      "shop.yaml": shop.replace(', objective: "99.9%"', ""),
      "slo.yaml": text,
      ...manifests,
    });
    expect(estate.serviceLevelObjectives[0]?.windowDays).toBe(30);
    expect(assumed(estate)).toContain("objective-window SLO/goal");
  });
});

describe("a company that uses every field", () => {
  test("loads with the one warning that it deserves", () => {
    const estate = givenTexts(breweryTexts);
    expect(complaints(estate)).toEqual([
      `EST-228 brewery.yaml:${1 + breweryDocuments.slice(0, breweryDocuments.indexOf("journeys:")).split("\n").length - 1}:14`,
    ]);
    expect(estate.applications[0]?.broken).toEqual([]);
    expect(estate.workloads).toHaveLength(4);
    expect(estate.failureModel.get("zone-unavailability")?.value).toBe(2e-4);
  });
});
