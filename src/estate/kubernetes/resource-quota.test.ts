import { expect, test } from "vitest";
import { indexObjects } from "./object-index.ts";
import { readResourceQuotas } from "./resource-quota.ts";
import { placeYaml } from "./testing/place-yaml.ts";

test("reads requests by new and old names, limits, and whether it holds for every pod", () => {
  const text = `
apiVersion: v1
kind: ResourceQuota
metadata: {name: all}
spec: {hard: {requests.cpu: "4", memory: 8Gi, limits.cpu: 8, pods: "20"}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: best-effort}
spec: {hard: {pods: "5"}, scopes: [BestEffort]}
`;
  expect(readResourceQuotas(indexObjects(placeYaml(text)).index)).toMatchObject([
    {
      id: "prod/weu/shop/ResourceQuota/all",
      requests: { cpuMillicores: 4000, memoryBytes: 8 * 2 ** 30 },
      limits: { cpuMillicores: 8000 },
      hard: { pods: "20" },
      scoped: false,
    },
    { name: "best-effort", requests: {}, scoped: true },
  ]);
});
