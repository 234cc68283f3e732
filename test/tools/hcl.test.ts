import { join, resolve } from "node:path";
import { parse } from "@cdktn/hcl2json";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { type AzurermBlock, azurermArguments } from "../../src/catalog/azurerm-attributes.ts";
import { asList, asObject, isJsonObject } from "../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { printArm } from "../../src/gitops/cloud/arm/print-arm.ts";
import { readArm } from "../../src/gitops/cloud/arm/read-arm.ts";
import { printBicep } from "../../src/gitops/cloud/bicep/print-bicep.ts";
import { readBicep } from "../../src/gitops/cloud/bicep/read-bicep.ts";
import { cloudGaps } from "../../src/gitops/cloud/cloud-target.ts";
import { graphDifferences } from "../../src/gitops/cloud/equality/compare-graphs.ts";
import { asTerraformSays } from "../../src/gitops/cloud/equality/target-graph.ts";
import { verifyTerraform } from "../../src/gitops/cloud/equality/verify-cloud.ts";
import { cloudGraph } from "../../src/gitops/cloud/graph/cloud-graph.ts";
import type { CloudResource, ResourceGraph, ResourceValue } from "../../src/gitops/cloud/graph/resource-graph.ts";
import { isPlainObject } from "../../src/gitops/cloud/graph/resource-value.ts";
import { printTerraform } from "../../src/gitops/cloud/terraform/print-terraform.ts";
import { type HclFile, readTerraform } from "../../src/gitops/cloud/terraform/read-terraform.ts";
import { generatedGraph } from "../../src/gitops/cloud/testing/generated-graph.ts";

const root = resolve(import.meta.dirname, "..", "..");

async function parsed(graph: ResourceGraph): Promise<readonly HclFile[]> {
  return Promise.all(
    printTerraform(graph).files.map(async ({ path, text }) => ({ path, json: asObject(await parse(path, text)) })),
  );
}

describe("Terraform of the example", () => {
  let graph: ResourceGraph;
  let files: readonly HclFile[];

  beforeAll(async () => {
    const estate = loadEstate(await readSources([join("examples", "nordwind")], {}, { workingFolder: root }));
    graph = cloudGraph(estate).graph;
    files = await parsed(graph);
  });

  it("is the graph, wherever the table says full", () => {
    expect(readTerraform(files).graph.resources.length).toBe(graph.resources.length);
    expect(verifyTerraform(graph, files)).toEqual([]);
  });

  it("says what it leaves out, and nothing else is missing", () => {
    const paths = cloudGaps("terraform", graph).map(({ resource, path }) => `${resource.type} ${path}`);
    expect([...new Set(paths)].toSorted()).toEqual([
      "Microsoft.Network/privateEndpoints private_dns_zone_group[] properties.privateDnsZoneConfigs[].name",
      "Microsoft.Sql/servers properties.administrators.principalType",
    ]);
  });

  it("has only arguments of the provider's schema, and all that are required", () => {
    const problems = files.flatMap(({ json }) => schemaProblems(json));
    expect(problems).toEqual([]);
  });

  it("changes at the same path as Bicep and ARM when a field does", async () => {
    const cluster = graph.resources.find(({ name }) => name === "aks-staging-weu");
    const pools = graph.resources.filter(({ parent }) => parent === cluster?.key);
    const edited = [cluster, ...pools].flatMap((resource) => (resource === undefined ? [] : mutations(resource)));
    expect(edited.length).toBeGreaterThan(60);
    for (const { resource, path } of edited.filter((_, index) => index % 11 === 0)) {
      const changed = { resources: graph.resources.map((entry) => (entry.key === resource.key ? resource : entry)) };
      const expected = [{ resource: resource.key, path }];
      const where = (other: ResourceGraph) =>
        graphDifferences(graph, other).map((difference) => ({ resource: difference.resource, path: difference.path }));
      expect(where(readBicep(printBicep(changed)).graph)).toEqual(expected);
      expect(where(readArm(printArm(changed)).graph)).toEqual(expected);
      const read = readTerraform(await parsed(changed)).graph;
      const differences = graphDifferences(asTerraformSays(graph), asTerraformSays(read));
      expect(differences.map((difference) => ({ resource: difference.resource, path: difference.path }))).toEqual(
        expected,
      );
    }
  }, 60_000);
});

