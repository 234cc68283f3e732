import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { tenancyKernelReport, tenancyRbacReport, tenancyReport } from "./tenancy.ts";
import { TenancyKernelSchema, TenancyRbacSchema, TenancySchema, tenancyMatches } from "./tenancy-schema.ts";

const crd = (version: string, tenant: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec: {group: example.com, scope: Namespaced, names: {kind: Widget, plural: widgets}, versions: [{name: ${version}, served: true, storage: true}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${tenant}}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"}]}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: ${tenant}-admin}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${tenant === "shop" ? "cluster-admin" : "view"}}
subjects: [{kind: ServiceAccount, name: default, namespace: ${tenant}}]
`;
const documents = ["shop", "bank"].map(
  (name) => `apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: ${name}}
spec: {namespaces: [${name}]}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: ${name}}
spec: {tenant: ${name}, namespace: ${name}, manifests: {default: ./${name}.yaml}}
`,
);
const estate = loadEstate(
  memorySources({
    "estate.yaml": documents.join("---\n"),
    "shop.yaml": crd("v1", "shop"),
    "bank.yaml": crd("v2", "bank"),
  }),
);

test("reports are what their schemas say", () => {
  expect(tenancyMatches).toEqual([true, true, true]);
  const written = (report: unknown): unknown => JSON.parse(JSON.stringify(report));
  expect(TenancySchema.safeParse(written(tenancyReport(estate, defaultCatalog))).error).toBeUndefined();
  expect(TenancyKernelSchema.safeParse(written(tenancyKernelReport(estate, defaultCatalog))).error).toBeUndefined();
  expect(TenancyRbacSchema.safeParse(written(tenancyRbacReport(estate))).error).toBeUndefined();
});

test("a definition that two applications ship in different versions is a conflict", () => {
  const { components } = tenancyReport(estate, defaultCatalog);
  expect(components[0]?.conflicts).toEqual([
    expect.stringMatching(/^CRD widgets\.example\.com: application \w+ stores v[12], application \w+ v[12]\.$/),
  ]);
});

test("a role that reaches into another's namespace makes the objects shared, and is a power", () => {
  const [pair] = tenancyReport(estate, defaultCatalog).pairs;
  const objects = pair?.layers.find(({ layer }) => layer === "namespace");
  expect(objects).toMatchObject({ sharing: "shared", met: false, measure: "lessRights" });
  expect(objects?.because).toContain("service account shop/default of shop may do everything");
  const powers = tenancyRbacReport(estate).tenants.map(({ tenant, powers: held }) => [
    tenant,
    held.map(({ power }) => power),
  ]);
  expect(powers).toEqual([
    ["bank", []],
    ["shop", ["clusterAdmin"]],
  ]);
});

test("what cannot be proven on an estate that is not complete is not said to hold", () => {
  const bank = tenancyRbacReport(estate).tenants.find(({ tenant }) => tenant === "bank");
  expect(bank?.behaviours).toHaveLength(19);
  expect(bank?.behaviours.filter(({ verdict }) => verdict === "holds")).toEqual([]);
  expect(bank?.behaviours.find(({ behaviour }) => behaviour === "foreignNamespaces")?.verdict).toBe("broken");
});
