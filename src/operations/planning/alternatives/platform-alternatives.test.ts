import { expect, test } from "vitest";
import { defaultCatalog } from "../../../catalog/default-catalog.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { defaultPolicy } from "../../../planning/plan-policy.ts";
import { planStructure } from "../../../planning/plan-structure.ts";
import { givenCluster, givenEstate, givenWorkload } from "../../../scheduling/testing/given-estate.ts";
import { containerApps, functions, type PlatformContext, staticHosting } from "./platform-alternatives.ts";

const web = givenWorkload({ name: "web", replicas: 2, cpu: 500, memoryMiB: 512 });

function contextOf(workloads: readonly Workload[], ownNodes = 0): PlatformContext {
  const estate = givenEstate({ clusters: [givenCluster()], workloads });
  const structure = planStructure(estate, defaultCatalog, { policy: defaultPolicy, solvers: undefined });
  return { estate, catalog: defaultCatalog, structure, workloads, ownNodes };
}

/** USD a month for two replicas, by the meters of westeurope. */
const month = 730 * 3600;

test("Container Apps and Functions cost what their meters say, with SLA, hours and lead time", () => {
  const context = contextOf([web], 1000);
  const apps = containerApps(context);
  // 0.5 vCPU and 1 GiB each.
  expect(apps.difference).toBeCloseTo(2 * month * (0.5 * 0.000034 + 1 * 0.000004) - 1000, 1);
  expect(apps).toMatchObject({ verdict: "cheaper", availability: "SLA 99.95%", operatorHours: 4, leadTimeDays: 15 });
  const always = functions(context);
  // An instance of 0.5 GiB each, baseline and execution.
  expect(always.difference).toBeCloseTo(2 * month * 0.5 * (0.000004 + 0.000016) - 1000, 1);
  expect(always).toMatchObject({ verdict: "cheaper", availability: "SLA 99.95%", operatorHours: 4, leadTimeDays: 60 });
});

test("what is too large for a platform is refused, what has no price there is not evaluable", () => {
  const large = givenWorkload({ name: "large", replicas: 1, cpu: 8000, memoryMiB: 8192 });
  expect(containerApps(contextOf([large]))).toMatchObject({ verdict: "refused", difference: undefined });
  expect(functions(contextOf([large]))).toMatchObject({ verdict: "refused", difference: undefined });
  const context = contextOf([web]);
  const unpriced = { ...context, catalog: { ...defaultCatalog, serviceMeters: () => [] } };
  expect(containerApps(unpriced)).toMatchObject({ verdict: "notEvaluable", difference: undefined });
  expect(functions(unpriced)).toMatchObject({ verdict: "notEvaluable", difference: undefined });
});

test("files that a bare web server hands out may go to hosting, which has no price in the catalog", () => {
  const [container] = web.containers;
  if (container === undefined) throw new Error("the workload has a container");
  const files = { ...web, containers: [{ ...container, image: "mcr.example/library/nginx:1.29" }] };
  expect(staticHosting(contextOf([files]))).toMatchObject({ verdict: "notEvaluable", difference: undefined });
  const own = { ...web, containers: [{ ...container, image: "shop.azurecr.io/web:1" }] };
  expect(staticHosting(contextOf([own]))).toMatchObject({ verdict: "refused" });
});
