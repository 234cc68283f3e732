import { aksClusterSources } from "./aks-cluster-facts.ts";
import { apiRemovalSources } from "./api-removals.ts";
import { autoscalingSources } from "./autoscaling-defaults.ts";
import { billingTerm, billingTermSources } from "./billing-terms.ts";
import type { Catalog } from "./catalog.ts";
import type { CatalogSource } from "./catalog-source.ts";
import { changeEffectSources } from "./change-effects.ts";
import { commitmentExchangeSources } from "./commitment-exchange.ts";
import { crossplaneSources } from "./crossplane-kinds.ts";
import { daemonOverheads } from "./daemon-overheads.ts";
import { dataServiceFact, dataServiceFacts, dataServiceSources } from "./data-service-facts.ts";
import { defaultRoleSources } from "./default-cluster-roles.ts";
import { diskMeter, diskPrice, diskPriceSources, diskTier } from "./disk-prices.ts";
import { egressEndpointSources } from "./egress-endpoints.ts";
import { kataOverhead } from "./kata-overhead.ts";
import { kubernetesVersion, kubernetesVersionSources, kubernetesVersions } from "./kubernetes-versions.ts";
import { linuxLimitSources } from "./linux-limits.ts";
import { clusterTierPrice, meterPrice, networkMeterSources } from "./network-meters.ts";
import { defaultMaxPods, defaultOsDiskGiB } from "./node-defaults.ts";
import { nodePoolLimits } from "./node-pool-limits.ts";
import { aksNodeSources, nodeReservation } from "./node-reservations.ts";
import { pipelineToolSources } from "./pipeline-tools.ts";
import { platformProductSources } from "./platform-product.ts";
import { pulumiClassSources } from "./pulumi-classes.ts";
import { interZoneLatency, regionLatency, regionLatencySources } from "./region-latency.ts";
import { knownRegions, regionZoneSources, regionZones } from "./region-zones.ts";
import { requestRecommenderSources } from "./request-recommenders.ts";
import { reservationPrice, reservationRatioElsewhere, reservationSources } from "./reservations.ts";
import { savingsPlanPrice, savingsPlanSources } from "./savings-plans.ts";
import { serviceMeterSources, serviceMeters } from "./service-meters.ts";
import { serviceOperatorSources } from "./service-operator-kinds.ts";
import { recoveryFacts, serviceRecoverySources } from "./service-recovery.ts";
import { serviceSlaSources, sla, slaLadder, slasAsOf } from "./service-slas.ts";
import { serviceTierSources } from "./service-tiers.ts";
import { sizeFlexibility, sizeFlexibilitySources } from "./size-flexibility.ts";
import { storageClassSources } from "./storage-classes.ts";
import { vmPrice, vmPriceSources } from "./vm-prices.ts";
import { vmSize, vmSizeSources, vmSizes } from "./vm-sizes.ts";

const tables = [
  vmSizeSources,
  vmPriceSources,
  diskPriceSources,
  storageClassSources,
  networkMeterSources,
  billingTermSources,
  serviceMeterSources,
  reservationSources,
  savingsPlanSources,
  sizeFlexibilitySources,
  commitmentExchangeSources,
  serviceSlaSources,
  serviceRecoverySources,
  serviceTierSources,
  dataServiceSources,
  regionLatencySources,
  regionZoneSources,
  aksNodeSources,
  kubernetesVersionSources,
  defaultRoleSources,
  aksClusterSources,
  apiRemovalSources,
  linuxLimitSources,
  autoscalingSources,
  requestRecommenderSources,
  pipelineToolSources,
  platformProductSources,
  serviceOperatorSources,
  pulumiClassSources,
  crossplaneSources,
  changeEffectSources,
  egressEndpointSources,
];

const allSources: ReadonlyMap<string, CatalogSource> = new Map(tables.flatMap((table) => Object.entries(table)));

/** The facts that ship with the product. Works offline; a refreshed catalog may stand in its place. */
export const defaultCatalog: Catalog = {
  pricesAsOf: vmPriceSources["radar-2026-08-20"]?.date ?? "undated",
  slasAsOf,
  sources: () => allSources,
  vmSize,
  vmSizes,
  vmPrice,
  reservationPrice,
  reservationRatioElsewhere,
  savingsPlanPrice,
  sizeFlexibility,
  diskPrice,
  diskTier,
  diskMeter,
  clusterTierPrice,
  meterPrice,
  billingTerm,
  serviceMeters,
  sla,
  slaLadder,
  recoveryFacts,
  dataServiceFact,
  dataServiceFacts,
  nodeReservation,
  nodePoolLimits,
  defaultMaxPods,
  defaultOsDiskGiB,
  daemonOverheads,
  kataOverhead,
  regionLatency,
  interZoneLatency,
  regionZones,
  knownRegions,
  kubernetesVersion,
  kubernetesVersions,
};
