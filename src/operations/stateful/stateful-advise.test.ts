import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { givenDataStore, givenEstate } from "../../scheduling/testing/given-estate.ts";
import { adviseStores } from "./stateful-advise.ts";
import { statefulSchemaMatches } from "./stateful-schemas.ts";
import type { AdvisedStore } from "./store-advice-report.ts";

const two = { readers: ["westeurope", "northeurope"], writers: ["westeurope"] };
const both = { readers: ["westeurope", "northeurope"], writers: ["westeurope", "northeurope"] };

function advise(spec: DataStore["spec"], given: Partial<DataStore> = {}): AdvisedStore {
  const estate = givenEstate({
    dataStores: [givenDataStore("data", "auto", { spec, sizeGiB: 50, ...given })],
    regions: ["westeurope", "northeurope"].map((name) => ({ name, zones: ["1", "2", "3"] })),
  });
  const [store] = adviseStores(estate, defaultCatalog).stores;
  if (store === undefined) throw new Error("no advice");
  return store;
}

const rpo = (rpoSeconds: number) => ({ rpoSeconds, rtoSeconds: undefined });
const rto = (rtoSeconds: number) => ({ rpoSeconds: undefined, rtoSeconds });
const stock = [
  { name: "stock", invariants: [{ type: "atLeast", value: 0 }], operations: [{ type: "decrement", perSecond: 40 }] },
];

/** Rules that reject an option. */
function rulesAgainst({ rejected }: AdvisedStore, label: string): readonly string[] {
  return rejected.find((each) => each.label === label)?.failures.map(({ rule }) => rule) ?? [];
}

function isLeft({ options }: AdvisedStore, label: string): boolean {
  return options.some((each) => each.label === label);
}

describe("twelve contrasting needs", () => {
  test("1. nothing asked for but keys: the cheapest level of Cosmos DB in one region", () => {
    expect(advise({ shape: "keyValue" }).answer).toMatch(/^Cosmos DB \w+, 1 region$/);
  });

  test("2. RPO 0 over regions with 100 ms writes: Strong, whose two round trips fit", () => {
    const advice = advise(
      { shape: "keyValue", latency: { writeP99: "100ms" } },
      { regions: two, recovery: { region: rpo(0) } },
    );
    expect(advice.answer).toBe("Cosmos DB Strong, 2 regions, 1 writes");
    expect(rulesAgainst(advice, "Cosmos DB Session, 2 regions, 1 writes")).toEqual(["ST-RPO-01"]);
  });

  test("3. the same with 20 ms: nothing, and the round trip of 22 ms is the floor", () => {
    const advice = advise(
      { shape: "keyValue", latency: { writeP99: "20ms" } },
      { regions: two, recovery: { region: rpo(0) } },
    );
    expect(advice.verdict).toBe("impossible");
    expect(advice.conflict?.inputs).toEqual(["latency.writeP99", "recovery.region.rpo"]);
    expect(advice.conflict?.floor?.text).toContain("is 22 ms");
    expect(advice.flip).toMatchObject({ answer: "Cosmos DB Strong, 2 regions, 1 writes", after: "54 ms" });
  });

  test("4. RPO of 4 min: Bounded guarantees no less than 300 s", () => {
    const advice = advise({ shape: "keyValue" }, { regions: two, recovery: { region: rpo(240) } });
    expect(rulesAgainst(advice, "Cosmos DB Bounded, 2 regions, 1 writes")).toEqual(["ST-COSMOS-05"]);
    const relaxed = advise({ shape: "keyValue" }, { regions: two, recovery: { region: rpo(300) } });
    expect(isLeft(relaxed, "Cosmos DB Bounded, 2 regions, 1 writes")).toBe(true);
  });

  test("5. stock that must not go below 0, written in two regions: the last writer may not win", () => {
    const advice = advise({ shape: "keyValue", entities: stock }, { regions: both });
    expect(rulesAgainst(advice, "Cosmos DB Session, 2 write regions")).toEqual(["ST-COSMOS-08"]);
    expect(advice.patterns.map(({ pattern }) => pattern)).toContain("escrow");
  });

  test("6. the same counter only ever added to: every region may write", () => {
    const entities = [{ ...stock[0], operations: [{ type: "increment", perSecond: 40 }] }];
    expect(
      isLeft(advise({ shape: "keyValue", entities }, { regions: both }), "Cosmos DB Session, 2 write regions"),
    ).toBe(true);
  });

  test("7. clients that change region without their session token are promised no more than eventual", () => {
    const moving = { shape: "keyValue", consistency: { reads: "session", clientsMoveRegions: true } };
    const label = "Cosmos DB Session, 2 regions, 1 writes";
    expect(rulesAgainst(advise(moving, { regions: two }), label)).toEqual(["ST-READ-02"]);
    const travels = { ...moving, consistency: { ...moving.consistency, sessionTokenTravels: true } };
    expect(isLeft(advise(travels, { regions: two }), label)).toBe(true);
  });

  test("8. relational data that loses 5 s with a region: only Business Critical answers for the lag", () => {
    const advice = advise({ shape: "relational" }, { regions: two, recovery: { region: rpo(5) } });
    expect(advice.answer).toBe("Azure SQL BC, zones, failover group");
    expect(rulesAgainst(advice, "Azure SQL GP, zones, failover group")).toEqual(["ST-SQL-02"]);
    expect(rulesAgainst(advice, "PostgreSQL GP, standby, geo replica")).toEqual(["ST-PG-02"]);
  });

  test("9. a zone lost for no more than 5 min: DTU tiers and singletons on local disks fall out", () => {
    const advice = advise({ shape: "relational" }, { recovery: { zone: rto(300) } });
    expect(rulesAgainst(advice, "Azure SQL Standard (DTU)")).toEqual(["ST-SQL-01"]);
    expect(rulesAgainst(advice, "PostgreSQL Burstable, standby")).toContain("ST-PG-01");
    expect(rulesAgainst(advice, "StatefulSet of 1 on an LRS disk")).toEqual(["ST-RTO-01"]);
    expect(advice.options[0]?.isManaged).toBe(true);
  });

  test("10. blobs with an RPO of 15 min: no SLA holds what GRS does as a rule", () => {
    const advice = advise({ shape: "blob" }, { recovery: { region: rpo(900) } });
    expect(rulesAgainst(advice, "Blob storage GRS")).toEqual(["ST-STO-01"]);
    expect(advice.verdict).toBe("impossible");
    expect(advice.conflict?.inputs).toEqual(["recovery.region.rpo"]);
  });

  test("11. relational data that nobody may change: ledger tables", () => {
    const advice = advise({ shape: "relational", retention: { immutable: true, years: 10 } });
    expect(advice.answer).toMatch(/^Azure SQL/);
    expect(rulesAgainst(advice, "PostgreSQL GP, no standby")).toEqual(["ST-RET-01"]);
    expect(advice.flip).toMatchObject({ input: "retention.immutable", after: "false" });
  });

  test("12. reads in 3 ms: Cosmos DB promises 10, a cache promises nothing and is watched", () => {
    const advice = advise({ shape: "cache", latency: { readP99: "3ms" } }, { sizeGiB: 4 });
    expect(rulesAgainst(advice, "Cosmos DB Eventual, 1 region")).toEqual(["ST-LAT-01"]);
    expect(advice.answer).toMatch(/^Redis/);
    expect(advice.options[0]?.caveats.map(({ rule }) => rule)).toEqual(["ST-TIER-01", "ST-LAT-01"]);
  });
});

