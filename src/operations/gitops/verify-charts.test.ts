import { describe, expect, test } from "vitest";
import { helmMissing } from "../../estate/diagnostics/adapter-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import type { ChartRenderer } from "../ports.ts";
import type { RepositoryFolder } from "./repository-folder.ts";
import { verifyCharts } from "./verify-charts.ts";

const settings = (mode: string): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "shop" },
  data: { mode },
});
const unit: DeliveryUnit = {
  tree: "apps",
  name: "shop",
  namespace: "shop",
  tenant: "retail",
  dependsOn: [],
  leaves: [
    { environment: "prod", ring: undefined, region: "westeurope", cluster: "one", objects: [settings("calm")] },
    { environment: "prod", ring: undefined, region: "westeurope", cluster: "two", objects: [settings("busy")] },
  ],
};

const repository: RepositoryFolder = {
  read: () => Promise.reject(new Error("nothing is read")),
  apply: () => Promise.reject(new Error("nothing is written")),
  inScratchFolder: (texts, use) => {
    expect([...texts.keys()]).toContain("apps/shop/chart/Chart.yaml");
    return use("scratch");
  },
};

/** A renderer that answers by the cluster whose values it is given. */
function rendererOf(answer: (cluster: string) => readonly JsonObject[]): ChartRenderer {
  return {
    render: ({ key, chart }) => {
      expect(chart).toBe("scratch/apps/shop/chart");
      const objects = answer(key.split(" ")[1] ?? "");
      return Promise.resolve({ text: objects.map((each) => JSON.stringify(each)).join("\n---\n"), diagnostics: [] });
    },
  };
}

const right = (cluster: string) => [settings(cluster === "one" ? "calm" : "busy")];

describe("the Helm form by helm itself", () => {
  test("is proven where every leaf has exactly its objects", async () => {
    const { proofs } = await verifyCharts([unit], { charts: rendererOf(right), repository });
    expect(proofs).toMatchObject([{ over: "leaves", count: 2, holds: true }]);
  });

  test.each([
    ["another value", () => [settings("calm")]],
    ["an object more", (cluster: string) => [...right(cluster), { ...settings("x"), metadata: { name: "more" } }]],
    ["nothing", () => []],
  ] as const)("is not with %s", async (_, answer) => {
    const { proofs } = await verifyCharts([unit], { charts: rendererOf(answer), repository });
    expect(proofs).toMatchObject([{ holds: false }]);
  });

  test("is said to be not verified where there is no helm", async () => {
    const missing = diagnose(helmMissing, { chart: "a", command: "helm template a" });
    const charts: ChartRenderer = { render: () => Promise.resolve({ text: "", diagnostics: [missing] }) };
    const { proofs, diagnostics } = await verifyCharts([unit], { charts, repository });
    expect(proofs).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-966"]);
  });
});
