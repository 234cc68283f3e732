import { describe, expect, test } from "vitest";
import { areaOf, isTestCode, readSourceFiles, type SourceFile } from "./imports.ts";

const engines = ["tenancy", "finops", "availability", "stateful", "delivery", "gitops"];
const belowEngines = ["scheduling", "catalog", "estate"];

/** What each area may import besides itself; the table of the design. */
const allowed: { readonly [area: string]: readonly string[] } = {
  estate: [],
  catalog: ["estate"],
  scheduling: ["catalog", "estate"],
  ...Object.fromEntries(engines.map((engine) => [engine, belowEngines])),
  planning: [...engines, ...belowEngines],
  audit: [...engines, ...belowEngines],
  operations: ["planning", "audit", ...engines, ...belowEngines],
  adapters: ["operations", "estate"],
  cli: ["surface", "operations", "planning", "audit", ...engines, ...belowEngines],
  server: ["surface", "operations", "planning", "audit", ...engines, ...belowEngines],
  web: ["operations", "planning", "audit", ...engines, ...belowEngines],
  surface: ["operations", "planning", "audit", ...engines, ...belowEngines],
};

/** The only files that put adapters in. */
const composers = new Set(["src/cli/main.ts", "src/server/main.ts"]);
const pureAreas = new Set(["estate", "catalog", "scheduling", ...engines, "planning", "audit", "operations"]);

const files = readSourceFiles("src", "web/src");
const productFiles = files.filter((file) => !isTestCode(file.path));

describe("direction of imports", () => {
  test("sees the whole source tree", () => {
    expect(productFiles.length).toBeGreaterThan(150);
    for (const area of [
      "estate",
      "catalog",
      "scheduling",
      "tenancy",
      "finops",
      "availability",
      "audit",
      "operations",
      "adapters",
      "cli",
      "server",
      "web",
    ]) {
      expect(productFiles.filter((file) => areaOf(file.path) === area).length, area).toBeGreaterThan(1);
    }
  });

  test("reads type imports and dynamic imports too", () => {
    const allSpecifiers = productFiles.flatMap((file) => file.specifiers);
    expect(allSpecifiers.filter((specifier) => specifier.startsWith(".")).length).toBeGreaterThan(productFiles.length);
    expect(productFiles.some((file) => /import type/.test(file.text) && file.imports.length > 0)).toBe(true);
  });

  test("follows the table of the design", () => {
    expect(productFiles.flatMap(directionViolations)).toEqual([]);
  });

  test("every area is in the table", () => {
    expect([...new Set(productFiles.map((file) => areaOf(file.path)))].filter((area) => !(area in allowed))).toEqual(
      [],
    );
  });

  test("test code is imported by tests only", () => {
    const offenders = productFiles.flatMap((file) =>
      file.imports.filter(isTestCode).map((target) => `${file.path} -> ${target}`),
    );
    expect(offenders).toEqual([]);
  });

  test("has no cycles, type imports included", () => {
    expect(findCycle(productFiles)).toEqual([]);
  });
});

describe("purity of operations and below", () => {
  const pureFiles = productFiles.filter((file) => pureAreas.has(areaOf(file.path)));

  test.each([
    ["node modules", /from "node:|import\("node:|require\(/],
    ["the process", /\bprocess\.(?:env|argv|cwd|exit|stdout|stderr|platform)/],
    ["the clock", /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/],
    ["unseeded randomness", /\bMath\.random\b|\bcrypto\.(?:randomUUID|getRandomValues)\b/],
    ["the network", /\bfetch\(/],
  ])("touches no %s", (_name, pattern) => {
    expect(pureFiles.length).toBeGreaterThan(100);
    expect(pureFiles.filter((file) => pattern.test(withoutComments(file.text))).map((file) => file.path)).toEqual([]);
  });
});

describe("names", () => {
  test("no folder or file is a drawer", () => {
    const drawer = /(?:^|\/)(?:utils?|helpers?|common|misc|shared|managers?)(?:\/|\.tsx?$)/;
    expect(files.filter((file) => drawer.test(file.path)).map((file) => file.path)).toEqual([]);
  });

  test("no test is skipped or exclusive", () => {
    const tests = [...files, ...readSourceFiles("test")].filter((file) => /\.test\.tsx?$/.test(file.path));
    expect(tests.length).toBeGreaterThan(30);
    expect(
      tests.filter((file) => /\b(?:it|test|describe)\.(?:skip|only|todo)\(/.test(file.text)).map((file) => file.path),
    ).toEqual([]);
  });
});

function directionViolations(file: SourceFile): string[] {
  const area = areaOf(file.path);
  return file.imports.flatMap((target) => {
    const targetArea = areaOf(target);
    if (targetArea === area || allowed[area]?.includes(targetArea)) return [];
    if (targetArea === "adapters" && composers.has(file.path)) return [];
    if (targetArea === "server" && area === "cli") return [];
    return [`${file.path} -> ${target}`];
  });
}

/** Comments may speak of what code must not do. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, "$1");
}

function findCycle(sources: readonly SourceFile[]): string[] {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const state = new Map<string, "open" | "done">();
  const trail: string[] = [];
  function visit(path: string): string[] {
    if (state.get(path) === "done") return [];
    if (state.get(path) === "open") return [...trail.slice(trail.indexOf(path)), path];
    state.set(path, "open");
    trail.push(path);
    for (const target of byPath.get(path)?.imports ?? []) {
      const cycle = byPath.has(target) ? visit(target) : [];
      if (cycle.length > 0) return cycle;
    }
    trail.pop();
    state.set(path, "done");
    return [];
  }
  for (const { path } of sources) {
    const cycle = visit(path);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
