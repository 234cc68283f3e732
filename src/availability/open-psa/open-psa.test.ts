import { describe, expect, test } from "vitest";
import { buildFaultTree } from "./build-fault-tree.ts";
import { readOpenPsa } from "./read-open-psa.ts";
import { solveTopEvent } from "./solve-top-event.ts";

const missionTimeHours = 8760;

function solve(body: string) {
  const reading = readOpenPsa(new Map([["model.xml", `<opsa-mef>${body}</opsa-mef>`]]));
  const built = buildFaultTree(reading, missionTimeHours);
  const [top = ""] = built.topNames;
  const gate = built.gateOf(top);
  const diagnostics = [...reading.diagnostics, ...built.diagnostics];
  if (gate === undefined || !("node" in gate)) return { diagnostics, missing: gate?.missing, solved: undefined };
  return { diagnostics, missing: undefined, solved: solveTopEvent(built, gate.node, { listed: 10, maximumOrder: 20 }) };
}

function probabilityOf(body: string): number {
  const { solved, diagnostics } = solve(body);
  expect(diagnostics).toEqual([]);
  if (solved?.solution.kind !== "exact") throw new Error("not exact");
  return solved.solution.probability;
}

function basic(name: string, expression: string): string {
  return `<define-basic-event name="${name}">${expression}</define-basic-event>`;
}

function float(value: number): string {
  return `<float value="${value}"/>`;
}

function gate(formula: string, name = "top"): string {
  return `<define-gate name="${name}">${formula}</define-gate>`;
}

const abc = basic("a", float(0.1)) + basic("b", float(0.2)) + basic("c", float(0.3));
const a = '<event name="a"/>';
const b = '<event name="b"/>';
const c = '<event name="c"/>';

describe("connectives", () => {
  const cases: readonly (readonly [formula: string, probability: number])[] = [
    [`<and>${a}${b}</and>`, 0.02],
    [`<or>${a}${b}</or>`, 0.28],
    [`<not>${a}</not>`, 0.9],
    [`<nand>${a}${b}</nand>`, 0.98],
    [`<nor>${a}${b}</nor>`, 0.72],
    [`<xor>${a}${b}</xor>`, 0.26],
    [`<xor>${a}${b}${c}</xor>`, 0.26 * 0.7 + 0.74 * 0.3],
    [`<iff>${a}${b}</iff>`, 0.74],
    [`<imply>${a}${b}</imply>`, 0.92],
    [`<atleast min="2">${a}${b}${c}</atleast>`, 0.1 * 0.2 + 0.1 * 0.3 + 0.2 * 0.3 - 2 * 0.006],
    [`<cardinality min="1" max="1">${a}${b}${c}</cardinality>`, 0.1 * 0.56 + 0.2 * 0.63 + 0.3 * 0.72],
    [`<and>${a}<or>${b}<not>${c}</not></or></and>`, 0.1 * (1 - 0.8 * 0.3)],
    [`<or>${a}<constant value="true"/></or>`, 1],
    [`<and>${a}<not>${a}</not></and>`, 0],
  ];
  test.each(cases)("%s", (formula, probability) => {
    expect(probabilityOf(abc + gate(formula))).toBeCloseTo(probability, 14);
  });
});

