import { describe, expect, test } from "vitest";
import { givenShop } from "../../availability/testing/given-journey.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenEstate } from "../../scheduling/testing/given-estate.ts";
import { type SimulateAvailabilityOptions, simulateAvailability } from "./simulate-availability.ts";
import { AvailabilitySimulationSchema, availabilitySimulationMatches } from "./simulate-availability-schema.ts";

const few: SimulateAvailabilityOptions = { years: 120, seed: 3, repair: "exponential" };

function simulateShop(options: Partial<SimulateAvailabilityOptions> = {}) {
  return simulateAvailability(givenShop().estate, defaultCatalog, { ...few, ...options });
}

describe("journeys over years", () => {
  test("the same seed gives the same report, and it is as its schema says", () => {
    const report = simulateShop();
    expect(JSON.stringify(simulateShop())).toBe(JSON.stringify(report));
    expect(AvailabilitySimulationSchema.parse(report)).toEqual(report);
    expect(availabilitySimulationMatches).toBe(true);
    expect(simulateShop({ seed: 4 }).journeys).not.toEqual(report.journeys);
  });

  test("what simulation and tree must have alike lies within the spread of the sample", () => {
    const [journey] = simulateShop().journeys;
    expect(Math.abs(journey?.check.standardErrors ?? 99)).toBeLessThan(4);
  });

  test("parts make up the mean, and the tree's share of it is known better than it is sampled", () => {
    const [journey] = simulateShop().journeys;
    if (journey === undefined) throw new Error("no journey");
    const { downtimeMinutesPerYear: known, sampledMinutesPerYear: sampled, parts } = journey;
    expect(parts.reduce((sum, { minutesPerYear }) => sum + minutesPerYear, 0) / known.mean).toBeCloseTo(1, 6);
    expect(known.upper - known.lower).toBeLessThan(0.5 * (sampled.upper - sampled.lower));
  });

  test("stops when the means are as precise as asked for", () => {
    const report = simulateShop({ years: 100_000, precision: 0.05 });
    expect(report.stoppedBy).toBe("precision");
    expect(report.years).toBeLessThan(1_000);
  });

  test("reports years as they pass, and stops when asked to", () => {
    const told: string[] = [];
    const controller = new AbortController();
    const run = () =>
      simulateShop({
        years: 1_000,
        signal: controller.signal,
        onProgress: (text) => {
          told.push(text);
          if (text === "year 3 of 1000") controller.abort(new Error("enough"));
        },
      });
    expect(run).toThrow("enough");
    expect(told.at(-1)).toBe("year 3 of 1000");
  });

  test("a journey that is not there is named with the nearest one", () => {
    const report = simulateShop({ journeys: ["chekout"] });
    expect(report.diagnostics).toMatchObject([{ code: "EST-818", hint: "Did you mean checkout?" }]);
    expect(report.journeys).toEqual([]);
  });

  test("an estate without journeys is said, not thrown", () => {
    expect(simulateAvailability(givenEstate(), defaultCatalog, few)).toMatchObject({
      journeys: [],
      diagnostics: [{ code: "EST-816" }],
    });
  });

  test("a journey with something missing is never called available", () => {
    const { estate, web } = givenShop({
      dependencies: [
        { from: "prod/main/shop/Deployment/web", to: { kind: "dangling", host: "ghost" }, type: "hard", evidence: [] },
      ],
    });
    expect(web.id).toBe("prod/main/shop/Deployment/web");
    const report = simulateAvailability(estate, defaultCatalog, few);
    expect(report.journeys[0]).toMatchObject({
      agreement: "notComparable",
      missing: [expect.stringContaining("ghost")],
    });
    expect(report.diagnostics.map(({ code }) => code)).toContain("EST-845");
  });
});
