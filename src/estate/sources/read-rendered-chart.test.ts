import { describe, expect, it } from "vitest";
import type { ChartRequest } from "./chart.ts";
import { readRenderedChart } from "./read-rendered-chart.ts";

const request: ChartRequest = {
  key: "shop",
  chart: "charts/shop",
  release: "shop",
  namespace: undefined,
  values: [],
  kubernetesVersion: undefined,
};

const rendered = `---
# Source: shop/templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: shop
---
# Source: shop/charts/redis/templates/sts.yaml
# its own comment

kind: StatefulSet
metadata: {name: on}
---
kind: ConfigMap
---
# Source: shop/templates/broken.yaml
a: [
---
# Source: shop/templates/empty.yaml
`;

describe("readRenderedChart", () => {
  it("places objects in the templates that they came from", () => {
    const { documents, diagnostics } = readRenderedChart(rendered, request);
    expect(documents.map((document) => [document.value, document.locate(["metadata", "name"])])).toStrictEqual([
      [
        { apiVersion: "v1", kind: "Service", metadata: { name: "shop" } },
        { precision: "file", source: "charts/shop/templates/service.yaml" },
      ],
      [
        { kind: "StatefulSet", metadata: { name: true } },
        { precision: "file", source: "charts/shop/charts/redis/templates/sts.yaml" },
      ],
      [{ kind: "ConfigMap" }, { precision: "rendered", source: "charts/shop" }],
    ]);
    expect(documents[1]?.scalarText(["metadata", "name"])).toBe("on");
    expect(diagnostics.map(({ name, place }) => [name, place])).toStrictEqual([
      ["unclosed-bracket", { precision: "file", source: "charts/shop/templates/broken.yaml" }],
    ]);
  });

  it("says `rendered` where the template is packed away", () => {
    const texts = new Map([["charts/shop/templates/service.yaml", ""]]);
    const places = readRenderedChart(rendered, request, texts).documents.map((document) => document.locate([]));
    expect(places).toStrictEqual([
      { precision: "file", source: "charts/shop/templates/service.yaml" },
      { precision: "rendered", source: "charts/shop" },
      { precision: "rendered", source: "charts/shop" },
    ]);
  });

  it("reads nothing from nothing", () => {
    expect(readRenderedChart("", request)).toStrictEqual({ documents: [], diagnostics: [] });
  });
});
