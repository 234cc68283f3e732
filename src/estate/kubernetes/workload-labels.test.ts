import fc from "fast-check";
import { expect, test } from "vitest";
import { labelWorkloads } from "./workload-labels.ts";

function workload(environment: string, cluster: string, namespace: string, kind: string, name: string) {
  return { id: [environment, cluster, namespace, kind, name].join("/"), environment, cluster, namespace, kind, name };
}

test("a name is enough where it is unique; else what tells the workloads apart", () => {
  const labels = labelWorkloads([
    workload("prod", "weu", "shop", "Deployment", "web"),
    workload("prod", "weu", "blog", "Deployment", "web"),
    workload("prod", "weu", "shop", "Deployment", "db"),
    workload("prod", "weu", "shop", "StatefulSet", "db"),
    workload("prod", "weu", "shop", "Deployment", "cart"),
  ]);
  expect([...labels.values()].sort()).toEqual(["Deployment/db", "StatefulSet/db", "blog/web", "cart", "shop/web"]);
});

test("across environments and clusters the prefix tells", () => {
  const labels = labelWorkloads([
    workload("dev", "d1", "shop", "Deployment", "web"),
    workload("prod", "p1", "shop", "Deployment", "web"),
    workload("prod", "p2", "shop", "Deployment", "web"),
  ]);
  expect([...labels.values()].sort()).toEqual(["dev/web", "p1/web", "p2/web"]);
});

test("every workload has a label and no two share one", () => {
  const part = fc.constantFrom("a", "b", "c");
  const any = fc.tuple(part, part, part, part, part).map((parts) => workload(...parts));
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: ({ id }) => id }), (workloads) => {
      const labels = labelWorkloads(workloads);
      expect(labels.size).toBe(workloads.length);
      expect(new Set(labels.values()).size).toBe(workloads.length);
    }),
  );
});
