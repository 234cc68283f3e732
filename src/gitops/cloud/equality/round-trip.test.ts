import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printArm } from "../arm/print-arm.ts";
import { readArm } from "../arm/read-arm.ts";
import { parseBicep } from "../bicep/parse-bicep.ts";
import { printBicep } from "../bicep/print-bicep.ts";
import { readBicep } from "../bicep/read-bicep.ts";
import { BicepSyntaxError } from "../bicep/syntax.ts";
import { generatedGraph } from "../testing/generated-graph.ts";
import { graphDifferences } from "./compare-graphs.ts";

describe("what is written is read back", () => {
  it("as Bicep", () => {
    fc.assert(
      fc.property(generatedGraph, (graph) => {
        const { graph: read, problems } = readBicep(printBicep(graph));
        expect(problems).toEqual([]);
        expect(graphDifferences(graph, read)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("as ARM JSON, and the two are the same", () => {
    fc.assert(
      fc.property(generatedGraph, (graph) => {
        const { graph: read, problems } = readArm(printArm(graph));
        expect(problems).toEqual([]);
        expect(graphDifferences(graph, read)).toEqual([]);
        expect(graphDifferences(readBicep(printBicep(graph)).graph, read)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the parser of Bicep", () => {
  it.each([
    ["param x int", 1, "parameters are of type string"],
    ["param a string\nresource x 'T@1' = {\n  name: 'a\n}", 3, "the text is not closed"],
    ["resource x 'T@1' = {\n  name: 'a'\n  name: 'b'\n}", 3, "name is said twice"],
    ["resource x 'T@1' = [for i in y: {}]", 1, "a new line is missing"],
    ["var x = 1", 1, "var begins no statement"],
    ["param x string ~", 1, 'unexpected "~"'],
  ])("tells where %j goes wrong", (text, line, problem) => {
    try {
      parseBicep(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BicepSyntaxError);
      if (error instanceof BicepSyntaxError) expect([error.position.line, error.message]).toEqual([line, problem]);
    }
  });

  it("ends on whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(() => readBicep([{ path: "infra/bicep/x/main.bicep", text }])).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it("refuses a pool that is written inside its cluster and beside it", () => {
    const cluster =
      "resource c 'Microsoft.ContainerService/managedClusters@1' = {\n  name: 'c'\n  properties: {\n    agentPoolProfiles: [\n      {\n        name: 'p'\n      }\n    ]\n  }\n}";
    const pool =
      "resource p 'Microsoft.ContainerService/managedClusters/agentPools@1' = {\n  parent: c\n  name: 'p'\n}";
    const main =
      "resource g 'Microsoft.Resources/resourceGroups@1' = {\n  name: 'g'\n}\nmodule m 'modules/m.bicep' = {\n  name: 'm'\n  scope: g\n}";
    const { problems } = readBicep([
      { path: "infra/bicep/x/main.bicep", text: main },
      { path: "infra/bicep/x/modules/m.bicep", text: `${cluster}\n\n${pool}\n` },
    ]);
    expect(problems.map(({ problem }) => problem)).toEqual([
      "x/g/Microsoft.ContainerService/managedClusters/c/agentPools/p is written twice",
    ]);
  });
});
