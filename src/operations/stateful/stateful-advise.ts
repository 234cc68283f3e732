import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { defaultCluster, defaultRegion } from "../../estate/assumptions/estate-rules.ts";
import { flipDistance, hottestKey, operatorHours } from "../../estate/assumptions/store-rules.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { billCurrency } from "../../finops/bill/pricing-context.ts";
import { adviseStore, type StoreAdvice } from "../../stateful/advice/advise-store.ts";
import { confluenceVerdicts } from "../../stateful/advice/confluence.ts";
import { assumedHotKeyShare } from "../../stateful/advice/contention.ts";
import type { JudgedOption } from "../../stateful/advice/judged-option.ts";
import type { StoreOption } from "../../stateful/advice/options/store-option.ts";
import type { RankedOption } from "../../stateful/advice/rank-options.ts";
import { readNeed } from "../../stateful/advice/read-need.ts";
import type { StoreNeed } from "../../stateful/advice/store-need.ts";
import type { ClusterStore } from "../../stateful/timelines/cluster/cluster-store.ts";
import { readClusterStore } from "../../stateful/timelines/cluster/read-cluster-store.ts";
import { sqlTier } from "../../stateful/timelines/managed/managed-store.ts";
import { standardToleration } from "../../stateful/timelines/timers.ts";
import { quoteOption } from "./quote-option.ts";
import type { AdvisedOption, AdvisedStore, CurrentStore, StoreAdviceReport } from "./store-advice-report.ts";
import { unjudgedStores } from "./unjudged-stores.ts";
import { whyFirst } from "./why-first.ts";

/** Advice on every DataStore of the estate, in the order of their names; `only` narrows it to one. */
export function adviseStores(estate: Estate, catalog: Catalog, only?: string): StoreAdviceReport {
  const assumptions: Assumption[] = [assume(flipDistance, "Estate", {})];
  const hourCost = estate.commercial.operatorHourCost;
  const currency = billCurrency(estate).code;
  assumptions.push(
    assume(operatorHours, "Estate", {
      hourCost: hourCost === undefined ? "hours are not priced" : `${hourCost} ${estate.currency} an hour`,
    }),
  );
  const notEvaluable = unjudgedStores(estate).filter(({ store }) => only === undefined || store === only);
  const unjudged = new Set(notEvaluable.map(({ store }) => store));
  const stores = estate.dataStores
    .filter(({ name }) => (only === undefined || name === only) && !unjudged.has(name))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map((store): AdvisedStore => {
      const read = readNeed(store, estate, catalog);
      assumptions.push(...read.assumptions, ...assumedHotKeys(read.need));
      const terms = {
        quote: (option: StoreOption) => quoteOption(estate, catalog, read.need, option),
        operatorHourCost: hourCost,
        downtimeCostPerMinute: downtimeCost(estate, store),
      };
      const advice = adviseStore(read.need, { cluster: clusterBase(estate, catalog) }, terms, {
        catalog,
        failureModel: estate.failureModel,
      });
      return advisedStore(store, advice, holderOf(store, estate, catalog), currency);
    });
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "StoreAdvice",
    currency,
    stores,
    notEvaluable,
    assumptions: [...standIns(estate), ...assumptions].toSorted(compareAssumptions),
    diagnostics: estate.diagnostics.filter(({ affects = [] }) => affects.some((each) => each.startsWith("DataStore/"))),
  };
}

/** What was put in the place of a Cluster or region that nobody declared: prices, distances and zones are its own. */
function standIns({ assumptions }: Estate): readonly Assumption[] {
  return assumptions.filter(({ id }) => id === defaultCluster.id || id === defaultRegion.id);
}

