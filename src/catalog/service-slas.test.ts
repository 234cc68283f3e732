import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SlaSelector } from "./catalog.ts";
import { dataServiceFact, dataServiceFacts } from "./data-service-facts.ts";
import { catalogServiceNames } from "./service-names.ts";
import { recoveryFacts } from "./service-recovery.ts";
import { sla, slaLadder } from "./service-slas.ts";

const cosmos = (selector: SlaSelector) => sla("cosmosDb", selector);

describe("sla", () => {
  it.each<[string, SlaSelector, string | undefined, number | undefined]>([
    ["aks", { tier: "Free", zoneRedundant: true }, undefined, undefined],
    ["aks", { tier: "Standard", zoneRedundant: false }, "99.9", 1e-3],
    ["aks", { tier: "Standard", zoneRedundant: true }, "99.95", 5e-4],
    ["aks", { tier: "Premium", zoneRedundant: true }, "99.95", 5e-4],
    ["azureSql", { tier: "GeneralPurpose", zoneRedundant: false }, "99.99", 1e-4],
    ["azureSql", { tier: "GP_Gen5_4", zoneRedundant: true }, "99.995", 5e-5],
    ["azureSql", { tier: "BC_Gen5_8", zoneRedundant: true }, "99.995", 5e-5],
    ["azureSql", { tier: "Hyperscale", zoneRedundant: true, replicas: 2 }, "99.995", 5e-5],
    ["postgresqlFlexible", { highAvailability: "none" }, "99.9", 1e-3],
    ["postgresqlFlexible", { highAvailability: "sameZone" }, "99.95", 5e-4],
    ["postgresqlFlexible", { zoneRedundant: true }, "99.99", 1e-4],
    ["mysqlFlexible", { highAvailability: "zoneRedundant" }, "99.99", 1e-4],
    ["serviceBus", { tier: "Premium", zoneRedundant: true }, "99.99", 1e-4],
    ["serviceBus", { tier: "Standard", zoneRedundant: true }, "99.9", 1e-3],
    ["eventHubs", { tier: "Standard" }, "99.95", 5e-4],
    ["redis", { tier: "Basic" }, undefined, undefined],
    ["redis", { tier: "Premium" }, "99.9", 1e-3],
    ["redis", { tier: "Standard C3" }, "99.9", 1e-3],
    ["redis", { tier: "Enterprise_E10", zoneRedundant: true, geoReplicated: false }, "99.99", 1e-4],
    ["azureSql", { tier: "general-purpose", zoneRedundant: true }, "99.995", 5e-5],
    ["azureSql", { tier: "business critical", zoneRedundant: false }, "99.99", 1e-4],
    ["redis", { tier: "Enterprise", zoneRedundant: true, geoReplicated: false }, "99.99", 1e-4],
    ["frontDoor", { tier: "Premium" }, "99.99", 1e-4],
    ["keyVault", {}, "99.99", 1e-4],
    ["containerRegistry", { tier: "Premium", zoneRedundant: true }, "99.9", 1e-3],
    ["virtualMachine", { replicas: 1, diskType: "premium" }, "99.9", 1e-3],
    ["virtualMachine", { replicas: 3, zoneRedundant: true }, "99.99", 1e-4],
    ["virtualMachine", { replicas: 3, zoneRedundant: false }, "99.95", 5e-4],
    ["applicationGateway", { replicas: 1, autoscale: false, zoneRedundant: false }, undefined, undefined],
    ["applicationGateway", { autoscale: true, replicas: 1, zoneRedundant: false }, "99.95", 5e-4],
    ["vpnGateway", { tier: "VpnGw2AZ" }, "99.95", 5e-4],
    ["apiManagement", { tier: "Premium", regions: 2 }, "99.99", 1e-4],
    ["dns", {}, "100", 0],
    ["storageBlob", { redundancy: "RA-GRS", accessTier: "hot" }, "99.99", 1e-4],
    ["storageBlob", { redundancy: "ZRS", accessTier: "cool" }, "99", 1e-2],
  ])("of %s with %o is %s", (service, selector, percent, unavailability) => {
    const row = sla(service, selector);
    expect(row).toBeDefined();
    expect(row?.slaPercent).toBe(percent);
    expect(row?.unavailability).toBe(unavailability);
    expect(row?.notExcluded).toBeUndefined();
  });

  it("follows the ladder of Cosmos DB, reads and writes apart", () => {
    const ladder = [
      cosmos({ regions: 1, zoneRedundant: false }),
      cosmos({ regions: 1, zoneRedundant: true }),
      cosmos({ regions: 2, multiRegionWrite: false, zoneRedundant: false }),
      cosmos({ regions: 2, multiRegionWrite: false, zoneRedundant: true }),
      cosmos({ regions: 3, multiRegionWrite: true }),
    ];
    expect(ladder.map((row) => [row?.slaPercent, row?.writeSlaPercent])).toEqual([
      ["99.99", "99.99"],
      ["99.995", "99.995"],
      ["99.999", "99.99"],
      ["99.999", "99.995"],
      ["99.999", "99.999"],
    ]);
    expect(ladder[4]?.unavailability).toBe(1e-5);
  });

  it("takes the weakest row of those that are left open, and says so", () => {
    expect(sla("aks", { tier: "Standard" })).toMatchObject({
      slaPercent: "99.9",
      notExcluded: ["tier=standard|premium, zones=yes"],
    });
    expect(sla("redis", {})).toMatchObject({ slaPercent: undefined, unavailability: undefined });
    expect(sla("azureSql", {})?.slaPercent).toBe("99.99");
  });

  it("keeps what the other source says", () => {
    expect(sla("azureSql", { tier: "GeneralPurpose", zoneRedundant: true })?.conflict).toContain("99.99");
    expect(sla("serviceBus", { tier: "Premium", zoneRedundant: true })?.conflict).toContain("99.9");
  });

  it("marks rows that are only recalled", () => {
    expect(sla("redis", { tier: "Enterprise", geoReplicated: true })?.verified).toBe(false);
    expect(sla("virtualMachine", { replicas: 1, diskType: "standardSsd" })?.verified).toBe(false);
    expect(sla("keyVault", {})?.verified).toBe(true);
  });

  it("has no row for services and tiers that the table does not know", () => {
    expect(sla("statefulSet", {})).toBeUndefined();
    expect(sla("someSaas", {})).toBeUndefined();
    expect(sla("aks", { tier: "Platinum" })).toBeUndefined();
    expect(sla("appConfiguration", { tier: "Premium", geoReplicated: false })).toBeUndefined();
  });

  it("takes the table's, the price list's and the catalog's name for one service", () => {
    for (const name of ["cosmos-db", "Azure Cosmos DB", "cosmosDb", "CosmosDB"]) {
      expect(slaLadder(name), name).toHaveLength(5);
    }
  });

  it("never promises more for knowing less", () => {
    const selector = fc.record(
      {
        tier: fc.constantFrom("Standard", "Premium", "Basic", "Free", "GeneralPurpose", "Enterprise"),
        zoneRedundant: fc.boolean(),
        regions: fc.integer({ min: 1, max: 3 }),
        multiRegionWrite: fc.boolean(),
        replicas: fc.integer({ min: 1, max: 3 }),
        geoReplicated: fc.boolean(),
        autoscale: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const services = fc.constantFrom(...catalogServiceNames());
    fc.assert(
      fc.property(
        services,
        selector,
        fc.constantFrom("tier", "zoneRedundant", "regions", "replicas"),
        (service, full, key) => {
          const known = sla(service, full);
          const { [key as keyof SlaSelector]: _, ...less } = full as SlaSelector;
          const unknown = sla(service, less);
          if (known === undefined) return;
          expect(unknown).toBeDefined();
          expect(Number(unknown?.slaPercent ?? 0)).toBeLessThanOrEqual(Number(known.slaPercent ?? 0));
        },
      ),
    );
  });
});

describe("slaLadder", () => {
  it("has every row of the table that promises an uptime", () => {
    const services = new Set(
      catalogServiceNames()
        .map((name) => slaLadder(name))
        .filter((rows) => rows.length > 0),
    );
    const rows = [...services].flat();
    expect(rows).toHaveLength(86);
    expect(rows.filter((row) => row.verified === false)).toHaveLength(4);
    expect(rows.filter((row) => row.conflict !== undefined)).toHaveLength(4);
  });
});

describe("facts on data services", () => {
  it("agree with the SLA table where both speak", () => {
    const cosmosRead = dataServiceFact("cosmos.sla.read")?.value as { readonly [row: string]: number };
    expect(String(cosmosRead["1w-AZ"])).toBe(cosmos({ regions: 1, zoneRedundant: true })?.slaPercent);
    expect(String(cosmosRead.multiwrite)).toBe(cosmos({ regions: 2, multiRegionWrite: true })?.slaPercent);
    const postgres = dataServiceFact("pg.sla")?.value as { readonly [row: string]: number };
    expect(String(postgres.zoneRedundant)).toBe(sla("postgresqlFlexible", { zoneRedundant: true })?.slaPercent);
    expect(String(postgres.noHA)).toBe(sla("postgresqlFlexible", { highAvailability: "none" })?.slaPercent);
    for (const redundancy of ["LRS", "ZRS", "GRS", "GZRS"]) {
      const durability = dataServiceFact(`storage.durability.${redundancy}`)?.value;
      expect(sla("storage", { redundancy, accessTier: "hot" })?.durabilityNines).toBe(durability);
    }
  });

  it("are normalised to seconds", () => {
    expect(dataServiceFact("cosmos.rpo.1region")).toMatchObject({ value: 14_400, unit: "s" });
    expect(dataServiceFact("pg.standby.rebuild")).toMatchObject({ value: [300, 600], unit: "s" });
    expect(dataServiceFact("cosmos.latency.read.p99")).toMatchObject({ value: 10, unit: "ms" });
  });

  it("carry corrections and marks", () => {
    expect(dataServiceFact("k8s.toleration")).toMatchObject({ value: 300, verified: true });
    expect(dataServiceFact("net.region.rtt")).toBeUndefined();
    expect(dataServiceFact("sql.fog.2021")?.superseded).toBe(true);
    expect(dataServiceFact("disk.durability.ZRS")?.verified).toBe(false);
    expect(dataServiceFacts("cosmosdb").length).toBe(56);
    expect(dataServiceFacts("nothing")).toEqual([]);
  });

  it("has the published recovery times", () => {
    expect(recoveryFacts()).toHaveLength(13);
    expect(recoveryFacts().find((fact) => fact.what.includes("zone-redundant (all tiers)"))?.figures).toEqual({
      rtoSecondsTypical: 30,
      rpoSeconds: 0,
    });
  });
});
