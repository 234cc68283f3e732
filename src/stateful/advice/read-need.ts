import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { secondRegion, storeShape, storeSizing, undeclaredLevel } from "../../estate/assumptions/store-rules.ts";
import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { parseDuration } from "../../estate/quantities/duration.ts";
import { cosmosLevels } from "../timelines/managed/managed-store.ts";
import {
  demandedScopes,
  type EntityNeed,
  type InvariantType,
  type OperationType,
  type RecoveryDemand,
  type StoreNeed,
  type StoreShape,
  storeShapes,
  transactionSpans,
} from "./store-need.ts";

/** A need with what had to be assumed for it. */
export interface ReadNeed {
  readonly need: StoreNeed;
  readonly assumptions: readonly Assumption[];
}

/**
 * What a DataStore must hold to. Documents are checked when they are read; what is absent stays absent. With a catalog a
 * second region is proposed where one is needed and nobody has said which may be used.
 */
export function readNeed(store: DataStore, estate: Estate, catalog?: Catalog): ReadNeed {
  const { spec } = store;
  const subject = `DataStore/${store.name}`;
  const consistency = asObject(spec["consistency"]);
  const retention = asObject(spec["retention"]);
  const entities = entitiesOf(spec["entities"]);
  const span = transactionSpans.find((each) => each === spec["transactionSpan"]) ?? "item";
  const shape = shapeOf(store, entities, span);
  const cores = coresOf(store, entities);
  const reads = cosmosLevels.find((level) => level === consistency["reads"]);
  const years = retention["years"];
  const { readers, writers } = store.regions;
  const home = [...estate.clusters.map(({ region }) => region), ...estate.regions.map(({ name }) => name)][0];
  const writing =
    writers.length > 0 ? writers : readers.length > 0 ? readers.slice(0, 1) : home === undefined ? [] : [home];
  const used = new Set([...writing, ...readers]);
  const ofEstate = estate.regions.map(({ name }) => name).filter((name) => !used.has(name));
  const asksForRegion = store.recovery["region"] !== undefined && used.size < 2;
  // Without an Estate nobody has said which regions may be used; with one, no other may be proposed.
  const proposed = asksForRegion && estate.place === undefined ? nearestRegion(catalog, writing[0]) : [];
  const otherRegions = ofEstate.length > 0 ? ofEstate : proposed;
  const readP99 = milliseconds(asObject(spec["latency"])["readP99"]);
  const writeP99 = milliseconds(asObject(spec["latency"])["writeP99"]);
  const need: StoreNeed = {
    name: store.name,
    shape: shape.shape,
    entities,
    reads,
    clientsMoveRegions: consistency["clientsMoveRegions"] === true,
    sessionTokenTravels: consistency["sessionTokenTravels"] === true,
    readP99Milliseconds: readP99,
    writeP99Milliseconds: writeP99,
    readers,
    writers: writing,
    otherRegions,
    recovery: recoveryOf(store),
    transactionSpan: span,
    sizeGiB: store.sizeGiB,
    isImmutable: retention["immutable"] === true,
    retentionYears: typeof years === "number" ? years : undefined,
    cores: cores.cores,
    ...(store.place === undefined ? {} : { place: store.place }),
  };
  const [second] = otherRegions;
  return {
    need,
    assumptions: [
      ...(shape.because === undefined
        ? []
        : [assume(storeShape, subject, { shape: shape.shape, because: shape.because }, store.place)]),
      ...(cores.because === undefined
        ? []
        : [assume(storeSizing, subject, { cores: cores.cores, because: cores.because }, store.place)]),
      ...(reads === undefined && levelShapes.includes(shape.shape)
        ? [assume(undeclaredLevel, subject, {}, store.place)]
        : []),
      ...(asksForRegion && second !== undefined
        ? [assume(secondRegion, subject, { region: second, isOfEstate: ofEstate.length > 0 }, store.place)]
        : []),
    ],
  };
}

/** The region with the shortest round trip, by its name where two are as near. */
function nearestRegion(catalog: Catalog | undefined, from: string | undefined): readonly string[] {
  if (catalog === undefined || from === undefined) return [];
  return catalog
    .knownRegions()
    .flatMap((name) => {
      const milliseconds = name === from ? undefined : catalog.regionLatency(from, name)?.value;
      return milliseconds === undefined ? [] : [{ name, milliseconds }];
    })
    .toSorted((left, right) => left.milliseconds - right.milliseconds || (left.name < right.name ? -1 : 1))
    .slice(0, 1)
    .map(({ name }) => name);
}