/** Entities whose contention matters and whose hottest key nobody declares. */
function assumedHotKeys({ name, entities, place }: StoreNeed): readonly Assumption[] {
  const share = `${assumedHotKeyShare * 100} %`;
  const contended = new Set(
    confluenceVerdicts(entities)
      .filter(({ means }) => means === "escrow" || means === "serializable")
      .map((verdict) => verdict.entity),
  );
  return entities
    .filter((entity) => entity.hotKeyShare === undefined && contended.has(entity.name))
    .map((entity) => assume(hottestKey, `DataStore/${name}: ${entity.name}`, { share }, place));
}

/** The dearest journey of the owning application: when the store is down, it stands still. */
function downtimeCost({ journeys }: Estate, { application }: DataStore): number | undefined {
  const costs = journeys.flatMap((journey) =>
    journey.application === application && journey.downtimeCostPerMinute !== undefined
      ? [journey.downtimeCostPerMinute]
      : [],
  );
  return costs.length === 0 ? undefined : Math.max(...costs);
}

/** The workload that holds a store, in the last environment that has it. */
function holderOf({ workload }: DataStore, estate: Estate, catalog: Catalog): ClusterStore | undefined {
  const order = estate.environments.map(({ name }) => name);
  const found = estate.workloads
    .filter(({ namespace, kind, name }) => `${namespace}/${kind}/${name}` === workload)
    .toSorted((left, right) => order.indexOf(right.environment) - order.indexOf(left.environment))[0];
  return found === undefined ? undefined : readClusterStore(found, estate, catalog);
}

/** Cluster of the last environment: the one that databases would run in. */
function clusterBase({ clusters, environments }: Estate, catalog: Catalog) {
  const production = environments.at(-1)?.name;
  const cluster =
    clusters.find((each) => production !== undefined && each.environments.includes(production)) ?? clusters[0];
  const { seconds, reason } = standardToleration(catalog);
  return {
    kubernetesVersion: cluster?.kubernetesVersion ?? "1.34",
    zones: Math.max(1, new Set(cluster?.nodePools.flatMap((pool) => pool.zones) ?? []).size),
    tolerationSeconds: seconds,
    tolerationReason: reason,
    hasBackups: cluster?.backupEnabled,
  };
}

function advisedStore(
  store: DataStore,
  advice: StoreAdvice,
  held: ClusterStore | undefined,
  currency: string,
): AdvisedStore {
  const now = currentStore(store, advice, held);
  const [first] = advice.ranked;
  const { conflict, flip, relief } = advice;
  const because = whyFirst(advice.ranked, currency);
  return {
    store: store.name,
    shape: advice.need.shape,
    ...(advice.need.reads === undefined ? {} : { reads: advice.need.reads }),
    now,
    verdict: verdictOf(now, first),
    ...(first === undefined ? {} : { answer: first.option.label }),
    ...(because === undefined ? {} : { because }),
    options: advice.ranked.map((ranked) => advisedOption(store.name, ranked, currency)),
    rejected: advice.rejected.map(({ option, verdicts }) => ({
      id: option.id,
      label: option.label,
      failures: verdicts.filter(({ outcome }) => outcome === "fail"),
    })),
    otherShapes: advice.otherShapes,
    ...(conflict === undefined ? {} : { conflict }),
    ...(flip === undefined ? {} : { flip }),
    ...(relief === undefined ? {} : { relief }),
    invariants: advice.confluence,
    tradeOffs: advice.tradeOffs,
    styles: advice.styles,
    patterns: advice.patterns,
  };
}

function verdictOf(now: CurrentStore, first: RankedOption | undefined): AdvisedStore["verdict"] {
  if (first === undefined) return "impossible";
  if (now.matches === first.option.label) return "keep";
  if (now.service === "auto") return "choose";
  return now.standing === "rejected" || (now.standing === "open" && first.standing === "fits") ? "change" : "mayChange";
}