describe("what would mend the impossible", () => {
  const ledger = (readP99: string, lossSeconds: number) =>
    advise(
      {
        shape: "relational",
        retention: { immutable: true, years: 10 },
        consistency: { reads: "strong" },
        latency: { readP99 },
      },
      { regions: two, recovery: { region: rpo(5), operatorError: rpo(lossSeconds) } },
    );

  test("two demands that are each in the way: no flip, but both changes together, and they do give that answer", () => {
    const { flip, relief, conflict } = ledger("20ms", 300);
    expect(conflict?.inputs).toEqual(["latency.readP99"]);
    expect(flip).toBeUndefined();
    expect(relief?.changes.map(({ input, after }) => `${input} ${after}`)).toEqual([
      "latency.readP99 22 ms",
      "recovery.operatorError.rpo 10 min",
    ]);
    expect(ledger("22ms", 600).answer).toBe(relief?.answer);
    expect(ledger("22ms", 599).verdict).toBe("impossible");
    expect(ledger("21.9ms", 600).verdict).toBe("impossible");
  });

  test("one demand in the way is a flip; a demand that nobody promises at any number is given up", () => {
    expect(ledger("20ms", 600)).toMatchObject({ flip: { input: "latency.readP99", after: "22 ms" } });
    const blob = advise({ shape: "blob" }, { recovery: { region: rpo(900) } });
    expect(blob.flip).toMatchObject({ input: "recovery.region.rpo", after: "not asked for" });
    expect(blob.flip?.answer).toMatch(/^Blob storage/);
  });

  test("readers of another region are an input too", () => {
    const near = advise({ shape: "relational", latency: { readP99: "1ms" } }, { regions: two });
    expect(near.verdict).toBe("impossible");
    expect(near.flip).toMatchObject({ input: "regions.readers", after: "westeurope" });
  });
});