describe("expressions", () => {
  const cases: readonly (readonly [expression: string, value: number])[] = [
    [`<exponential>${float(1e-4)}<system-mission-time/></exponential>`, 1 - Math.exp(-0.876)],
    [`<exponential>${float(1e-13)}${float(1)}</exponential>`, 1e-13],
    [`<GLM>${float(0)}${float(1e-3)}${float(0.1)}${float(1e6)}</GLM>`, 1e-3 / 0.101],
    [`<Weibull>${float(1000)}${float(2)}${float(100)}${float(600)}</Weibull>`, 1 - Math.exp(-0.25)],
    [`<mul>${float(0.5)}<sub>${float(1)}${float(0.4)}</sub></mul>`, 0.3],
    [`<ite><lt>${float(1)}${float(2)}</lt>${float(0.1)}${float(0.9)}</ite>`, 0.1],
    [`<lognormal-deviate>${float(0.01)}${float(3)}${float(0.95)}</lognormal-deviate>`, 0.01],
    [`<parameter name="p"/>`, 0.25],
  ];
  test.each(cases)("%s", (expression, value) => {
    const parameter = `<define-parameter name="p"><div>${float(1)}${float(4)}</div></define-parameter>`;
    expect(probabilityOf(parameter + basic("a", expression) + gate(`<or>${a}</or>`)) / value).toBeCloseTo(1, 12);
  });

  test("a component that is tested and repaired: without failures during repair it is down as long as it is repaired", () => {
    const always = basic(
      "a",
      `<periodic-test>${float(1e-3)}${float(1e6)}${float(100)}${float(100)}${float(250)}</periodic-test>`,
    );
    expect(probabilityOf(always + gate(`<or>${a}</or>`))).toBeCloseTo(1 - Math.exp(-0.05), 6);
  });
});

describe("scopes", () => {
  test("private definitions are found by the way to them, public ones by their name", () => {
    const model = `<define-fault-tree name="plant">
      ${gate('<and><gate name="pump.top"/><event name="spare"/></and>', "plant")}
      <define-component name="pump" role="private">${gate('<or><event name="spare"/></or>')}${basic("spare", float(0.5))}</define-component>
      ${basic("spare", float(0.1))}
    </define-fault-tree>`;
    expect(probabilityOf(model)).toBeCloseTo(0.05, 14);
  });
});

describe("common causes", () => {
  const members = (names: readonly string[]) =>
    `<members>${names.map((name) => `<basic-event name="${name}"/>`).join("")}</members>`;
  const group = (model: string, names: readonly string[], factors: readonly (readonly [number, number])[]) =>
    `<define-CCF-group name="g" model="${model}">${members(names)}<distribution>${float(0.1)}</distribution>${factors
      .map(([level, value]) => `<factor level="${level}">${float(value)}</factor>`)
      .join("")}</define-CCF-group>`;

  test.each([
    ["beta-factor", [[2, 0.2]], ["a", "b"]],
    [
      "MGL",
      [
        [2, 0.2],
        [3, 0.5],
      ],
      ["a", "b", "c"],
    ],
    [
      "phi-factor",
      [
        [1, 0.7],
        [2, 0.2],
        [3, 0.1],
      ],
      ["a", "b", "c"],
    ],
  ] as const)("%s: both of two fail more often than independent ones", (model, factors, names) => {
    const both = probabilityOf(group(model, names, factors) + gate(`<and>${a}${b}</and>`));
    expect(both).toBeGreaterThan(0.01);
    expect(both).toBeLessThan(0.1);
  });

  test("a beta factor in figures", () => {
    const body = group("beta-factor", ["a", "b"], [[2, 0.2]]) + gate(`<and>${a}${b}</and>`);
    expect(probabilityOf(body)).toBeCloseTo(0.02 + 0.98 * 0.08 * 0.08, 14);
  });

  test("factors that cannot be are told, and the members are not evaluable", () => {
    const body =
      group(
        "phi-factor",
        ["a", "b"],
        [
          [1, 0.7],
          [2, 0.7],
        ],
      ) + gate(`<and>${a}${b}</and>`);
    const { diagnostics, missing } = solve(body);
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-810"]);
    expect(missing).toEqual(["a", "b"]);
  });
});

