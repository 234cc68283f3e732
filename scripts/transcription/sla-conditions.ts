/** What a configuration must be for a row of an SLA ladder to hold; names as in the catalog's `SlaSelector`. */
export interface SlaCondition {
  readonly tiers?: readonly string[];
  readonly notTiers?: readonly string[];
  readonly zoneRedundant?: boolean;
  readonly minRegions?: number;
  readonly maxRegions?: number;
  readonly multiRegionWrite?: boolean;
  readonly highAvailability?: "none" | "sameZone" | "zoneRedundant";
  readonly redundancy?: string;
  readonly accessTier?: "hot" | "cool";
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly autoscale?: boolean;
  readonly geoReplicated?: boolean;
  readonly diskType?: readonly string[];
}

const ANY: readonly SlaCondition[] = [{}];
const ZONES = { zoneRedundant: true } as const;
const NO_ZONES = { zoneRedundant: false } as const;
const ONE_REGION = { maxRegions: 1 } as const;
const REGIONS = { minRegions: 2 } as const;

function flexibleServer(): Readonly<Record<string, readonly SlaCondition[]>> {
  return {
    "no HA": [{ highAvailability: "none", ...NO_ZONES }],
    "same-zone HA": [{ highAvailability: "sameZone", ...NO_ZONES }],
    "zone-redundant HA": [{ highAvailability: "zoneRedundant", ...ZONES }],
  };
}

function storage(redundancy: string): readonly SlaCondition[] {
  return [{ redundancy, zoneRedundant: redundancy.includes("Z"), geoReplicated: redundancy.includes("G") }];
}

/**
 * The prose `config` of each row as conditions; a row holds when one of its alternatives does. `businessContinuity`
 * rows promise a recovery, not an uptime, and are kept apart.
 */
export const SLA_CONDITIONS: Readonly<
  Record<string, Readonly<Record<string, readonly SlaCondition[] | "businessContinuity">>>