/** The option that describes what is there: service, tier, zones, and of Cosmos DB the level and regions. */
function currentStore(
  store: DataStore,
  { ranked, rejected, need }: StoreAdvice,
  held: ClusterStore | undefined,
): CurrentStore {
  const judged: readonly JudgedOption[] = [...ranked, ...rejected];
  const found = judged.find(({ option }) => isSame(option, store, need.reads, held));
  if (found === undefined) return { service: store.service, standing: "unknown", failures: [] };
  const failures = found.verdicts.filter(({ outcome }) => outcome === "fail");
  return { service: store.service, matches: found.option.label, standing: found.standing, failures };
}

function isSame(
  { host, service, zoneRedundant, regions, writeRegions, level }: StoreOption,
  store: DataStore,
  reads: string | undefined,
  held: ClusterStore | undefined,
): boolean {
  if (service !== store.service) return false;
  const { readers, writers } = store.regions;
  const used = new Set([...readers, ...writers]).size;
  if (host.kind === "cluster") {
    return held !== undefined && host.store.disk === held.disk && host.store.replicates === held.replicates;
  }
  const sku = store.sku ?? "";
  switch (service) {
    case "cosmosDb":
      return (
        level === reads && regions.length === Math.max(1, used) && writeRegions.length === Math.max(1, writers.length)
      );
    case "azureSql":
      return (
        sqlTier(sku) === host.store.tier &&
        zoneRedundant === (store.zoneRedundant ?? false) &&
        regions.length === Math.min(2, Math.max(1, used))
      );
    case "postgresqlFlexible":
    case "mysqlFlexible":
      return (
        (/^(b_)?standard_b/i.test(sku) ? "Burstable" : "GP") === host.store.tier &&
        zoneRedundant === (store.zoneRedundant ?? false) &&
        regions.length === Math.min(2, Math.max(1, used))
      );
    default:
      return sku.toLowerCase().includes(host.store.tier.toLowerCase());
  }
}

function advisedOption(store: string, ranked: RankedOption, currency: string): AdvisedOption {
  const { option, quote, totalCost, leadsBelow, unavailability, verdicts } = ranked;
  const id = `stateful/${store}/${option.id}`;
  const unit = `${currency}/month`;
  const costLabel = `${option.label}, price of the service`;
  const cost =
    quote.kind === "priced"
      ? exactFigure(`${id}/cost`, costLabel, unit, quote.monthlyCost, quote.reasons)
      : notEvaluableFigure(`${id}/cost`, costLabel, unit, [quote.why]);
  return {
    id: option.id,
    label: option.label,
    standing: ranked.standing === "fits" ? "fits" : "open",
    isManaged: option.host.kind === "managed",
    sku: option.sku,
    regions: option.regions,
    monthlyCost: cost,
    availability:
      unavailability === undefined
        ? notEvaluableFigure(`${id}/unavailability`, "share of time down", "ratio", ["an SLA of it"])
        : exactFigure(
            `${id}/unavailability`,
            "share of time down",
            "ratio",
            unavailability,
            ranked.unavailabilityReasons,
          ),
    operatorHours: option.operatorHours,
    totalCost: totalFigure(`${id}/total`, ranked, cost, totalCost, unit),
    ...(leadsBelow === undefined ? {} : { leadsBelow: Math.round(leadsBelow) }),
    caveats: verdicts.filter(({ outcome }) => outcome === "monitored" || outcome === "open"),
    passes: verdicts.filter(({ outcome }) => outcome === "pass"),
  };
}

function totalFigure(
  id: string,
  { burdenCost, downtimeCost }: RankedOption,
  cost: Figure,
  total: number | undefined,
  unit: string,
): Figure {
  const label = "service, operators and downtime";
  if (total === undefined) return notEvaluableFigure(id, label, unit, ["the price of the service"]);
  const reasons: readonly Reason[] = [
    {
      kind: "formula",
      text: `service + operators (${burdenCost.toFixed(2)}) + expected downtime (${(downtimeCost ?? 0).toFixed(2)})`,
    },
    { kind: "figure", figure: cost },
  ];
  return exactFigure(id, label, unit, Math.round(total * 100) / 100, reasons);
}
