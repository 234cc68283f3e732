import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { computeCost } from "../../src/finops/compute-cost.ts";
import { placeWorkloads } from "../../src/scheduling/place-workloads.ts";
import {
  givenClaim,
  givenCloudService,
  givenCluster,
  givenDataStore,
  givenEstate,
  givenPool,
  givenService,
  givenWorkload,
} from "../../src/scheduling/testing/given-estate.ts";

const arbitraryWorkload = fc.record({
  cpu: fc.option(fc.integer({ min: 0, max: 6000 }), { nil: undefined }),
  memoryMiB: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: undefined }),
  replicas: fc.integer({ min: 0, max: 5 }),
  growth: fc.integer({ min: 0, max: 4 }),
  kind: fc.constantFrom("Deployment", "StatefulSet", "DaemonSet", "CronJob"),
  tenant: fc.constantFrom("retail", "risk", "platform", "unassigned"),
  namespace: fc.constantFrom("shop", "risk", "kube-system"),
  storage: fc.option(
    fc.record({
      storageClassName: fc.constantFrom(undefined, "managed-csi-premium", "azurefile-csi", "unknown"),
      sizeGiB: fc.integer({ min: 0, max: 40_000 }),
    }),
    { nil: undefined },
  ),
});

const arbitraryPool = fc.record({
  vmSize: fc.constantFrom(
    "Standard_D4s_v5",
    "Standard_E4ads_v5",
    "Standard_D8ds_v5",
    "Standard_F8s_v2",
    "Standard_Nope",
  ),
  minimumNodes: fc.integer({ min: 0, max: 4 }),
  spot: fc.boolean(),
  osDisk: fc.constantFrom(
    { type: "Managed" as const, sizeGiB: undefined },
    { type: "Ephemeral" as const, sizeGiB: 64 },
  ),
});

const arbitraryEstate: fc.Arbitrary<Estate> = fc
  .record({
    workloads: fc.array(arbitraryWorkload, { maxLength: 8 }),
    pools: fc.array(arbitraryPool, { maxLength: 3 }),
    region: fc.constantFrom("westeurope", "eastus2", "mars"),
    outbound: fc.constantFrom("loadBalancer", "managedNATGateway", "none"),
    hours: fc.constantFrom("always", "Mon-Fri 07:00-19:00"),
    reserved: fc.integer({ min: 0, max: 5 }),
    committed: fc.double({ min: 0, max: 3, noNaN: true }),
    discount: fc.double({ min: 0, max: 1, noNaN: true }),
    currency: fc.constantFrom("USD", "EUR"),
    perUsd: fc.option(fc.double({ min: 0.01, max: 200, noNaN: true }), { nil: undefined }),
    price: fc.double({ min: 0, max: 1e6, noNaN: true }),
  })
  .map((given) =>
    givenEstate({
      currency: given.currency,
      exchangeRate: given.perUsd === undefined ? undefined : { perUsd: given.perUsd, asOf: "2026-11-20" },
      environments: [{ name: "prod", criticality: "low", hours: given.hours, timeZone: "UTC" }],
      clusters: [
        {
          ...givenCluster({
            region: given.region,
            nodePools: given.pools.map((pool, index) => givenPool({ ...pool, name: `pool${index}`, maximumNodes: 9 })),
          }),
          network: { ...givenCluster().network, outbound: given.outbound },
        },
      ],
      commercial: {
        discounts: [{ service: "virtualMachines", ratio: given.discount }],
        reservations: [
          { vmSize: "Standard_D4s_v5", region: given.region, quantity: given.reserved, termYears: 3, until: undefined },
        ],
        savingsPlans: [{ hourlyCommitment: given.committed, termYears: 1, until: undefined }],
        operatorHourCost: undefined,
      },
      workloads: given.workloads.map(({ storage, growth, ...workload }, index) =>
        givenWorkload({
          ...workload,
          name: `w${index}`,
          maximum: workload.replicas + growth,
          run: workload.kind === "DaemonSet" ? "perNode" : workload.kind === "CronJob" ? "task" : "serving",
          claims:
            storage === undefined
              ? []
              : [givenClaim("data", storage.sizeGiB, { storageClassName: storage.storageClassName })],
        }),
      ),
      services: [givenService("web", { type: "LoadBalancer" })],
      cloudServices: [
        givenCloudService("bus", "serviceBus", { tier: "Standard", regions: [given.region] }),
        givenCloudService("quoted", "other", {
          price: { monthlyCost: given.price, source: "quote", asOf: "2026-11-01" },
        }),
      ],
      dataStores: [givenDataStore("db", "azureSql", { sku: "GP_Gen5_2", sizeGiB: 32 })],
    }),
  );

test("tenants + shared platform + system overhead + idle + fees + unused commitment = bill, to the cent", () => {
  fc.assert(
    fc.property(arbitraryEstate, (estate) => {
      const report = computeCost(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, {
        today: "2026-11-22",
      });
      const { result } = report.monthly;
      if (result.kind !== "exact" && result.kind !== "range") throw new Error(`unexpected ${result.kind}`);
      const [low, likely, high] =
        result.kind === "exact" ? [result.value, result.value, result.value] : [result.low, result.likely, result.high];
      const cents = (amount: number) => Math.round(amount * 100);
      expect(Number.isFinite(high)).toBe(true);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(likely);
      expect(likely).toBeLessThanOrEqual(high);
      const parts = Object.values(report.parts);
      expect(parts.every((part) => Number.isFinite(part) && part >= 0)).toBe(true);
      expect(parts.reduce((sum, part) => sum + cents(part), 0)).toBe(cents(likely));
      for (const [part, amount] of Object.entries(report.parts)) {
        const rows = report.allocation.filter((row) => row.part === part);
        expect(rows.reduce((sum, row) => sum + cents(row.monthlyCost), 0)).toBe(cents(amount));
      }
      expect(report.allocation.every(({ monthlyCost }) => Number.isFinite(monthlyCost) && monthlyCost >= 0)).toBe(true);
      const unrounded = report.lines.reduce(
        (sum, { quantity, unitPrice, hoursPerMonth }) => sum + quantity * unitPrice * hoursPerMonth,
        0,
      );
      expect(Math.abs(unrounded - likely)).toBeLessThan(0.0051 + unrounded * 1e-9);
      expect(new Set(report.lines.map(({ id }) => id)).size).toBe(report.lines.length);
      expect(report.partial).toBe(report.unpriced.length > 0);
    }),
    { numRuns: 300 },
  );
});

test("a larger discount never raises the bill", () => {
  fc.assert(
    fc.property(arbitraryEstate, fc.double({ min: 0, max: 1, noNaN: true }), (estate, factor) => {
      const bill = (ratio: number) => {
        const discounted = { ...estate, commercial: { ...estate.commercial, discounts: [{ service: "all", ratio }] } };
        const placement = placeWorkloads(discounted, defaultCatalog);
        return Object.values(computeCost(discounted, placement, defaultCatalog, { today: "2026-11-22" }).parts).reduce(
          (sum, part) => sum + part,
          0,
        );
      };
      const ratio = estate.commercial.discounts[0]?.ratio ?? 0;
      expect(bill(ratio)).toBeLessThanOrEqual(bill(ratio * factor) + 0.011);
    }),
    { numRuns: 60 },
  );
});