function recoveryOf({ recovery }: DataStore): StoreNeed["recovery"] {
  return Object.fromEntries(
    demandedScopes.flatMap((scope): [string, RecoveryDemand][] => {
      const objective = recovery[scope];
      if (objective === undefined) return [];
      const { rtoSeconds, rpoSeconds } = objective;
      return [
        [
          scope,
          { ...(rtoSeconds === undefined ? {} : { rtoSeconds }), ...(rpoSeconds === undefined ? {} : { rpoSeconds }) },
        ],
      ];
    }),
  );
}

/** Shapes that a service with levels of consistency is compared for. */
const levelShapes: readonly StoreShape[] = ["keyValue", "cache"];

const invariantTypes: readonly InvariantType[] = ["unique", "foreignKey", "atLeast", "atMost", "sum", "none"];
const operationTypes: readonly OperationType[] = ["insert", "increment", "decrement", "assign", "delete", "read"];

function entitiesOf(value: unknown): readonly EntityNeed[] {
  return asList(value).map((each): EntityNeed => {
    const { name, invariants, operations, hotKeyShare } = asObject(each);
    const share = Number.parseFloat(asText(hotKeyShare) ?? "");
    return {
      name: asText(name) ?? "",
      invariants: asList(invariants).flatMap((invariant) => {
        const type = invariantTypes.find((known) => known === asObject(invariant)["type"]);
        const bound = asObject(invariant)["value"];
        return type === undefined ? [] : [{ type, ...(typeof bound === "number" ? { value: bound } : {}) }];
      }),
      operations: asList(operations).flatMap((operation) => {
        const type = operationTypes.find((known) => known === asObject(operation)["type"]);
        const perSecond = asObject(operation)["perSecond"];
        return type === undefined || typeof perSecond !== "number" ? [] : [{ type, perSecond }];
      }),
      ...(Number.isFinite(share) ? { hotKeyShare: share / 100 } : {}),
    };
  });
}

const shapeOfService: { readonly [service: string]: StoreShape } = {
  azureSql: "relational",
  postgresqlFlexible: "relational",
  mysqlFlexible: "relational",
  cosmosDb: "keyValue",
  storageBlob: "blob",
  storageFiles: "file",
  redis: "cache",
  eventHubs: "stream",
  serviceBus: "queue",
};

interface ReadShape {
  readonly shape: StoreShape;
  readonly because?: string;
}

/** Declared, else as the service that holds it, else by how far a transaction reaches. */
function shapeOf({ spec, service }: DataStore, entities: readonly EntityNeed[], span: string): ReadShape {
  const declared = storeShapes.find((shape) => shape === spec["shape"]);
  if (declared !== undefined) return { shape: declared };
  const byService = shapeOfService[service];
  if (byService !== undefined) return { shape: byService, because: `it is on ${service}` };
  const joins = entities.some(({ invariants }) =>
    invariants.some(({ type }) => type === "foreignKey" || type === "sum"),
  );
  if (span === "database" || joins)
    return { shape: "relational", because: "its transactions or references reach over the database" };
  return { shape: "keyValue", because: "no transaction reaches over the database" };
}

/** As many as its own server has, else by the rate of its operations. */
function coresOf(
  { sku = "" }: DataStore,
  entities: readonly EntityNeed[],
): { readonly cores: number; readonly because?: string } {
  const declared = /_Gen5_(\d+)$|Standard_[DE](\d+)/i.exec(sku);
  const cores = Number(declared?.[1] ?? declared?.[2] ?? Number.NaN);
  if (Number.isFinite(cores) && cores > 0) return { cores };
  const perSecond = entities.flatMap(({ operations }) => operations).reduce((sum, each) => sum + each.perSecond, 0);
  const sizes = [2, 4, 8, 16, 32, 48, 64];
  const wanted = sizes.find((size) => size * 250 >= perSecond) ?? 64;
  return { cores: wanted, because: `by ${Number(perSecond.toPrecision(4))} operations a second` };
}

function milliseconds(value: unknown): number | undefined {
  const seconds = parseDuration(asText(value) ?? "");
  return seconds === undefined ? undefined : seconds * 1000;
}
