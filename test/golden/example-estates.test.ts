import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import type { DependencyTarget } from "../../src/estate/dependencies/dependency.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { placeWorkloads } from "../../src/scheduling/place-workloads.ts";
import type { Placement } from "../../src/scheduling/placement.ts";

const root = resolve(import.meta.dirname, "..", "..");

interface Example {
  readonly estate: Estate;
  readonly placement: Placement;
}

async function readExample(name: string): Promise<Example> {
  const estate = loadEstate(await readSources([join("examples", name)], {}, { workingFolder: root }));
  return { estate, placement: placeWorkloads(estate, defaultCatalog) };
}

/** What must be put right in an example; notes say what an estate leaves open and may stay. */
function faults({ diagnostics }: Estate): readonly string[] {
  return diagnostics.filter(({ severity }) => severity !== "note").map(({ code, message }) => `${code} ${message}`);
}

/** `from -> to` of the hard dependencies of one cluster, shortened to the last name. */
function hardDependencies({ dependencies }: Estate, cluster: string): readonly string[] {
  return dependencies
    .filter(({ type, from }) => type === "hard" && from.includes(`/${cluster}/`))
    .map(({ from, to }) => `${lastName(from)} -> ${targetName(to)}`)
    .toSorted();
}

function targetName(target: DependencyTarget): string {
  if ("host" in target) return target.host;
  return "id" in target ? lastName(target.id) : target.name;
}

function lastName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Tenants whose pods stand on a node together with a workload. */
function neighbours({ estate, placement }: Example, workload: string): ReadonlySet<string> {
  const tenantOf = new Map(estate.workloads.map(({ id, tenant }) => [id, tenant]));
  const nodes = placement.pools
    .flatMap(({ nodes: all }) => all)
    .filter(({ pods }) => pods.some((pod) => pod.workload === workload));
  return new Set(nodes.flatMap(({ pods }) => pods.map((pod) => tenantOf.get(pod.workload) ?? "")));
}

describe("examples/shop", () => {
  let example: Example;
  beforeAll(async () => {
    example = await readExample("shop");
  });

  it("reads without errors and warnings", () => {
    expect(faults(example.estate)).toEqual([]);
    expect(example.estate.workloads.map(({ name }) => name).toSorted()).toEqual([
      "orders",
      "orders-db",
      "payments",
      "recommendations",
      "web",
    ]);
  });

  it("leans on what its environment variables and declarations say, and on nothing else", () => {
    expect(hardDependencies(example.estate, "shop-weu")).toEqual([
      "orders -> orders",
      "orders -> payments",
      "payments -> api.payments.example",
    ]);
  });

  it("fits on its pools", () => {
    expect(example.placement.unplaced).toEqual([]);
    expect(example.placement.pools.map(({ pool, nodes }) => [pool, nodes.length])).toEqual([
      ["system", 3],
      ["apps", 3],
    ]);
  });
});

describe("examples/nordwind", () => {
  let example: Example;
  beforeAll(async () => {
    example = await readExample("nordwind");
  });

  it("reads without errors and warnings", () => {
    expect(faults(example.estate)).toEqual([]);
  });

  it("is a company: four clusters, five tenants from team to hostile, ten applications, three environments", () => {
    const { estate } = example;
    expect(estate.clusters.map(({ name }) => name).toSorted()).toEqual([
      "dev-weu",
      "prod-neu",
      "prod-weu",
      "staging-weu",
    ]);
    const declared = estate.tenants.filter(({ place }) => place !== undefined);
    expect(declared.map(({ name, trust }) => `${name} ${trust}`).toSorted()).toEqual([
      "agents hostile",
      "carrier-partner external",
      "platform-data internal",
      "retail team",
      "treasury internal",
    ]);
    expect(estate.applications).toHaveLength(10);
    expect(estate.environments.map(({ name }) => name)).toEqual(["dev", "staging", "prod"]);
    expect(estate.dataStores).toHaveLength(9);
    expect(estate.cloudServices).toHaveLength(9);
    expect(estate.loadProfiles).toHaveLength(4);
    expect(estate.serviceLevelObjectives).toHaveLength(1);
  });

  it("finds the chain of the checkout in environment variables", () => {
    expect(hardDependencies(example.estate, "prod-weu")).toEqual(
      expect.arrayContaining([
        "orders-api -> payments",
        "orders-api -> tax",
        "orders-api -> stock-api",
        "cart -> catalog-api",
        "payments -> api.bank.example",
        "agent-gateway -> runner",
        "bank-statements -> ledger-api",
      ]),
    );
    expect(example.estate.dependencies.filter(({ to }) => to.kind === "dangling")).toEqual([]);
  });

  it("fits on its pools in every environment", () => {
    expect(example.placement.unplaced).toEqual([]);
  });

  it("shows who shares a kernel that should not, and who does not", () => {
    const treasury = neighbours(example, "prod/prod-weu/ledger/Deployment/bank-statements");
    expect(treasury.has("retail")).toBe(true);
    expect(neighbours(example, "prod/prod-weu/ledger/Deployment/ledger-api")).toEqual(new Set(["treasury"]));
    expect(neighbours(example, "prod/prod-weu/carrier-labels/Deployment/labels-api").has("retail")).toBe(true);
    for (const name of ["agent-gateway", "runner"]) {
      expect(neighbours(example, `prod/prod-weu/agent-runner/Deployment/${name}`), name).toEqual(new Set(["agents"]));
    }
  });

  it("keeps an oversized pool and a pool that loses more to the kubelet", () => {
    const pool = (cluster: string, name: string) =>
      example.placement.pools.find((each) => each.cluster === cluster && each.pool === name);
    const batch = pool("prod-weu", "batch");
    expect(batch?.nodes).toHaveLength(3);
    expect(batch?.nodes.flatMap(({ pods }) => pods).length).toBeLessThanOrEqual(1);
    const [north, west] = ["prod-neu", "prod-weu"].map(
      (cluster) => pool(cluster, "general")?.overheadPerNode.memoryBytes ?? 0,
    );
    expect(north).toBeGreaterThan(2 * (west ?? 0));
  });
});
