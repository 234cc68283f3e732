import { expect, test } from "vitest";
import { givenApplication, givenJourney } from "../../availability/testing/given-journey.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenEstate, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { availabilityOf } from "./availability.ts";
import { AvailabilitySchema, availabilityMatches } from "./availability-schema.ts";
import { compositeSheet } from "./composite-sheet.ts";
import { CompositeSheetSchema, compositeSheetMatches } from "./composite-sheet-schema.ts";

test("schemas describe exactly what the reports hold", () => {
  expect([availabilityMatches, compositeSheetMatches]).toEqual([true, true]);
});

test("a report with changes, and one without a journey, are what the schema says", () => {
  const web = givenWorkload({ name: "web" });
  const estate = givenEstate({
    workloads: [web],
    applications: [givenApplication()],
    journeys: [givenJourney([web.id], { downtimeCostPerMinute: 5 })],
  });
  for (const each of [estate, givenEstate({})]) {
    const report = availabilityOf(each, defaultCatalog, { today: "2026-11-22", changes: true });
    const written: unknown = JSON.parse(JSON.stringify(report));
    expect(AvailabilitySchema.safeParse(written).error).toBeUndefined();
  }
});

test.each(["name,availability\nApp,99.9\nTotal,99.8\n", "name,availability\nApp,abc\n"])(
  "the check of %j is what the schema says",
  (text) => {
    const written: unknown = JSON.parse(JSON.stringify(compositeSheet("sheet.csv", text)));
    expect(CompositeSheetSchema.safeParse(written).error).toBeUndefined();
  },
);