describe("why an answer stands first", () => {
  test("the cheapest in all among its like, with the next one's price", () => {
    const advice = advise({ shape: "relational", transactionSpan: "database" }, { sizeGiB: 64 });
    expect(advice.because).toMatch(/^of those run by Azure that fit it costs least in all, USD [\d.,]+; next is /);
  });

  test("what nobody vouches for is said with it", () => {
    const advice = advise(
      { shape: "cache", latency: { readP99: "3ms" } },
      { recovery: { zone: { rtoSeconds: 900, rpoSeconds: 60 } } },
    );
    expect(advice.answer).toMatch(/^Managed Redis Balanced/);
    expect(advice.options[0]?.standing).toBe("open");
    expect(advice.because).toContain("nobody vouches for recovery.zone.rpo, recovery.zone.rto");
  });

  test("a way out has its price, and a demand is never tightened to what it was", () => {
    const advice = advise(
      { shape: "keyValue", latency: { writeP99: "20ms" } },
      { regions: two, recovery: { region: rpo(0) } },
    );
    expect(advice.flip?.monthlyCost).toBeGreaterThan(0);
    const session = advise({ shape: "keyValue" }, { regions: two, recovery: { region: rpo(900) } });
    expect(session.flip?.after).not.toBe(session.flip?.before);
  });
});

describe("a database in the cluster against its disk", () => {
  const advice = advise({ shape: "relational", transactionSpan: "database" }, { sizeGiB: 64 });
  const caveats = (label: string) =>
    advice.options.find((each) => each.label === label)?.caveats.map(({ rule, outcome }) => `${rule} ${outcome}`);

  test("a zonal disk keeps its pod in its zone, also where nobody asks about zones", () => {
    expect(caveats("StatefulSet of 1 on an LRS disk")).toContain("ST-DISK-01 monitored");
    expect(caveats("StatefulSet of 1 on a ZRS disk")).not.toContain("ST-DISK-01 monitored");
    expect(caveats("StatefulSet of 3 on LRS disks")).not.toContain("ST-DISK-01 monitored");
  });

  test("two on a shared disk are no answer until somebody says that they fence each other", () => {
    expect(caveats("StatefulSet of 2 on a shared ZRS disk")).toContain("ST-DISK-03 open");
    expect(isLeft(advise({ shape: "cache" }), "StatefulSet of 2 on a shared ZRS disk")).toBe(false);
  });
});

describe("beside the twelve", () => {
  test("bounded staleness is no session for clients that move without their token, nor for writers elsewhere", () => {
    const label = "Cosmos DB Bounded, 2 regions, 1 writes";
    const reads = { shape: "keyValue", consistency: { reads: "session", clientsMoveRegions: true } };
    expect(rulesAgainst(advise(reads, { regions: two }), label)).toEqual(["ST-READ-02"]);
    const pinned = { ...reads, consistency: { ...reads.consistency, clientsMoveRegions: false } };
    expect(isLeft(advise(pinned, { regions: two }), label)).toBe(true);
    expect(rulesAgainst(advise(pinned, { regions: both }), label)).toEqual(["ST-READ-01"]);
  });

  test("the level Consistent Prefix keeps prefixes of batches, and of single items none", () => {
    const need = { shape: "keyValue", consistency: { reads: "consistentPrefix" } };
    const label = "Cosmos DB Prefix, 1 region";
    expect(rulesAgainst(advise({ ...need, transactionSpan: "item" }), label)).toEqual(["ST-READ-01"]);
    expect(isLeft(advise({ ...need, transactionSpan: "partition" }), label)).toBe(true);
  });

  test("files that survive a zone: a locally redundant share falls out by its own rule", () => {
    const advice = advise({ shape: "file" }, { recovery: { zone: rto(300) } });
    expect(rulesAgainst(advice, "Azure Files Premium LRS")).toEqual(["ST-FILE-01"]);
    expect(isLeft(advice, "Azure Files Premium ZRS")).toBe(true);
  });

  test("what is published beyond the store: the slot of change capture is watched at a failover", () => {
    const caveats = (spec: DataStore["spec"]) =>
      advise({ shape: "relational", ...spec })
        .options.find(({ label }) => label === "PostgreSQL GP, standby in a zone")
        ?.caveats.map(({ rule }) => rule) ?? [];
    expect(caveats({ transactionSpan: "crossService" })).toContain("ST-PG-03");
    expect(caveats({ transactionSpan: "database" })).not.toContain("ST-PG-03");
  });
});

test("what has no price is ranked behind, and says below which price it would lead", () => {
  const advice = advise({ shape: "relational" });
  const unpriced = advice.options.find(({ label }) => label === "Azure SQL Hyperscale, zones");
  const cheapest = advice.options[0]?.totalCost.result;
  expect(unpriced?.totalCost.result.kind).toBe("notEvaluable");
  expect(unpriced?.leadsBelow).toBe(cheapest?.kind === "exact" ? Math.round(cheapest.value) : undefined);
});

test("the schemas describe what the reports hold", () => {
  expect(statefulSchemaMatches).toEqual([true, true]);
});
