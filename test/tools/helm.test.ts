import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderChart } from "../../src/adapters/helm/render-chart.ts";
import type { ChartRequest } from "../../src/estate/sources/chart.ts";
import { readRenderedChart } from "../../src/estate/sources/read-rendered-chart.ts";
import { kubeToolPath, skipsWithoutKubeTools } from "./kubectl.ts";

const chart: { readonly [path: string]: string } = {
  "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\nkubeVersion: '>=1.30.0-0'\n",
  "values.yaml": "replicas: 1\nhost: shop.example\n",
  "crds/order.yaml":
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: orders.shop.example}\n",
  "templates/web.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-web
  namespace: {{ .Release.Namespace }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    metadata:
      annotations: {version: "{{ .Capabilities.KubeVersion.Minor }}"}
---
apiVersion: v1
kind: Service
metadata: {name: {{ .Release.Name }}-web}
`,
  "templates/tests/smoke.yaml":
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: smoke\n  annotations: {"helm.sh/hook": test}\n',
  "templates/guard.yaml": '{{ if eq .Values.host "" }}{{ fail "host must be set" }}{{ end }}',
};

describe.skipIf(skipsWithoutKubeTools())("the real helm", () => {
  let folder: string;
  let executable: string;

  beforeAll(() => {
    executable = kubeToolPath("helm");
    folder = mkdtempSync(join(tmpdir(), "scantling-chart-"));
    for (const [path, text] of Object.entries(chart)) {
      mkdirSync(dirname(join(folder, "shop", path)), { recursive: true });
      writeFileSync(join(folder, "shop", path), text);
    }
    writeFileSync(join(folder, "prod.yaml"), "replicas: 3\n");
    writeFileSync(join(folder, "none.yaml"), 'host: ""\n');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function requested(more: Partial<ChartRequest>): ChartRequest {
    return {
      key: "shop",
      chart: "shop",
      release: "front",
      namespace: "web",
      values: [],
      kubernetesVersion: "1.34",
      ...more,
    };
  }

  it("renders a chart with values, namespace, version and CRDs, and each object knows its template", async () => {
    const request = requested({ values: ["prod.yaml"] });
    const { text, diagnostics } = await renderChart(request, undefined, { executable, workingFolder: folder });
    expect(diagnostics).toStrictEqual([]);
    const reading = readRenderedChart(text, request);
    expect(reading.diagnostics).toStrictEqual([]);
    const objects = reading.documents.map((document) => ({ place: document.locate([]), value: document.value }));
    expect(objects).toMatchObject([
      { place: { precision: "file", source: "shop/crds/order.yaml" }, value: { kind: "CustomResourceDefinition" } },
      {
        place: { precision: "file", source: "shop/templates/web.yaml" },
        value: { kind: "Service", metadata: { name: "front-web" } },
      },
      {
        place: { precision: "file", source: "shop/templates/web.yaml" },
        value: {
          kind: "Deployment",
          metadata: { name: "front-web", namespace: "web" },
          spec: { replicas: 3, template: { metadata: { annotations: { version: "34" } } } },
        },
      },
    ]);
    expect(objects).toHaveLength(3);
  });

  it("says why a chart does not render", async () => {
    const environment = { executable, workingFolder: folder };
    const guarded = await renderChart(requested({ values: ["none.yaml"] }), undefined, environment);
    expect(guarded.text).toBe("");
    expect(guarded.diagnostics.map(({ name }) => name)).toStrictEqual(["chart-failed"]);
    expect(guarded.diagnostics[0]?.message).toContain("host must be set");
    const old = await renderChart(requested({ kubernetesVersion: "1.20" }), undefined, environment);
    expect(old.diagnostics[0]?.message).toContain("kubeVersion");
    const missing = await renderChart(requested({ chart: "none" }), undefined, environment);
    expect(missing.diagnostics.map(({ name }) => name)).toStrictEqual(["chart-failed"]);
  });
});
