import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkWorksheet } from "./check-worksheet.ts";
import { compositeAvailability, type Deviation } from "./composite-availability.ts";
import { readWorksheet } from "./read-worksheet.ts";
import type { Worksheet, WorksheetItem, WorksheetStructure } from "./worksheet.ts";

const place = { precision: "exact", source: "sheet.csv", line: 1 } as const;

function item(percent: string, structure: WorksheetStructure, count = 1, name = "item"): WorksheetItem {
  return { name, availability: new Decimal(percent).div(100), structure, count, place };
}

const serial = { kind: "serial" } as const;
const shared = { kind: "shared" } as const;
const database = { kind: "parallel", group: "database" } as const;

/** Up or down of every instance of every item, in every region: nothing of the formula is in here. */
function bruteForce({ items, regions }: Worksheet): number {
  const instances = items.flatMap(({ availability, structure, count }, index) =>
    Array.from({ length: structure.kind === "shared" ? 1 : regions }, (_, region) =>
      Array.from({ length: count }, () => ({ p: availability.toNumber(), structure, index, region })),
    ).flat(),
  );
  let total = 0;
  for (let state = 0; state < 2 ** instances.length; state += 1) {
    const isUp = (position: number) => Math.floor(state / 2 ** position) % 2 === 1;
    const up = instances.filter((_, position) => isUp(position));
    const isItemUp = (index: number, region: number) =>
      up.some((each) => each.index === index && each.region === region);
    const isRegionUp = (region: number) => {
      const groups = new Set(
        items.flatMap(({ structure }) => (structure.kind === "parallel" ? [structure.group] : [])),
      );
      const inSeries = items.every(({ structure }, index) => structure.kind !== "serial" || isItemUp(index, region));
      const inGroups = [...groups].every((group) =>
        items.some(
          ({ structure }, index) =>
            structure.kind === "parallel" && structure.group === group && isItemUp(index, region),
        ),
      );
      return inSeries && inGroups;
    };
    const inShared = items.every(({ structure }, index) => structure.kind !== "shared" || isItemUp(index, 0));
    if (!inShared || !Array.from({ length: regions }, (_, region) => isRegionUp(region)).includes(true)) continue;
    total += instances.reduce((product, { p }, position) => product * (isUp(position) ? p : 1 - p), 1);
  }
  return total;
}

const structures = fc.constantFrom<WorksheetStructure>(serial, shared, database, { kind: "parallel", group: "cache" });
const worksheets: fc.Arbitrary<Worksheet> = fc.record({
  items: fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 9_999 }), structures, fc.integer({ min: 1, max: 2 }))
      .map(([tenThousandths, structure, count]) =>
        item(new Decimal(tenThousandths).div(100).toString(), structure, structure.kind === "shared" ? 1 : count),
      ),
    { minLength: 1, maxLength: 4 },
  ),
  results: fc.constant([]),
  regions: fc.integer({ min: 1, max: 2 }),
});

describe("composite availability", () => {
  test("is what counting all states gives", () => {
    fc.assert(
      fc.property(worksheets, (worksheet) => {
        const { total } = compositeAvailability(worksheet);
        expect(total.toNumber()).toBeCloseTo(bruteForce(worksheet), 10);
      }),
      { numRuns: 60 },
    );
  });

  test("is exact: no digit is lost among many nines", () => {
    const items = [item("99.9999999999", serial), item("99.9999999999", serial)];
    const { total } = compositeAvailability({ items, results: [], regions: 2 });
    // 1 - (1 - (1 - 1e-12)^2)^2
    expect(total.neg().plus(1).toString()).toBe("3.999999999996000000000001e-24");
  });

  test("published 99.99 for infrastructure and 99.99 for operations are 99.98", () => {
    const { total } = compositeAvailability({
      items: [item("99.99", serial), item("99.99", serial)],
      results: [],
      regions: 1,
    });
    expect(total.times(100).toFixed(2)).toBe("99.98");
  });
});

