import { expect, test } from "vitest";
import type { InfrastructureChange, RepositoryReport } from "../../operations/gitops/repository-report.ts";
import { infrastructureSection } from "./infrastructure-section.ts";

const change: InfrastructureChange = {
  stage: 1,
  resource: "pool prod-weu/data",
  path: "properties.vmSize",
  before: "Standard_E8ds_v5",
  after: "Standard_E16ds_v5",
  effects: {
    bicep: "reject",
    terraform: "rotate",
    pulumi: "unknown",
    serviceOperator: "reject",
    crossplane: "reject",
  },
  verified: true,
};

test.each([
  ["pulumi", "by Pulumi", "not known", "Bicep, operator, Crossplane: refused; Terraform: new pool, old one undrained"],
  [
    "terraform",
    "by Terraform",
    "new pool, old one undrained",
    "Bicep, operator, Crossplane: refused; Pulumi: not known",
  ],
  ["crossplane", "by Crossplane", "refused", "Terraform: new pool, old one undrained; Pulumi: not known"],
])("the effect is that on %s, and others stand beside it where they differ", (cloudTarget, title, effect, others) => {
  const infrastructure = { changes: [change], otherResources: 0, stages: 1 };
  const section = infrastructureSection({ cloudTarget, infrastructure } as unknown as RepositoryReport);
  const text = JSON.stringify(section);
  expect(text).toContain(title);
  const row = text.slice(text.indexOf("Standard_E16ds_v5"));
  expect(row.indexOf(effect)).toBeGreaterThan(0);
  expect(row.indexOf(effect)).toBeLessThan(row.indexOf(others));
});
