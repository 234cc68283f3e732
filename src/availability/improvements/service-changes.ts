import { tierAbove } from "../../catalog/service-tiers.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { CloudService, DataStore } from "../../estate/model/service.ts";
import type { CandidateChange, CandidateScope, ChangeKind } from "./candidate.ts";

/** A store or a service, as far as its tier and zones go. */
interface TieredService {
  /** `DataStore/carts`. */
  readonly id: string;
  readonly service: string;
  readonly tier: string | undefined;
  readonly zoneRedundant: boolean | undefined;
  /** Availability that is declared is measured or promised otherwise: a tier does not change it. */
  readonly fixed: boolean;
  readonly document: DataStore | CloudService;
  readonly with: (estate: Estate, tier: string | undefined, zoneRedundant: boolean) => Estate;
}

/** Zone redundancy and the next tier for each platform service that journeys lean on. */
export function serviceChanges(scope: CandidateScope): readonly CandidateChange[] {
  return tieredServices(scope).flatMap((each) => [
    ...zoneRedundancy(scope.estate, each),
    ...nextTier(scope.estate, each),
  ]);
}

/** What could be given up: zone redundancy, where a service has it. */
export function serviceEconomies(scope: CandidateScope): readonly CandidateChange[] {
  return tieredServices(scope).flatMap((each) => {
    if (each.zoneRedundant !== true) return [];
    const what = `run ${each.id} without zone redundancy`;
    return [change(scope.estate, each, "serviceZones", what, "the objective may be met without", each.tier, false)];
  });
}

function tieredServices({ estate, stores, services }: CandidateScope): readonly TieredService[] {
  return [
    ...estate.dataStores.filter(({ name, workload }) => stores.has(name) && workload === undefined).map(tieredStore),
    ...estate.cloudServices.filter(({ name }) => services.has(name)).map(tieredCloudService),
  ].filter(({ fixed, service }) => !fixed && service !== "auto");
}

function tieredStore(store: DataStore): TieredService {
  const { name, service, sku, zoneRedundant, unavailability } = store;
  return {
    id: `DataStore/${name}`,
    service,
    tier: sku,
    zoneRedundant,
    fixed: unavailability !== undefined,
    document: store,
    with: (estate, tier, zones) => ({
      ...estate,
      dataStores: estate.dataStores.map((each) =>
        each.name === name ? { ...each, sku: tier, zoneRedundant: zones, price: undefined } : each,
      ),
    }),
  };
}

function tieredCloudService(service: CloudService): TieredService {
  const { name, tier, zoneRedundant, unavailability } = service;
  return {
    id: `CloudService/${name}`,
    service: service.service,
    tier,
    zoneRedundant,
    fixed: unavailability !== undefined,
    document: service,
    with: (estate, newTier, zones) => ({
      ...estate,
      cloudServices: estate.cloudServices.map((each) =>
        each.name === name ? { ...each, tier: newTier, zoneRedundant: zones, price: undefined } : each,
      ),
    }),
  };
}

function zoneRedundancy(estate: Estate, service: TieredService): readonly CandidateChange[] {
  if (service.zoneRedundant === true) return [];
  const because = service.zoneRedundant === false ? "it is in one zone" : "nothing says that it spans zones";
  const what = `make ${service.id} zone-redundant`;
  return [change(estate, service, "serviceZones", what, because, service.tier, true)];
}

function nextTier(estate: Estate, service: TieredService): readonly CandidateChange[] {
  const next = tierAbove(service.service, service.tier ?? "");
  if (next === undefined) return [];
  const from = service.tier === undefined ? "" : ` instead of ${service.tier}`;
  const what = `run ${service.id} as ${next.tier}${from}, zone-redundant`;
  return [change(estate, service, "serviceTier", what, next.because, next.tier, true)];
}

function change(
  estate: Estate,
  service: TieredService,
  kind: ChangeKind,
  what: string,
  because: string,
  tier: string | undefined,
  zoneRedundant: boolean,
): CandidateChange {
  const { id, document } = service;
  return {
    id: `${kind}/${id}`,
    kind,
    what,
    because,
    estate: () => service.with(estate, tier, zoneRedundant),
    touches: [`/${id}`],
    priceOf: id,
    ...(document.price === undefined ? {} : { listPriced: [id] }),
    ...(document.place === undefined ? {} : { place: document.place }),
  };
}
