import { describe, expect, test } from "vitest";
import type { VolumeClaim } from "../../estate/kubernetes/workload.ts";
import type { RegionMode } from "../../estate/model/application.ts";
import type { DataStore } from "../../estate/model/service.ts";
import {
  givenCluster,
  givenDataStore,
  givenPlace,
  givenPool,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import {
  assessOne,
  givenApplication,
  givenDependency,
  givenPlacement,
  givenPoolPlacement,
  givenShop,
  noRegions,
} from "../testing/given-journey.ts";
import type { FailureScope } from "./recovery-report.ts";

interface GivenRecovery {
  readonly kind?: "Deployment" | "StatefulSet";
  readonly replicas?: number;
  readonly stores?: readonly DataStore[];
  readonly regions?: Partial<RegionMode>;
  readonly recovery?: { readonly [scope: string]: { rtoSeconds: number | undefined; rpoSeconds: number | undefined } };
}

function recover({ kind = "Deployment", replicas = 1, stores = [], regions = {}, recovery = {} }: GivenRecovery) {
  const web = givenWorkload({ name: "web", application: "shop", kind, replicas });
  const { estate } = givenShop(
    {
      applications: [givenApplication({ regions: { ...noRegions, ...regions }, recovery })],
      dataStores: stores,
      dependencies: stores.map(({ name }) => givenDependency(web, { kind: "dataStore", name })),
    },
    web,
  );
  const placement = givenPlacement(
    givenPoolPlacement(
      ["1", "2", "3"].map((zone, index) => ({
        zone,
        pods: Array.from({ length: Math.floor((replicas + 2 - index) / 3) }, () => web),
      })),
    ),
  );
  const journey = assessOne(estate, placement);
  return (scope: FailureScope) => {
    const found = journey.recovery?.find((each) => each.scope === scope);
    if (found === undefined) throw new Error(`no recovery of ${scope}`);
    return found;
  };
}

const seconds = (value: number) => ({ kind: "exact", value });

describe("recovery time", () => {
  test("of one replica: its restart, the rescheduling window, the repair of the region", () => {
    const at = recover({});
    expect(at("pod").rtoSeconds.result).toEqual(seconds(60));
    expect(at("node").rtoSeconds.result).toEqual(seconds(345));
    expect(at("zone").rtoSeconds.result).toEqual(seconds(345));
    expect(at("region").rtoSeconds.result).toEqual(seconds(6 * 3600));
    expect(at("node").rtoSetBy).toBe(
      "Deployment/web runs one replica: losing its node stops checkout for about 6 min (given.yaml:1)",
    );
  });

  test("of three replicas apart: none but the region's", () => {
    const at = recover({ replicas: 3 });
    expect(["pod", "node", "zone"].map((scope) => at(scope as FailureScope).rtoSeconds.result)).toEqual([
      seconds(0),
      seconds(0),
      seconds(0),
    ]);
    expect(at("node").rtoSetBy).toBeUndefined();
    expect(at("region").rtoSeconds.result).toEqual(seconds(6 * 3600));
  });

  test("of a StatefulSet is longer, and is held against what the application asks for", () => {
    const at = recover({ kind: "StatefulSet", recovery: { node: { rtoSeconds: 600, rpoSeconds: undefined } } });
    expect(at("node").rtoSeconds.result).toEqual(seconds(1200));
    expect(at("node").rtoMet).toBe(false);
    expect(at("zone").rtoMet).toBeUndefined();
  });

  test("of a node that no other replaces is its repair", () => {
    const only = givenPool({ autoscaling: false, minimumNodes: 1, maximumNodes: 1, zones: ["1"] });
    const { estate, web } = givenShop({ clusters: [givenCluster({ nodePools: [only] })] });
    const journey = assessOne(estate, givenPlacement(givenPoolPlacement([{ zone: "1", pods: [web] }])));
    const node = journey.recovery?.find(({ scope }) => scope === "node");
    expect(node?.rtoSeconds.result).toEqual(seconds(3600));
  });

  test("of a journey with something missing is not evaluable, and says what", () => {
    const { estate, web } = givenShop();
    const dangling = {
      ...estate,
      dependencies: [givenDependency(web, { kind: "dangling", host: "nowhere" })],
    };
    const journey = assessOne(dangling, givenPlacement(givenPoolPlacement([{ zone: "1", pods: [web] }])));
    expect(journey.recovery?.map(({ rtoSeconds }) => rtoSeconds.result.kind)).toEqual(Array(4).fill("notEvaluable"));
    expect(journey.parts).toBeUndefined();
  });
});

describe("loss of data", () => {
  const passive: Partial<RegionMode> = { mode: "activePassive", primary: "westeurope" };
  const two = { readers: ["westeurope", "northeurope"], writers: ["westeurope"] };
  const sql = (sku: string) => givenDataStore("orders", "azureSql", { sku, zoneRedundant: true, regions: two });

  test("without a store is none", () => {
    expect(recover({})("region").rpoSeconds.result).toEqual(seconds(0));
  });

  test("is none where copies are written first, and the lag of the copy where the region is given up", () => {
    const at = recover({ stores: [sql("BC_Gen5_8")], regions: passive });
    expect(at("node").rpoSeconds.result).toEqual(seconds(0));
    expect(at("zone").rpoSeconds.result).toEqual(seconds(0));
    expect(at("region").rpoSeconds.result).toEqual(seconds(5));
    expect(at("region").rpoSetBy).toBe("DataStore/orders");
  });

  test("that no source states is not evaluable, never zero", () => {
    const at = recover({
      stores: [sql("GP_Gen5_8")],
      regions: passive,
      recovery: { region: { rtoSeconds: undefined, rpoSeconds: 60 } },
    });
    expect(at("region").rpoSeconds.result).toEqual({
      kind: "notEvaluable",
      missing: ["how far the copy of DataStore/orders in the other region lags behind"],
    });
    expect(at("region").rpoMet).toBe("notEvaluable");
    const cache = recover({ stores: [givenDataStore("carts", "redis")] });
    expect(cache("node").rpoSeconds.result.kind).toBe("notEvaluable");
  });

  test("is none while the journey waits for its region", () => {
    expect(recover({ stores: [sql("GP_Gen5_8")] })("region").rpoSeconds.result).toEqual(seconds(0));
    const one = givenDataStore("orders", "azureSql", { sku: "GP_Gen5_8" });
    expect(recover({ stores: [one], regions: passive })("region").rpoSeconds.result).toEqual(seconds(0));
  });

  test("of a store in the cluster is that of its disk, and not evaluable without one", () => {
    const database = (claims: VolumeClaim[], replicas = 1) => {
      const db = { ...givenWorkload({ name: "db", kind: "StatefulSet", replicas }), claims };
      const { estate, web } = givenShop({ dataStores: [held], workloads: [db] });
      const leaning = { ...estate, dependencies: [givenDependency(web, { kind: "dataStore", name: "orders" })] };
      const nodes = [
        { zone: "1", pods: [web, db] },
        { zone: "2", pods: replicas > 1 ? [db] : [] },
      ];
      const journey = assessOne(leaning, givenPlacement(givenPoolPlacement(nodes)));
      return journey.recovery?.find(({ scope }) => scope === "node")?.rpoSeconds.result;
    };
    const held = givenDataStore("orders", "statefulSet", { workload: "shop/StatefulSet/db" });
    const claim: VolumeClaim = {
      name: "data",
      storageClassName: "managed-csi",
      accessModes: ["ReadWriteOnce"],
      sizeBytes: 1e9,
      perReplica: true,
      place: givenPlace,
    };
    expect(database([claim])).toEqual(seconds(0));
    expect(database([claim], 2)?.kind).toBe("notEvaluable");
    expect(database([])).toEqual({
      kind: "notEvaluable",
      missing: ["a volume of StatefulSet/db, which holds DataStore/orders"],
    });
  });

  test("of Cosmos DB goes by its level of consistency", () => {
    const cosmos = (reads: string) =>
      givenDataStore("stock", "cosmosDb", { regions: two, spec: { consistency: { reads } } });
    const at = (reads: string) => recover({ stores: [cosmos(reads)], regions: passive })("region").rpoSeconds.result;
    expect(at("strong")).toEqual(seconds(0));
    expect(at("session")).toEqual(seconds(900));
    expect(at("bounded").kind).toBe("notEvaluable");
  });
});