describe("a published figure", () => {
  const items = [
    item("99.99", shared, 1, "Front Door"),
    item("99.95", serial, 1, "Gateway"),
    item("99.9", serial, 1, "Compute"),
    item("99.5", database, 1, "Primary"),
    item("99.5", database, 1, "Replica"),
  ];
  const sheet: Worksheet = { items, results: [], regions: 2 };
  const publishing = (availability: Decimal, digits: number): Worksheet => {
    const rounded = availability.toDecimalPlaces(digits);
    const text = rounded.times(100).toFixed(digits - 2);
    return { ...sheet, results: [{ name: "total", scope: "total", availability: rounded, text, digits, place }] };
  };

  test.each<[string, Deviation, RegExp]>([
    ["shared twice", { shared: "both" }, /^shared items are counted twice/],
    ["shared inside", { shared: "inside" }, /^shared items are counted inside each region/],
    ["an item used once more", { usedTwice: 1 }, /^Gateway is used once more/],
    ["series as parallel", { serialInParallel: true }, /^items in series go through/],
    ["parallel as series", { parallelInSeries: true }, /^parallel items are multiplied/],
    ["an item left out", { leftOut: 0 }, /^Front Door is left out/],
    ["one region", { regions: 1 }, /^only one region/],
  ])("made with %s is refuted, and the mistake named", (_, deviation, words) => {
    const { results } = checkWorksheet(publishing(compositeAvailability(sheet, deviation).total, 12));
    expect(results[0]?.verdict).toBe("notReproduced");
    expect(results[0]?.variants[0]?.what).toMatch(words);
    expect(results[0]?.variants.every(({ reproduces }) => reproduces)).toBe(true);
  });

  test("made with two mistakes is explained by both", () => {
    const wrong = compositeAvailability(sheet, { shared: "both", regions: 3 }).total;
    const { results } = checkWorksheet(publishing(wrong, 16));
    expect(results[0]?.variants[0]).toMatchObject({ reproduces: true });
    expect(results[0]?.variants[0]?.what).toMatch(/^shared items are counted twice.*, and 3 regions are counted$/);
  });

  test("is right at whatever rounding it is published", () => {
    fc.assert(
      fc.property(worksheets, fc.integer({ min: 3, max: 20 }), (worksheet, digits) => {
        const total = compositeAvailability(worksheet).total.toDecimalPlaces(digits);
        const published = { name: "total", scope: "total", availability: total, text: "", digits, place } as const;
        expect(checkWorksheet({ ...worksheet, results: [published] }).results[0]?.verdict).toBe("reproduced");
      }),
      { numRuns: 60 },
    );
  });

  test("with its digits cut off is told from a wrong one", () => {
    const published = { name: "total", scope: "total", text: "99.94", digits: 4, place } as const;
    const two = { items: [item("99.95", serial), item("99.996", serial)], regions: 1 };
    const check = (text: string) =>
      checkWorksheet({ ...two, results: [{ ...published, availability: new Decimal(text) }] }).results[0]?.verdict;
    // 0.9995 x 0.99996 = 0.99946002
    expect(check("0.9995")).toBe("reproduced");
    expect(check("0.9994")).toBe("truncated");
    expect(check("0.9996")).toBe("notReproduced");
  });
});

describe("reading a worksheet", () => {
  test("takes other headers, delimiters, decimal commas, quotes and shares", () => {
    const text =
      '\ufeffComponent;SLA (%);Type;Instances\n# comment\n"Gate; way";99,95;in series\nStore;0,999;parallel (data);2\n';
    const broken = readWorksheet("sheet.csv", text);
    expect(broken.diagnostics.map(({ code }) => code)).toEqual(["EST-839"]);
    const { worksheet, diagnostics } = readWorksheet("sheet.csv", text.replace("in series", "series"));
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-840"]);
    expect(
      worksheet?.items.map(({ name, availability, structure, count }) => [
        name,
        availability.toString(),
        structure,
        count,
      ]),
    ).toEqual([
      ["Gate; way", "0.9995", serial, 1],
      ["Store", "0.999", { kind: "parallel", group: "data" }, 2],
    ]);
  });

  test.each([
    ["", ["EST-837"]],
    ["name,availability\n", ["EST-837"]],
    ["a,b\n1,2\n", ["EST-837"]],
    ["name,availability\nApp,101\n", ["EST-838"]],
    ["name,availability\nApp,-1\nDb,abc\nC,\n", ["EST-838", "EST-838", "EST-838"]],
    ["name,availability,count\nApp,99.9,0\n", ["EST-838"]],
    ["name,availability,structure\nApp,99.9,circle\n", ["EST-839"]],
    ["name,availability,structure\nregions,101,regions\n", ["EST-838"]],
  ])("%j is diagnosed and never computed", (text, codes) => {
    const { worksheet, diagnostics } = readWorksheet("sheet.csv", text);
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(worksheet).toBeUndefined();
  });

  test("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.boolean(), (text, headed) => {
        const { worksheet, diagnostics } = readWorksheet("s", headed ? `name,availability,structure\n${text}` : text);
        expect(worksheet !== undefined || diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
    );
  });
});
