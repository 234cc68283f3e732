import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { pulumiClass } from "../../src/catalog/pulumi-classes.ts";
import { equalValues } from "../../src/estate/kubernetes/equal-values.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { cloudGraph } from "../../src/gitops/cloud/graph/cloud-graph.ts";
import type { CloudResource, ResourceGraph } from "../../src/gitops/cloud/graph/resource-graph.ts";
import { parametersOf, referencesIn } from "../../src/gitops/cloud/graph/resource-value.ts";
import { subscriptionParameter } from "../../src/gitops/cloud/graph/subscriptions.ts";
import { pulumiFiles } from "../../src/gitops/cloud/pulumi/pulumi-files.ts";
import { pulumiGaps } from "../../src/gitops/cloud/pulumi/pulumi-gaps.ts";
import { type Registration, readRegistrations } from "./pulumi/read-registrations.ts";

const root = join(import.meta.dirname, "../..");
const fixture = join(import.meta.dirname, "pulumi");

/** Packages that are too large for the project's own: installed from their lock file into a cache. */
function installPackages(): string {
  const folder = join(root, "node_modules/.cache/pulumi");
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    copyFileSync(join(fixture, "packages", file), join(folder, file));
  if (!existsSync(join(folder, "node_modules/@pulumi/azure-native/index.js"))) {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: "ignore" });
  }
  return join(folder, "node_modules");
}

describe("the Pulumi program of examples/nordwind", () => {
  let folder = "";
  let program = "";
  let graph: ResourceGraph;

  beforeAll(async () => {
    const modules = installPackages();
    const sources = await readSources(["examples/nordwind"], {}, { workingFolder: root });
    graph = cloudGraph(loadEstate(sources)).graph;
    folder = mkdtempSync(join(tmpdir(), "scantling-pulumi-"));
    for (const { path, text } of pulumiFiles(graph)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    program = join(folder, "infra/pulumi");
    symlinkSync(modules, join(program, "node_modules"));
  }, 600_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("type-checks against the provider's own declarations", { timeout: 300_000 }, () => {
    const run = () => execFileSync("npx", ["tsc", "-p", "."], { cwd: program, encoding: "utf8" });
    expect(run).not.toThrow();
  });

  it("registers the same resources as the graph when it runs", { timeout: 300_000 }, () => {
    const written = graph.resources.filter(({ type }) => pulumiClass(type) !== undefined);
    const settings = join(program, "settings.json");
    writeFileSync(settings, JSON.stringify({ config: configurationOf(graph), outputs: outputsOf(graph) }));
    copyFileSync(join(fixture, "run-under-mocks.cjs"), join(program, "run-under-mocks.cjs"));
    const printed = execFileSync("node", ["run-under-mocks.cjs", join(program, "bin/index.js"), settings], {
      cwd: program,
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    const registrations = JSON.parse(printed) as readonly Registration[];
    const read = new Map(readRegistrations(registrations).map((resource) => [resource.key, resource]));
    expect([...read.keys()].sort()).toEqual(written.map(({ key }) => key).sort());
    const differences = written.flatMap((resource) => differencesOf(resource, read.get(resource.key)));
    expect(differences).toEqual([]);
  });
});

function configurationOf({ resources }: ResourceGraph): { readonly [key: string]: string } {
  const parameters = resources.flatMap(parametersOf).map(({ $parameter }) => $parameter);
  const subscriptions = resources.map(({ subscription }) => subscriptionParameter(subscription));
  return Object.fromEntries([...parameters, ...subscriptions].map((name) => [`estate:${name}`, `parameter:${name}`]));
}

/** Outputs that some resource refers to, by the type of the class, as the program reads them. */
function outputsOf({ resources }: ResourceGraph): { readonly [type: string]: readonly string[] } {
  const types = new Map(resources.map(({ key, type }) => [key, type]));
  const found = new Map<string, Set<string>>();
  for (const { properties } of resources) {
    for (const { $ref, output } of referencesIn(properties)) {
      const of = pulumiClass(types.get($ref) ?? "");
      if (of === undefined || output === undefined || output === "name") continue;
      const [module, name] = of.class.split(".");
      const type = `azure-native:${module}:${name}`;
      const path = output.replaceAll(/\[(\d+)\]/g, ".$1").replaceAll(/(?:^|(?<=\.))properties\./g, "");
      const kept = of.keepsProperties && output.startsWith("properties.") && !type.endsWith(":Key");
      found.set(type, (found.get(type) ?? new Set()).add(kept ? `properties.${path}` : path));
    }
  }
  return Object.fromEntries([...found].map(([type, paths]) => [type, [...paths].sort()]));
}

/** What the provider's package puts in by itself where the program says nothing. */
const added: ReadonlySet<string> = new Set([
  "anonymousPullEnabled",
  "createMode",
  "enableDdosProtection",
  "enableVmProtection",
  "exportable",
  "standbyAvailabilityZone",
  "disableAccessKeyAuthentication",
  "enableSoftDelete",
  "enabledForDeployment",
  "enabledForDiskEncryption",
  "enabledForTemplateDeployment",
  "networkRuleBypassOptions",
  "privateEndpointNetworkPolicies",
  "privateLinkServiceNetworkPolicies",
]);

function differencesOf(written: CloudResource, read: CloudResource | undefined): readonly string[] {
  const differences: string[] = [];
  const lossy = new Set(pulumiGaps({ resources: [written] }).map(({ path }) => path));
  const compare = (left: unknown, right: unknown, path: string): void => {
    if (equalValues(left, right) || lossy.has(path.slice(1))) return;
    if (left === undefined && added.has(path.split(".").at(-1) ?? "")) return;
    if (isMap(left) && isMap(right) && !("$text" in left) && !("$ref" in left)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
        compare(left[key], right[key], `${path}.${key}`);
      return;
    }
    if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
      for (const [index, each] of left.entries()) compare(each, right[index], `${path}.${index}`);
      return;
    }
    differences.push(`${written.key} ${path}: ${JSON.stringify(left)} is ${JSON.stringify(right)}`);
  };
  compare(bodyOf(written), read === undefined ? undefined : bodyOf(read), "");
  return differences;
}

/** The program has properties beside the rest, so that a `sku` may be either. */
function bodyOf({ location, kind, sku, zones, tags, identity, properties }: CloudResource) {
  return said({ location, kind, zones, tags, identity, ...properties, sku: sku ?? properties["sku"] });
}

/** Outputs without their `properties` steps, and no mark of secrecy: mocks know neither. What is undefined is not there. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (!isMap(value)) return value;
  if (typeof value["$parameter"] === "string") return { $parameter: value["$parameter"] };
  if (typeof value["$ref"] === "string" && typeof value["output"] === "string") {
    const steps = value["output"].replaceAll(/\[(\d+)\]/g, ".$1").split(".");
    return { $ref: value["$ref"], output: steps.filter((step) => step !== "properties").join(".") };
  }
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.map(([key, entry]) => [key, said(entry)]));
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
