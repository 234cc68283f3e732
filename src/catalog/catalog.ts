import type { BillingTerm } from "./billing-terms.ts";
import type { CatalogSource } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";

/** A virtual machine size as AKS sees it. `undefined` where no source states a value. */
export interface VmSize {
  readonly name: string;
  readonly series: string;
  readonly family: string;
  readonly vcpu: number;
  /** Full core count of a constrained-core size: price and temporary disk follow it. */
  readonly constrainedCoreBase?: number;
  readonly memoryGiB: number;
  /** Local temporary or NVMe disk; undefined when unknown, 0 when there is none. */
  readonly tempDiskGiB: number | undefined;
  readonly architecture: "amd64" | "arm64";
  /** Whole GPUs, or the share of one. */
  readonly gpus: number;
  readonly maxDataDisks: number | undefined;
  readonly burstable: boolean;
  readonly premiumStorage: boolean;
  readonly acceleratedNetworking: boolean | undefined;
  /** Needed for Kata (VM-isolated) pools. */
  readonly nestedVirtualization: boolean | undefined;
  readonly userPoolAllowed: boolean;
  readonly systemPoolAllowed: boolean;
  readonly source: string;
  readonly asOf: string;
  /** Fields that no source states for this size itself: inferred from a sibling, or recalled. */
  readonly unverified: readonly string[];
  /** Source ids of the fields that other sources than `source` state. */
  readonly evidence: { readonly [field: string]: string };
}

/** A meter of a platform service; `price` in USD per `unit`, holding from `fromQuantity` units on. */
export interface ServiceMeter {
  readonly service: string;
  readonly product: string;
  readonly sku: string;
  readonly meter: string;
  readonly unit: string;
  readonly fromQuantity: number;
  readonly price: Fact<number>;
  /** Savings-plan rate as a ratio of `price`, by term, where the meter carries one. */
  readonly savingsPlanRatio?: { readonly oneYear?: number; readonly threeYears?: number };
  /** Newest day on which the price came into force in some region. */
  readonly effectiveFrom?: string;
}

/** A service level agreement. `unavailability` is exact from the decimal text (5e-4 for 99.95 %); undefined: no financially backed SLA. */
export interface ServiceLevelAgreement {
  readonly service: string;
  readonly configuration: string;
  readonly slaPercent: string | undefined;
  readonly unavailability: number | undefined;
  /** Where the SLA of writes is stated apart from that of reads. */
  readonly writeSlaPercent?: string;
  readonly writeUnavailability?: number;
  readonly scope: string;
  readonly source: string;
  readonly asOf: string;
  readonly verified: boolean;
  /** What another source says, when sources disagree. */
  readonly conflict?: string;
  readonly note?: string;
  /** Objective without financial backing. */
  readonly sloPercent?: string;
  /** Nines of durability over a year. */
  readonly durabilityNines?: number;
  /** Configurations that the selector did not tell apart from this one; this one is the weakest of them. */
  readonly notExcluded?: readonly string[];
}

/** What decides which row of an SLA ladder holds. What is undefined is not known, and excludes no row. */
export interface SlaSelector {
  readonly tier?: string | undefined;
  readonly zoneRedundant?: boolean | undefined;
  readonly regions?: number | undefined;
  readonly multiRegionWrite?: boolean | undefined;
  /** Standby of PostgreSQL and MySQL flexible servers. */
  readonly highAvailability?: "none" | "sameZone" | "zoneRedundant" | undefined;
  /** `LRS`, `ZRS`, `GRS`, `RA-GRS`, `GZRS`, `RA-GZRS`. */
  readonly redundancy?: string | undefined;
  readonly accessTier?: "hot" | "cool" | undefined;
  /** Instances behind one name: machines, gateway instances, database replicas. */
  readonly replicas?: number | undefined;
  readonly autoscale?: boolean | undefined;
  readonly geoReplicated?: boolean | undefined;
  /** `premium`, `ultra`, `standardSsd`, `standardHdd`. */
  readonly diskType?: string | undefined;
}

/** Node counts that AKS sets for a pool. */
export interface NodePoolLimits {
  readonly mostNodes: Fact<number>;
  readonly leastSystemNodes: Fact<number>;
  readonly advisedSystemNodes: Fact<number>;
}

/** What AKS takes from a node before pods may use it. */
export interface NodeReservation {
  readonly cpuMillicores: Fact<number>;
  readonly memoryBytes: Fact<number>;
  readonly evictionThresholdBytes: Fact<number>;
}

export interface SizeFlexibility {
  readonly group: string;
  readonly ratio: Fact<number>;
}

/** Memory that VM-isolated (Kata) pods take beside their limit. */
export interface KataOverhead {
  readonly memoryBytes: Fact<number>;
  /** Smallest tabulated pod limit that holds the pod, in bytes; undefined for the default class. */
  readonly fittedLimitBytes?: number;
}

/** AKS support window of a Kubernetes minor version; dates are the last day of a month where the source says only the month. */
export interface KubernetesVersion {
  readonly generallyAvailable: Fact<string> | undefined;
  readonly endOfSupport: Fact<string> | undefined;
  readonly endOfLongTermSupport: Fact<string> | undefined;
}

/** Requests of a DaemonSet that AKS runs on every node. */
export interface DaemonOverhead {
  readonly name: string;
  readonly cpuMillicores: Fact<number>;
  readonly memoryBytes: Fact<number>;
  /** Add-on that brings it, such as `containerInsights`; undefined: on every cluster. */
  readonly onlyWith?: string;
}

