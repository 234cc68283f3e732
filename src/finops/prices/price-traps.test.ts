import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { pricedRegions } from "../../catalog/vm-prices.ts";
import { sizePrices } from "./size-prices.ts";

/** What the Windows licence adds per vCPU and hour in the families whose Cloud Services meters hold it. */
const windowsSteps = [
  { family: /^Standard_[DE]\d+ad?s_v5$/, step: 0.046, tolerance: 0.0015 },
  { family: /^Standard_B\d+(as|s|ps)_v2$/, step: 0.0046, tolerance: 0.00015 },
] as const;
/** Low-priority meters stand about five times below pay as you go, and under no spot meter's name. */
const lowPriorityRatio = 0.1;

const sizes = defaultCatalog.vmSizes();
const prices = pricedRegions.flatMap((region) => sizes.map(({ name }) => sizePrices(defaultCatalog, name, region)));
const listed = prices.flatMap((each) =>
  each.payAsYouGo === undefined ? [] : [{ ...each, list: each.payAsYouGo.value }],
);

describe("the transcribed prices hold no trap", () => {
  test("of the thousands that there are", () => {
    expect(listed.length).toBeGreaterThan(5_000);
    expect(prices.filter(({ spot }) => spot !== undefined).length).toBeGreaterThan(3_000);
    expect(prices.filter(({ reservation }) => reservation.length > 0).length).toBeGreaterThan(100);
  });

  test("zero meters are no prices", () => {
    const rows = prices.flatMap(({ payAsYouGo, spot, reservation, savingsPlan }) =>
      [payAsYouGo, spot, ...reservation, ...savingsPlan].filter((row) => row !== undefined),
    );
    expect(rows.filter(({ value }) => !(value > 0))).toEqual([]);
  });

  test.each(windowsSteps)(
    "no size of $family costs what Windows or Cloud Services meters say",
    ({ family, step, tolerance }) => {
      const rows = listed.filter(({ vmSize, vcpu }) => family.test(vmSize) && (vcpu ?? 0) > 1);
      expect(rows.length).toBeGreaterThan(30);
      const groups = Map.groupBy(rows, ({ vmSize, region }) => `${region} ${vmSize.replace(/\d+/, "")}`);
      for (const own of groups.values()) {
        const perVcpu = own.map(({ list, vcpu }) => list / (vcpu ?? 1));
        const least = Math.min(...perVcpu);
        expect(perVcpu.filter((each) => Math.abs(each - least - step) <= tolerance)).toEqual([]);
      }
    },
  );

  test("the sizes that other tools price with Windows have their Linux price", () => {
    const westeurope = (name: string) => sizePrices(defaultCatalog, name, "westeurope").payAsYouGo?.value;
    expect(westeurope("Standard_D4as_v5")).toBe(0.208);
    expect(westeurope("Standard_D4ads_v5")).toBe(0.25);
  });

  test("reservations are amortised: a total of the term labelled as an hour would be thousands of times the list price", () => {
    const committed = listed.flatMap(({ list, reservation }) =>
      reservation.map(({ value, termTotal, termYears }) => ({ list, value, termTotal, termYears })),
    );
    expect(committed.filter(({ list, value }) => value >= list)).toEqual([]);
    for (const { value, termTotal, termYears } of committed)
      expect(termTotal).toBeCloseTo(value * 8_760 * termYears, 6);
    const known = sizePrices(defaultCatalog, "Standard_D4s_v5", "eastus2").reservation;
    expect(known.map(({ termTotal }) => Math.round(termTotal))).toEqual([1_038, 1_993]);
    expect(known.map(({ breakEvenHoursPerDay }) => breakEvenHoursPerDay?.toFixed(1))).toEqual(["14.8", "9.5"]);
  });

  test("three years cost less an hour than one", () => {
    const pairs = prices.flatMap(({ reservation: [one, three] }) =>
      one?.termYears === 1 && three !== undefined ? [[one.value, three.value] as const] : [],
    );
    expect(pairs.length).toBeGreaterThan(50);
    expect(pairs.filter(([one, three]) => three >= one)).toEqual([]);
  });

  test("spot is neither above the list price nor a low-priority meter", () => {
    const ratios = listed.flatMap(({ vmSize, region, list, spot }) =>
      spot === undefined ? [] : [{ vmSize, region, ratio: spot.value / list }],
    );
    expect(ratios.filter(({ ratio }) => ratio > 1.0001)).toEqual([]);
    expect(ratios.filter(({ ratio }) => ratio < lowPriorityRatio)).toEqual([]);
  });

  test("a savings plan of ratio 1 is no discount, and none is above the list price", () => {
    const ratios = listed.flatMap(({ savingsPlan }) =>
      savingsPlan.flatMap(({ ratio, verified }) => (ratio === undefined || !verified ? [] : [ratio])),
    );
    expect(ratios.filter((ratio) => ratio > 1.005)).toEqual([]);
  });
});

test("what no source states is named, never zero", () => {
  const prices = sizePrices(defaultCatalog, "Standard_D4s_v5", "atlantis");
  expect(prices.payAsYouGo).toBeUndefined();
  expect(prices.missing).toContain("pay as you go");
  expect(prices.missing).toContain("reservation of 3 years");
});
