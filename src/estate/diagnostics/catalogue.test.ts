import { describe, expect, test } from "vitest";
import { assumptionCatalogue } from "../assumptions/catalogue.ts";
import { diagnosticCatalogue } from "./catalogue.ts";

describe("catalogue of diagnostics", () => {
  test("has each code and each name once", () => {
    expect(diagnosticCatalogue.length).toBeGreaterThan(80);
    expect(new Set(diagnosticCatalogue.map(({ code }) => code)).size).toBe(diagnosticCatalogue.length);
    const names = diagnosticCatalogue.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("writes codes and names alike", () => {
    for (const { code, name } of diagnosticCatalogue) {
      expect(code).toMatch(/^EST-[0-9]\d\d$/);
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });
});

describe("catalogue of assumptions", () => {
  test("has each id and each name once", () => {
    expect(assumptionCatalogue.length).toBeGreaterThan(60);
    expect(new Set(assumptionCatalogue.map(({ id }) => id)).size).toBe(assumptionCatalogue.length);
    const names = assumptionCatalogue.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("says of each what replaces it", () => {
    for (const { id, name, replaceBy } of assumptionCatalogue) {
      expect(id).toMatch(/^ASM-\d{3}$/);
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(replaceBy).not.toBe("");
    }
  });
});