export type FactValue = number | string | readonly (number | string)[] | { readonly [name: string]: unknown };

/** A published fact on a stateful service; durations normalised to seconds, or ms for latencies. */
export interface DataServiceFact extends Fact<FactValue> {
  readonly id: string;
  readonly service: string;
  /** Level, regions, bound (`op`) and other details of the source. */
  readonly details: { readonly [name: string]: unknown };
  /** Kept as history; never planned with. */
  readonly superseded: boolean;
}

/** A published recovery time or loss; seconds, a range of seconds, or words where the source has only words. */
export interface RecoveryFact {
  readonly what: string;
  readonly figures: { readonly [name: string]: number | string | readonly number[] };
  readonly source: string;
  readonly asOf: string;
  readonly verified: boolean;
}

/** Typed look-up over dated facts. Every answer carries source and date; undefined means that no source says. */
export interface Catalog {
  readonly pricesAsOf: string;
  readonly slasAsOf: string;
  /** Every source id that a fact may carry. */
  sources(): ReadonlyMap<string, CatalogSource>;
  vmSize(name: string): VmSize | undefined;
  vmSizes(): readonly VmSize[];
  /** USD per hour, Linux, list price. */
  vmPrice(region: string, vmSize: string, purchase: "payAsYouGo" | "spot"): Fact<number> | undefined;
  /** USD per hour of a reservation, amortised over its term. */
  reservationPrice(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined;
  /**
   * Reserved price as a ratio of pay-as-you-go where `reservationPrice` has none, from the size's flexibility group in
   * other regions. Never verified: ratios differ between regions, so whoever uses it states an assumption.
   */
  reservationRatioElsewhere(vmSize: string, termYears: 1 | 3): Fact<number> | undefined;
  /** USD per hour under a compute savings plan. */
  savingsPlanPrice(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined;
  sizeFlexibility(vmSize: string): SizeFlexibility | undefined;
  /** USD per month of a managed disk tier such as `P10`, redundancy `LRS` or `ZRS`. */
  diskPrice(region: string, tier: string, redundancy: "LRS" | "ZRS"): Fact<number> | undefined;
  /** Smallest tier of a family (`P`, `E`, `S`) that holds the size. */
  diskTier(family: "P" | "E" | "S", sizeGiB: number): { readonly tier: string; readonly sizeGiB: number } | undefined;
  /** USD per unit of a disk or file-share meter billed by size, IOPS or throughput, by its name in the price list. */
  diskMeter(region: string, name: string): Fact<number> | undefined;
  /** USD per hour of the AKS cluster tier. */
  clusterTierPrice(tier: "Free" | "Standard" | "Premium"): Fact<number> | undefined;
  /** USD per unit of a network or other meter by name, such as `loadBalancer.base`, `publicIp.standardStatic`, `natGateway.hour`. */
  meterPrice(name: string, region: string): Fact<number> | undefined;
  /** An included quantity, a smallest quantity or a factor by which a service is billed. */
  billingTerm(term: BillingTerm): Fact<number>;
  /**
   * Meters of a platform service in a region; `filter` narrows by product, SKU or meter text. The service is a catalog
   * name (`frontDoor`) or the name in the price list (`Azure Front Door Service`).
   */
  serviceMeters(
    service: string,
    region: string,
    filter?: { readonly product?: string; readonly sku?: string; readonly meter?: string },
  ): readonly ServiceMeter[];
  /**
   * The row of the SLA table that a service (catalog name such as `aks`, `frontDoor`, `serviceBus`) has in a
   * configuration. Where the selector leaves several rows open, the weakest of them, which then says so.
   */
  sla(service: string, selector: SlaSelector): ServiceLevelAgreement | undefined;
  /** Every row of a service's SLA ladder. */
  slaLadder(service: string): readonly ServiceLevelAgreement[];
  recoveryFacts(): readonly RecoveryFact[];
  dataServiceFact(id: string): DataServiceFact | undefined;
  dataServiceFacts(service: string): readonly DataServiceFact[];
  nodeReservation(kubernetesVersion: string, vcpu: number, memoryGiB: number, maxPods: number): NodeReservation;
  /** How many nodes AKS allows, requires and advises in a pool. */
  nodePoolLimits(): NodePoolLimits;
  /** Default `maxPods` of a network plugin. */
  defaultMaxPods(networkPlugin: string): Fact<number>;
  /** Size in GiB of the managed OS disk that AKS gives a node of so many vCPUs when none is declared. */
  defaultOsDiskGiB(vcpu: number): Fact<number>;
  /** What AKS runs on every node, as requests. Recalled: measured values replace it. */
  daemonOverheads(): readonly DaemonOverhead[];
  /** Overhead of a VM-isolated pod: of the default runtime class, or of a class fitted to the pod's memory limit. */
  kataOverhead(runtimeClass: "default" | "fitted", memoryLimitBytes: number): KataOverhead | undefined;
  /** Typical round-trip time between two regions in milliseconds. */
  regionLatency(from: string, to: string): Fact<number> | undefined;
  /** Upper bound that zones of one region are designed for, in milliseconds round trip. */
  interZoneLatency(): Fact<number>;
  /** Zones of a region that AKS offers, where known. */
  regionZones(region: string): Fact<number> | undefined;
  /** Every region that a source lists, for hints on a misspelt one. */
  knownRegions(): readonly string[];
  /** AKS support window of a Kubernetes minor version such as `1.34`. */
  kubernetesVersion(minor: string): KubernetesVersion | undefined;
  /** Minor versions of the AKS calendar, oldest first. */
  kubernetesVersions(): readonly string[];
}
