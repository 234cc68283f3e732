import { Decimal } from "decimal.js";
import type { ServiceLevelAgreement, SlaSelector } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import { slaServiceOf } from "./service-names.ts";
import table from "./tables/service-slas.json" with { type: "json" };

export const serviceSlaSources: SourceTable = table.sources;
export const slasAsOf: string = table.compiled;

/** What a configuration must be for a row to hold; a missing field asks nothing. */
interface SlaCondition {
  readonly tiers?: readonly string[];
  readonly notTiers?: readonly string[];
  readonly zoneRedundant?: boolean;
  readonly minRegions?: number;
  readonly maxRegions?: number;
  readonly multiRegionWrite?: boolean;
  readonly highAvailability?: string;
  readonly redundancy?: string;
  readonly accessTier?: string;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly autoscale?: boolean;
  readonly geoReplicated?: boolean;
  readonly diskType?: readonly string[];
}

interface SlaDetails {
  readonly conflict?: string;
  readonly note?: string;
  readonly sloPercent?: string;
  readonly durabilityNines?: number;
}

type Row = readonly [
  service: string,
  configuration: string,
  when: readonly SlaCondition[],
  slaPercent: string | null,
  writeSlaPercent: string | null,
  scope: string,
  sources: readonly string[],
  verified: 0 | 1,
  details?: SlaDetails,
];

const rowsByService = Map.groupBy(table.rows as unknown as readonly Row[], (row) => row[0]);

/**
 * The row that holds for a configuration. A row is out only when what is known contradicts it; of the rows left, the
 * weakest holds (no financially backed SLA being the weakest), so an open question never flatters.
 */
export function sla(service: string, selector: SlaSelector): ServiceLevelAgreement | undefined {
  const left = rowsOf(service).filter(([, , when]) => when.some((condition) => allows(condition, selector)));
  const [weakest, ...others] = left.toSorted((first, second) => percentOf(first) - percentOf(second));
  if (weakest === undefined) return undefined;
  const agreement = agreementOf(weakest);
  const differing = others.filter((row) => row[3] !== weakest[3] || row[4] !== weakest[4]);
  return differing.length === 0 ? agreement : { ...agreement, notExcluded: differing.map((row) => row[1]) };
}

/** Every uptime row of a service, as the table has them. */
export function slaLadder(service: string): readonly ServiceLevelAgreement[] {
  return rowsOf(service).map(agreementOf);
}

/** Rows without conditions promise a recovery, not an uptime. */
function rowsOf(service: string): readonly Row[] {
  const name = slaServiceOf(service);
  return name === undefined ? [] : (rowsByService.get(name) ?? []).filter((row) => row[2].length > 0);
}

function percentOf(row: Row): number {
  return row[3] === null ? -1 : Math.min(Number(row[3]), Number(row[4] ?? row[3]));
}

/** Share of time down, exact from the decimal text: 99.95 gives 5e-4. */
function unavailabilityOf(percent: string): number {
  return new Decimal(100).minus(percent).div(100).toNumber();
}

function agreementOf(row: Row): ServiceLevelAgreement {
  const [service, configuration, , percent, writePercent, scope, sources, verified, details = {}] = row;
  const { source, asOf } = citation(serviceSlaSources, sources[0] ?? "");
  return {
    service,
    configuration,
    slaPercent: percent ?? undefined,
    unavailability: percent === null ? undefined : unavailabilityOf(percent),
    ...(writePercent === null
      ? {}
      : { writeSlaPercent: writePercent, writeUnavailability: unavailabilityOf(writePercent) }),
    scope,
    source,
    asOf,
    verified: verified === 1,
    ...(details.conflict === undefined ? {} : { conflict: details.conflict }),
    ...(details.note === undefined ? {} : { note: details.note }),
    ...(details.sloPercent === undefined ? {} : { sloPercent: details.sloPercent }),
    ...(details.durabilityNines === undefined ? {} : { durabilityNines: details.durabilityNines }),
  };
}

function allows(condition: SlaCondition, selector: SlaSelector): boolean {
  const tiers = selector.tier === undefined ? undefined : tiersIn(selector.tier);
  return (
    (tiers === undefined || condition.tiers === undefined || condition.tiers.some((tier) => tiers.includes(tier))) &&
    (tiers === undefined || !(condition.notTiers ?? []).some((tier) => tiers.includes(tier))) &&
    agrees(condition.zoneRedundant, selector.zoneRedundant) &&
    within(condition.minRegions, condition.maxRegions, selector.regions) &&
    agrees(condition.multiRegionWrite, selector.multiRegionWrite) &&
    agrees(condition.highAvailability, selector.highAvailability) &&
    agrees(condition.redundancy, selector.redundancy?.toUpperCase()) &&
    agrees(condition.accessTier, selector.accessTier) &&
    within(condition.minReplicas, condition.maxReplicas, selector.replicas) &&
    agrees(condition.autoscale, selector.autoscale) &&
    agrees(condition.geoReplicated, selector.geoReplicated) &&
    (selector.diskType === undefined || (condition.diskType?.includes(selector.diskType.toLowerCase()) ?? true))
  );
}

function agrees<Value>(asked: Value | undefined, known: Value | undefined): boolean {
  return asked === undefined || known === undefined || asked === known;
}

function within(minimum: number | undefined, maximum: number | undefined, known: number | undefined): boolean {
  return known === undefined || (known >= (minimum ?? known) && known <= (maximum ?? known));
}

const SKU_PREFIXES: { readonly [prefix: string]: string } = {
  gp: "generalpurpose",
  bc: "businesscritical",
  hs: "hyperscale",
};

/**
 * Tiers as the table writes them, from a tier or a SKU: `GeneralPurpose`, `general-purpose` and `GP_Gen5_4` are one,
 * and `Standard C3` is of the tier `Standard`.
 */
function tiersIn(text: string): readonly string[] {
  const words = text.toLowerCase().split(/[ _]/);
  const [first = ""] = words;
  return [words.join("").replace(/[^a-z0-9]/g, ""), SKU_PREFIXES[first] ?? first];
}