describe("figures of a top event", () => {
  test("cut sets, importance and frequency", () => {
    const rate = (name: string, lambda: number) =>
      basic(name, `<exponential>${float(lambda)}${float(100)}</exponential>`);
    const { solved } = solve(rate("a", 1e-3) + rate("b", 2e-3) + gate(`<and>${a}${b}</and>`));
    expect(solved?.cutSets?.listed.map(({ events }) => events)).toEqual([["a", "b"]]);
    expect(solved?.cutSets?.byOrder).toEqual([0n, 1n]);
    const [qa, qb] = [1 - Math.exp(-0.1), 1 - Math.exp(-0.2)];
    const expected = qb * 1e-3 * (1 - qa) + qa * 2e-3 * (1 - qb);
    expect(solved?.frequency).toEqual({ perHour: expect.closeTo(expected, 15) });
  });

  test("the frequency of a tree with negations counts both ways of deciding it", () => {
    const rate = (name: string) => basic(name, `<exponential>${float(1e-3)}${float(100)}</exponential>`);
    const { solved } = solve(rate("a") + rate("b") + gate(`<xor>${a}${b}</xor>`));
    const w = 1e-3 * Math.exp(-0.1);
    expect(solved?.frequency).toEqual({ perHour: expect.closeTo(2 * w, 15) });
  });
});

describe("bad input", () => {
  const cases: readonly (readonly [name: string, text: string, code: string])[] = [
    ["no XML", "<opsa-mef><define-gate", "EST-800"],
    ["another root", "<html/>", "EST-801"],
    ["document type", '<!DOCTYPE x [<!ENTITY e "x">]><opsa-mef/>', "EST-800"],
    ["unknown connective", `<opsa-mef>${gate(`<maybe>${a}</maybe>`)}</opsa-mef>`, "EST-802"],
    ["undefined event", `<opsa-mef>${abc}${gate(`<and>${a}<event name="d"/></and>`)}</opsa-mef>`, "EST-803"],
    ["defined twice", `<opsa-mef>${abc}${basic("a", float(0.4))}${gate(`<and>${a}${b}</and>`)}</opsa-mef>`, "EST-804"],
    ["cycle", `<opsa-mef>${gate('<or><gate name="x"/></or>', "x")}</opsa-mef>`, "EST-805"],
    ["no probability", `<opsa-mef>${basic("a", "")}${gate(`<or>${a}</or>`)}</opsa-mef>`, "EST-806"],
    ["probability of 2", `<opsa-mef>${basic("a", float(2))}${gate(`<or>${a}</or>`)}</opsa-mef>`, "EST-807"],
    [
      "division by 0",
      `<opsa-mef>${basic("a", `<div>${float(1)}${float(0)}</div>`)}${gate(`<or>${a}</or>`)}</opsa-mef>`,
      "EST-808",
    ],
    ["event tree", '<opsa-mef><define-event-tree name="e"/></opsa-mef>', "EST-809"],
    [
      "minimum above the arguments",
      `<opsa-mef>${abc}${gate(`<atleast min="4">${a}${b}</atleast>`)}</opsa-mef>`,
      "EST-812",
    ],
    ["no arguments", `<opsa-mef>${gate("<and/>")}</opsa-mef>`, "EST-813"],
  ];
  test.each(cases)("%s", (_, text, code) => {
    const reading = readOpenPsa(new Map([["model.xml", text]]));
    const built = buildFaultTree(reading, missionTimeHours);
    const found = [...reading.diagnostics, ...built.diagnostics];
    expect(found.map((diagnostic) => diagnostic.code)).toContain(code);
    for (const { place } of found) expect(place?.line).toBeGreaterThan(0);
  });

  test("a deep chain of gates and a deep formula end in a figure or a diagnostic", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      gate(`<or><gate name="g${index + 1}"/>${a}</or>`, `g${index}`),
    ).join("");
    expect(probabilityOf(abc + chain + gate(`<or>${b}</or>`, "g20000"))).toBeCloseTo(0.28, 12);
    const deep = `${"<not>".repeat(600)}${a}${"</not>".repeat(600)}`;
    const { diagnostics } = solve(abc + gate(deep));
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-800"]);
  });
});
