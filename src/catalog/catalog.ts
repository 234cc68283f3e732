import type { Fact } from "./fact.ts";

/** A virtual machine size as AKS sees it. `undefined` where no source states a value. */
export interface VmSize {
  readonly name: string;
  readonly series: string;
  readonly family: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  /** Local temporary or NVMe disk; undefined when unknown, 0 when there is none. */
  readonly tempDiskGiB: number | undefined;
  readonly architecture: "amd64" | "arm64";
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
}

/** A service level agreement. `unavailability` is exact from the decimal text (5e-4 for 99.95 %); undefined: no financially backed SLA. */
export interface ServiceLevelAgreement {
  readonly service: string;
  readonly configuration: string;
  readonly slaPercent: string | undefined;
  readonly unavailability: number | undefined;
  readonly scope: string;
  readonly source: string;
  readonly asOf: string;
  readonly verified: boolean;
  /** What another source says, when sources disagree. */
  readonly conflict?: string;
  readonly note?: string;
}

/** What decides which row of an SLA ladder holds. */
export interface SlaSelector {
  readonly tier?: string | undefined;
  readonly zoneRedundant?: boolean | undefined;
  readonly regions?: number | undefined;
  readonly multiRegionWrite?: boolean | undefined;
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

/** Typed look-up over dated facts. Every answer carries source and date; undefined means that no source says. */
export interface Catalog {
  readonly pricesAsOf: string;
  readonly slasAsOf: string;
  vmSize(name: string): VmSize | undefined;
  vmSizes(): readonly VmSize[];
  /** USD per hour, Linux, list price. */
  vmPrice(region: string, vmSize: string, purchase: "payAsYouGo" | "spot"): Fact<number> | undefined;
  /** USD per hour of a reservation, amortised over its term. */
  reservationPrice(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined;
  /** USD per hour under a compute savings plan. */
  savingsPlanPrice(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined;
  sizeFlexibility(vmSize: string): SizeFlexibility | undefined;
  /** USD per month of a managed disk tier such as `P10`, redundancy `LRS` or `ZRS`. */
  diskPrice(region: string, tier: string, redundancy: "LRS" | "ZRS"): Fact<number> | undefined;
  /** Smallest tier of a family (`P`, `E`, `S`) that holds the size. */
  diskTier(family: "P" | "E" | "S", sizeGiB: number): { readonly tier: string; readonly sizeGiB: number } | undefined;
  /** USD per hour of the AKS cluster tier. */
  clusterTierPrice(tier: "Free" | "Standard" | "Premium"): Fact<number> | undefined;
  /** USD per unit of a network or other meter by name, such as `loadBalancer.base`, `publicIp.standardStatic`, `natGateway.hour`. */
  meterPrice(name: string, region: string): Fact<number> | undefined;
  /** Meters of a platform service in a region; `filter` narrows by product, SKU or meter text. */
  serviceMeters(
    service: string,
    region: string,
    filter?: { readonly product?: string; readonly sku?: string; readonly meter?: string },
  ): readonly ServiceMeter[];
  /** The row of the SLA table that a service (catalog name such as `aks`, `frontDoor`, `serviceBus`) has in a configuration. */
  sla(service: string, selector: SlaSelector): ServiceLevelAgreement | undefined;
  nodeReservation(kubernetesVersion: string, vcpu: number, memoryGiB: number, maxPods: number): NodeReservation;
  /** Default `maxPods` of a network plugin. */
  defaultMaxPods(networkPlugin: string): Fact<number>;
  /** Typical round-trip time between two regions in milliseconds. */
  regionLatency(from: string, to: string): Fact<number> | undefined;
  /** Zones of a region that AKS offers, where known. */
  regionZones(region: string): Fact<number> | undefined;
  /** AKS support window of a Kubernetes minor version such as `1.34`. */
  kubernetesVersion(
    minor: string,
  ):
    | { readonly generallyAvailable: Fact<string> | undefined; readonly endOfSupport: Fact<string> | undefined }
    | undefined;
}