it("reads back what no resource of azurerm stands for, whatever the texts", async () => {
  await fc.assert(
    fc.asyncProperty(generatedGraph, async (graph) => {
      // HCL brings every text into Unicode's composed form.
      fc.pre(JSON.stringify(graph) === JSON.stringify(graph).normalize("NFC"));
      const { graph: read, problems } = readTerraform(await parsed(graph));
      expect(problems).toEqual([]);
      expect(graphDifferences(graph, read)).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

/** One edit for each text, number and flag that Terraform says. */
function mutations(resource: CloudResource): readonly { readonly resource: CloudResource; readonly path: string }[] {
  const said = asTerraformSays({ resources: [resource] }).resources[0]?.properties ?? {};
  return leaves(said, []).flatMap((path) => {
    const name = path.join(".");
    // Values that a conversion knows one by one, and what Terraform says of the first pool by other words.
    if (
      /Taints|enableAutoScaling|count$|securityMonitoring|azureMonitorProfile|config\.(?:enableSecret|useAAD)|balance-|skip-|supportPlan/.test(
        name,
      )
    ) {
      return [];
    }
    const properties = edited(resource.properties, path) as CloudResource["properties"];
    return [{ resource: { ...resource, properties }, path: `properties.${name}` }];
  });
}

function leaves(value: ResourceValue, path: readonly string[]): readonly (readonly string[])[] {
  if (isPlainObject(value)) return Object.entries(value).flatMap(([name, entry]) => leaves(entry, [...path, name]));
  return ["string", "number", "boolean"].includes(typeof value) ? [path] : [];
}

function edited(value: ResourceValue | undefined, [name, ...rest]: readonly string[]): ResourceValue {
  if (name === undefined) {
    if (typeof value === "boolean") return !value;
    return typeof value === "number" ? value + 1 : `${typeof value === "string" ? value : ""}x`;
  }
  const object = isPlainObject(value) ? value : {};
  return { ...object, [name]: edited(object[name], rest) };
}

function schemaProblems(json: JsonObject): readonly string[] {
  return Object.entries(asObject(json["resource"])).flatMap(([type, labels]) => {
    if (type === "azapi_resource") return [];
    const schema = azurermArguments(type);
    if (schema === undefined) return [`${type} is not in the table`];
    return Object.values(asObject(labels)).flatMap((bodies) =>
      blockProblems(asObject(asList(bodies)[0]), schema, type),
    );
  });
}

function blockProblems(body: JsonObject, schema: AzurermBlock, path: string): readonly string[] {
  const meta = new Set(["lifecycle", "depends_on"]);
  const missing = Object.entries(schema).flatMap(([name, kind]) => {
    const isRequired = typeof kind === "string" ? kind.endsWith("!") : typeof kind === "object" && kind["!"] === 1;
    return isRequired && body[name] === undefined ? [`${path}.${name} is missing`] : [];
  });
  const found = Object.entries(body).flatMap(([name, value]): readonly string[] => {
    if (meta.has(name)) return [];
    const kind = schema[name];
    if (kind === undefined) return [`${path}.${name} is unknown`];
    if (typeof kind !== "object") return kindProblem(`${path}.${name}`, String(kind), value);
    return asList(value).flatMap((block) => blockProblems(asObject(block), kind, `${path}.${name}`));
  });
  return [...missing, ...found];
}

function kindProblem(path: string, kind: string, value: unknown): readonly string[] {
  const plain = kind.replace("!", "");
  const isReference = typeof value === "string" && value.startsWith("${");
  const isGood =
    isReference ||
    (plain.endsWith("[]")
      ? Array.isArray(value)
      : plain === "map"
        ? isJsonObject(value)
        : typeof value === (plain === "bool" ? "boolean" : plain));
  return isGood ? [] : [`${path} is no ${plain}`];
}
