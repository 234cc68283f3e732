import { beforeAll, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { loadMixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import type { PlanSolvers } from "../../planning/pools/bound-pools.ts";
import { loadHighsSolver } from "../../scheduling/packing/exact/highs-solver.ts";
import { recommendStructure } from "./recommend-structure.ts";
import { type PlanWriting, writePlan } from "./write-plan.ts";

const today = "2026-11-22";
let solvers: PlanSolvers;

beforeAll(async () => {
  solvers = { linear: await loadHighsSolver(), mixedInteger: await loadMixedIntegerSolver() };
});

type Texts = { readonly [path: string]: string };

const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${name}}
spec:
  replicas: 3
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
          image: registry.example/${name}:1
          resources: {requests: {cpu: 500m, memory: 512Mi}, limits: {memory: 512Mi}}
`;

const application = (name: string, tenant: string) => `---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: ${name}}
spec: {tenant: ${tenant}, environments: [prod], namespace: ${name}, manifests: ./${name}.yaml}
`;

const tenant = (name: string, trust: string, accepts: string) => `---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: ${name}}
spec: {owners: [{email: ${name}@example.com}], classification: internal, trust: ${trust}${accepts}}
`;

const first: Texts = {
  "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: small}
spec:
  environments: [{name: prod, criticality: high}]
  classifications: [internal]
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: prod}
spec:
  region: westeurope
  environments: [prod]
  tier: Standard
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D8ds_v5, zones: ["1", "2", "3"], count: 3}
${tenant("retail", "team", "")}${application("web", "retail")}`,
  "web.yaml": deployment("web"),
};

function write(texts: Texts): PlanWriting {
  const sources = memorySources(texts);
  const estate = loadEstate(sources);
  const { verified } = recommendStructure(estate, defaultCatalog, { today, solvers });
  return writePlan({ estate, sources }, defaultCatalog, { today, verified });
}

function writtenTexts(texts: Texts): Texts {
  return { ...texts, ...Object.fromEntries(write(texts).files.map(({ path, after }) => [path, after])) };
}

test("what was written stands until a tenant joins that accepts less; then it gets its pool", () => {
  const once = writtenTexts(first);
  expect(once).not.toEqual(first);
  expect(write(once).files).toEqual([]);
  const joined = {
    ...once,
    "estate.yaml": `${once["estate.yaml"]}${tenant("partner", "external", ", accepts: {nodePool: separate}")}${application("labels", "partner")}`,
    "labels.yaml": deployment("labels"),
  };
  const { files, read } = write(joined);
  expect(files.map(({ path }) => path)).toContain("labels.yaml");
  expect(read.estate.clusters[0]?.nodePools.map(({ name }) => name)).toContain("partner");
});

test("what is declared does not stand in one zone, however cheap", () => {
  const once = writtenTexts(first);
  const text = (once["estate.yaml"] ?? "").replaceAll('["1", "2", "3"]', '["1"]');
  expect(text).not.toBe(once["estate.yaml"]);
  expect(write({ ...once, "estate.yaml": text }).files).not.toEqual([]);
});

test("what is declared does not stand where an environment of high criticality shares its cluster", () => {
  const once = writtenTexts(first);
  const text = (once["estate.yaml"] ?? "")
    .replace("{name: prod, criticality: high}", "{name: test, criticality: low}, {name: prod, criticality: high}")
    .replaceAll("environments: [prod]", "environments: [prod, test]");
  const { read } = write({ ...once, "estate.yaml": text });
  expect(read.estate.clusters.map(({ environments }) => environments)).toEqual([["prod"], ["test"]]);
});
