import { loadEstate } from "../src/estate/load-estate.ts";
import { memorySources } from "../src/estate/sources/memory-sources.ts";
import { renderRepository } from "../src/operations/gitops/render.ts";
import type { BenchResult } from "./bench-result.ts";

/** Every leaf of 200 applications, written, proven and compared, in less than this. */
const barSeconds = 5;
const applications = 200;

/** The repository of 200 applications over 3 environments and 4 clusters, new and once more over itself. */
export function run(): BenchResult[] {
  const estate = loadEstate(memorySources(estateTexts()));
  return (["kustomize", "helm"] as const).flatMap((packaging) => {
    const options = {
      packaging,
      agent: "flux" as const,
      source: { url: "https://git.example.com/estate.git", branch: "main" },
      force: false,
    };
    const start = performance.now();
    const rendered = renderRepository(estate, { files: new Map(), uncommitted: undefined }, options);
    const seconds = (performance.now() - start) / 1000;
    const files = new Map(rendered.changes.map(({ path, after }) => [path, after ?? ""]));
    const again = performance.now();
    const second = renderRepository(estate, { files, uncommitted: undefined }, options);
    const againSeconds = (performance.now() - again) / 1000;
    if (rendered.refused || second.changes.length > 0) throw new Error("the second render changed something");
    const name = `${applications} applications, 3 environments, 4 clusters, ${packaging}`;
    return [
      { bench: "render", case: name, metric: "seconds", value: round(seconds), unit: "s" },
      { bench: "render", case: name, metric: "bar", value: barSeconds, unit: "s" },
      { bench: "render", case: name, metric: "again", value: round(againSeconds), unit: "s" },
      { bench: "render", case: name, metric: "files", value: files.size, unit: "files" },
      {
        bench: "render",
        case: name,
        metric: "leaves",
        value: rendered.units.flatMap(({ leaves }) => leaves).length,
        unit: "leaves",
      },
    ] satisfies BenchResult[];
  });
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

function estateTexts(): { readonly [path: string]: string } {
  const texts: { [path: string]: string } = {
    "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: large}
spec:
  complete: true
  regions: [{name: westeurope, zones: ["1", "2", "3"]}, {name: northeurope, zones: ["1", "2", "3"]}]
  environments:
    - {name: dev, criticality: low, hours: always, timeZone: UTC}
    - {name: staging, criticality: medium, hours: always, timeZone: UTC}
    - {name: prod, criticality: high, hours: always, timeZone: UTC}
`,
  };
  const clusters = [
    ["dev-weu", "dev", "westeurope", "0"],
    ["staging-weu", "staging", "westeurope", "1"],
    ["prod-neu", "prod", "northeurope", "2"],
    ["prod-weu", "prod", "westeurope", "3"],
  ] as const;
  for (const [name, environment, region, ring] of clusters) {
    texts[`clusters/${name}.yaml`] = `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: ${name}}
spec:
  region: ${region}
  environments: [${environment}]
  ring: "${ring}"
  nodePools: [{name: system, mode: System, vmSize: Standard_D8ds_v5, zones: ["1", "2", "3"], count: 3}]
`;
  }
  for (let index = 0; index < applications; index += 1) Object.assign(texts, applicationTexts(`app-${index}`, index));
  return texts;
}

/** Each has a front and a back in all environments, more replicas and another image in production. */
function applicationTexts(name: string, index: number): { readonly [path: string]: string } {
  const environments = ["dev", "staging", "prod"];
  const folder = `apps/${name}`;
  return {
    [`tenants/${name}.yaml`]: `apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: ${name}}
spec:
  tenant: team-${index % 20}
  environments: [dev, staging, prod]
  namespace: ${name}
  manifests: {${environments.map((each) => `${each}: ../${folder}/${each}.yaml`).join(", ")}}
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: team-${index}}
spec: {owners: [{entraGroup: team-${index}}], quota: {cpu: "100", memory: 200Gi}}
`,
    ...Object.fromEntries(environments.map((each, rank) => [`${folder}/${each}.yaml`, manifests(name, rank)])),
  };
}

function manifests(name: string, rank: number): string {
  return ["front", "back"]
    .map(
      (part) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${part}, labels: {app: ${part}}}
spec:
  replicas: ${rank + 1}
  selector: {matchLabels: {app: ${part}}}
  template:
    metadata: {labels: {app: ${part}}}
    spec:
      containers:
        - name: ${part}
          image: registry.example/${name}/${part}:1.${9 - rank}.0
          ports: [{name: http, containerPort: 8080}]
          env: [{name: LEVEL, value: ${rank === 2 ? "warn" : "debug"}}, {name: BACK, value: "http://back:8080"}]
          resources: {requests: {cpu: ${100 * (rank + 1)}m, memory: 128Mi}, limits: {memory: 256Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: ${part}}
spec: {selector: {app: ${part}}, ports: [{name: http, port: 8080, targetPort: http}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${part}}
data: {mode: "${rank}", text: "the same everywhere"}
`,
    )
    .join("---\n");
}
