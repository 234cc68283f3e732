import { citation, type SourceTable } from "./catalog-source.ts";
import { slaServiceOf } from "./service-names.ts";
import table from "./tables/service-tiers.json" with { type: "json" };

export const serviceTierSources: SourceTable = table.sources;

interface Cited {
  readonly source: string;
  readonly asOf: string;
  readonly verified: boolean;
}

/** The tier of a service that promises more, sized like the one it replaces. */
interface TierAbove extends Cited {
  /** As documents write it. */
  readonly tier: string;
  readonly because: string;
}

/** A tier that its maker has announced the end of. */
interface TierRetirement extends Cited {
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

type AboveRow = readonly [service: string, from: readonly string[], to: string, why: string, source: string, 0 | 1];
type VCoreRow = readonly [service: string, from: string, to: string, why: string, source: string, 0 | 1];
type RetirementRow = readonly [service: string, tiers: readonly string[], on: string, source: string, 0 | 1];

const above = table.above as unknown as readonly AboveRow[];
const vCoreAbove = table.vCoreAbove as unknown as readonly VCoreRow[];
const caches = table.caches.rows as unknown as readonly (readonly [size: string, gibibytes: number])[];
const closedToNew = table.closedToNew as unknown as readonly RetirementRow[];
const managedCaches = table.managedCaches.rows as unknown as readonly (readonly [
  tier: string,
  letter: string,
  sizes: readonly number[],
])[];
const retirements = table.retirements as unknown as readonly RetirementRow[];

/**
 * The next tier of a service above the one in use; undefined where there is none. `service`: any name that the catalog
 * knows; `tier`: as documents write tiers and SKUs, empty where none is declared.
 */
export function tierAbove(service: string, tier: string): TierAbove | undefined {
  const known = slaServiceOf(service);
  for (const [name, from, to, because, source, verified] of above) {
    if (name === known && from.some((start) => startsWith(tier, start))) {
      return { tier: to, because, ...cited(source, verified) };
    }
  }
  for (const [name, from, to, because, source, verified] of vCoreAbove) {
    const vCores = tier.trim().slice(from.length);
    if (name === known && tier.trim().toLowerCase().startsWith(from.toLowerCase()) && /^\d{1,3}$/.test(vCores)) {
      return { tier: `${to}${vCores}`, because, ...cited(source, verified) };
    }
  }
  return undefined;
}

/** When a tier of a service ends; undefined where no end is announced. */
export function tierRetirement(service: string, tier: string): TierRetirement | undefined {
  const known = slaServiceOf(service);
  for (const [name, tiers, on, source, verified] of retirements) {
    if (name === known && tiers.some((start) => startsWith(tier, start))) return { on, ...cited(source, verified) };
  }
  return undefined;
}

/** Since when tenants that had none before cannot create a tier of a service; undefined where everybody can. */
export function tierClosedToNew(service: string, tier: string): TierRetirement | undefined {
  const known = slaServiceOf(service);
  for (const [name, tiers, on, source, verified] of closedToNew) {
    if (name === known && tiers.some((start) => startsWith(tier, start))) return { on, ...cited(source, verified) };
  }
  return undefined;
}

/** The SKU of Azure Managed Redis that is meant, such as `Balanced_B3` by `balanced b3`; undefined where there is none. */
export function managedCacheSku(written: string): string | undefined {
  const [, tier = "", letter = "", size = ""] =
    /^([a-z]+(?:[ _-]?optimized)?)[ _-]?([a-z])(\d{1,4})$/i.exec(written.trim()) ?? [];
  const plain = tier.replaceAll(/[ _-]/g, "").toLowerCase();
  const found = managedCaches.find(
    ([name, own, sizes]) =>
      name.toLowerCase() === plain && own === letter.toUpperCase() && sizes.includes(Number(size)),
  );
  return found === undefined ? undefined : `${found[0]}_${found[1]}${Number(size)}`;
}

/** The smallest size of a cache of Azure Cache for Redis, Basic or Standard, that holds as much; the largest where none does. */
export function cacheSizeFor(gibibytes: number): string {
  return (caches.find(([, held]) => held >= gibibytes) ?? caches.at(-1))?.[0] ?? "";
}

function startsWith(tier: string, start: string): boolean {
  const written = tier.trim().toLowerCase();
  if (start === "") return written === "";
  return written.startsWith(start) && !/[a-z]/.test(written.charAt(start.length));
}

function cited(source: string, verified: 0 | 1): Cited {
  return { ...citation(serviceTierSources, source), verified: verified === 1 };
}
