import { expect, test } from "vitest";
import { defaultCatalog } from "../../../catalog/default-catalog.ts";
import { loadEstate } from "../../../estate/load-estate.ts";
import { memorySources } from "../../../estate/sources/memory-sources.ts";
import { placeWorkloads } from "../../../scheduling/place-workloads.ts";
import { auditEstate } from "../../audit-estate.ts";

// One cluster serves both environments, so their definitions meet there.
const tenants = [
  ["shop", "dev"],
  ["bank", "prod"],
].map(
  ([name, environment]) => `apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: ${name}}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: ${name}}
spec: {tenant: ${name}, namespace: ${name}, environments: [${environment}], manifests: {default: ${name}}}
`,
);

const estateDocument = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: fixture}
spec: {environments: [{name: dev, criticality: low}, {name: prod, criticality: high}]}
`;

function definition(change: string): string {
  const text = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;
  return change === "" ? text : text.replace("name: v1,", change);
}

function findingsOf(change: string, environment = "prod") {
  const documents = [estateDocument, ...tenants].join("---\n").replaceAll("[prod]", `[${environment}]`);
  const files = {
    "estate.yaml": documents,
    "shop/crd.yaml": definition(""),
    "bank/crd.yaml": definition(change),
  };
  const estate = loadEstate(memorySources(files));
  const report = auditEstate(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, {
    today: "2026-11-22",
    only: ["TEN-016.1", "TEN-016.2"],
  });
  return report.findings;
}

test("two applications that ship the same definition", () => {
  const [finding] = findingsOf("");
  expect(finding?.rule).toBe("TEN-016.1");
  expect(finding?.message).toMatch(/from application \w+ \(\w+\/crd\.yaml:1:1\) and from application \w+/);
});

test.each([
  ["name: v2,", "storage version"],
  ["name: v1, deprecated: true,", undefined],
])("definitions that differ: %s", (change, difference) => {
  const [finding] = findingsOf(change);
  expect(finding?.rule).toBe(difference === undefined ? "TEN-016.1" : "TEN-016.2");
  if (difference !== undefined) expect(finding?.message).toContain(`different ${difference}`);
});

test("definitions for one environment, of which the later overwrites the earlier", () => {
  expect(findingsOf("", "dev").map(({ rule }) => rule)).toEqual(["TEN-016.1"]);
  const [finding, ...others] = findingsOf("name: v2,", "dev");
  expect(others).toEqual([]);
  expect(finding?.rule).toBe("TEN-016.2");
  expect(finding?.message).toMatch(
    /from application \w+ \(\w+\/crd\.yaml:1:1\) and from application \w+, with different/,
  );
});