> = {
  aks: {
    "tier=free": [{ tiers: ["free"] }],
    "tier=standard|premium, zones=no": [{ tiers: ["standard", "premium"], ...NO_ZONES }],
    "tier=standard|premium, zones=yes": [{ tiers: ["standard", "premium"], ...ZONES }],
  },
  vm: {
    "single instance, all disks Premium SSD/Ultra": [{ maxReplicas: 1, diskType: ["premium", "ultra"] }],
    "single instance, Standard SSD": [{ maxReplicas: 1, diskType: ["standardssd"] }],
    "single instance, Standard HDD": [{ maxReplicas: 1, diskType: ["standardhdd"] }],
    "availability set (2+ instances)": [{ minReplicas: 2, ...NO_ZONES }],
    "2+ instances across 2+ zones": [{ minReplicas: 2, ...ZONES }],
  },
  vmss: { "zones=yes": [ZONES], "zones=no": [NO_ZONES] },
  "managed-disk": {
    "LRS durability": [{ redundancy: "LRS", ...NO_ZONES }],
    "ZRS durability": [{ redundancy: "ZRS", ...ZONES }],
  },
  storage: {
    "LRS hot": storage("LRS"),
    "ZRS hot": storage("ZRS"),
    "GRS hot": storage("GRS"),
    "RA-GRS hot": storage("RA-GRS"),
    "GZRS hot": storage("GZRS"),
    "RA-GZRS hot": storage("RA-GZRS"),
  },
  "sql-db": {
    "basic|standard|general-purpose, no zones": [{ tiers: ["basic", "standard", "generalpurpose"], ...NO_ZONES }],
    "business-critical|premium, no zones": [{ tiers: ["businesscritical", "premium"], ...NO_ZONES }],
    "business-critical|premium, zone-redundant": [{ tiers: ["businesscritical", "premium"], ...ZONES }],
    "general-purpose zone-redundant": [{ tiers: ["generalpurpose"], ...ZONES }],
    "hyperscale, 2+ HA replicas zone-redundant": [{ tiers: ["hyperscale"], minReplicas: 2, ...ZONES }],
    "business-critical geo-replicated: business-continuity SLA": "businessContinuity",
  },
  "sql-mi": { "zone-redundant": [ZONES], "no zones": [NO_ZONES] },
  "cosmos-db": {
    "1 region": [{ ...ONE_REGION, ...NO_ZONES }],
    "1 region + zones": [{ ...ONE_REGION, ...ZONES }],
    "n regions, single write": [{ ...REGIONS, multiRegionWrite: false, ...NO_ZONES }],
    "n regions, single write + zones": [{ ...REGIONS, multiRegionWrite: false, ...ZONES }],
    "n regions, multi write": [{ ...REGIONS, multiRegionWrite: true }],
  },
  "service-bus": {
    "premium + zones": [{ tiers: ["premium"], ...ZONES }],
    "basic|standard|premium without zones": [{ tiers: ["basic", "standard"] }, { tiers: ["premium"], ...NO_ZONES }],
  },
  "event-hubs": {
    "basic|standard": [{ tiers: ["basic", "standard"] }],
    "premium|dedicated": [{ tiers: ["premium", "dedicated"] }],
  },
  "event-grid": { "topics|domains": ANY },
  "key-vault": { "standard|premium": [{ tiers: ["standard", "premium"] }] },
  "front-door": { "standard|premium": [{ tiers: ["standard", "premium"] }] },
  "traffic-manager": { any: ANY },
  "app-gateway": {
    "v2, autoscale or 2+ zones/instances": [{ autoscale: true }, { minReplicas: 2 }, ZONES],
    "single instance, no autoscale": [{ autoscale: false, maxReplicas: 1, ...NO_ZONES }],
  },
  "load-balancer": {
    "standard (2+ healthy VMs)": [{ tiers: ["standard"] }],
    basic: [{ tiers: ["basic"] }],
  },
  "nat-gateway": { any: ANY },
  "private-link": { endpoint: ANY },
  "azure-firewall": { "zones=yes": [ZONES], "zones=no": [NO_ZONES] },
  "vpn-gateway": { basic: [{ tiers: ["basic"] }], "other SKUs": [{ notTiers: ["basic"] }] },
  expressroute: { "circuit|gateway": ANY },
  "api-management": {
    "consumption|basic|standard|premium single region": [
      { tiers: ["consumption", "basic", "standard"] },
      { tiers: ["premium"], ...ONE_REGION },
    ],
    "premium multi-region": [{ tiers: ["premium"], ...REGIONS }],
    developer: [{ tiers: ["developer"] }],
  },
  "app-configuration": {
    free: [{ tiers: ["free"] }],
    standard: [{ tiers: ["standard"], geoReplicated: false }],
    "standard + geo-replica": [{ tiers: ["standard"], geoReplicated: true }],
    "premium + geo-replica": [{ tiers: ["premium"], geoReplicated: true }],
  },
  "container-apps": { any: ANY },
  functions: { "consumption|premium|dedicated": [{ tiers: ["consumption", "premium", "dedicated"] }] },
  "app-service": {
    "basic and up": [{ notTiers: ["free", "shared"], ...NO_ZONES }],
    "zone-redundant plan": [{ notTiers: ["free", "shared"], ...ZONES }],
  },
  "container-registry": { any: ANY },
  "container-instances": { any: ANY },
  "entra-id": { "paid tiers": [{ notTiers: ["free"] }] },
  dns: { "public zone": [{ notTiers: ["private"] }] },
  redis: {
    basic: [{ tiers: ["basic"] }],
    "standard|premium": [{ tiers: ["standard", "premium"] }],
    "enterprise, 3+ zones": [{ tiers: ["enterprise"], ...ZONES, geoReplicated: false }],
    "enterprise active geo-replication": [{ tiers: ["enterprise"], geoReplicated: true }],
  },
  "postgresql-flexible": flexibleServer(),
  "mysql-flexible": flexibleServer(),
  "log-analytics": { any: ANY },
  "app-insights": { any: ANY },
  bastion: { any: ANY },
  "recovery-services-vault": { any: ANY },
  signalr: { "standard|premium": [{ tiers: ["standard", "premium"] }] },
  "netapp-files": { any: ANY },
};
