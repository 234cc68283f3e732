/** The tier of a service that promises more, sized like the one it replaces. */
export interface NextTier {
  /** As documents write it. */
  readonly tier: string;
  readonly because: string;
}

/** Gigabytes that caches of a size hold: an Enterprise cache must hold what the one it replaces holds. */
const cacheGigabytes: { readonly [size: string]: number } = {
  c0: 0.25,
  c1: 1,
  c2: 2.5,
  c3: 6,
  c4: 13,
  c5: 26,
  c6: 53,
  p1: 6,
  p2: 13,
  p3: 26,
  p4: 53,
  p5: 120,
};

const enterpriseCaches: readonly (readonly [size: string, gigabytes: number])[] = [
  ["E5", 4],
  ["E10", 12],
  ["E20", 25],
  ["E50", 50],
  ["E100", 100],
];

/** The next tier of a service from its catalog name and its tier or SKU; undefined where there is none above it. */
export function nextTierOf(service: string, tier: string): NextTier | undefined {
  switch (service) {
    case "serviceBus":
    case "eventHubs":
      return /^(?:basic|standard)\b/i.test(tier) || tier === ""
        ? { tier: "Premium", because: "tiers below Premium promise less and share their machines" }
        : undefined;
    case "azureSql":
    case "sqlDatabase": {
      const vCores = /^GP_Gen5_(\d{1,3})$/i.exec(tier.trim())?.[1];
      return vCores === undefined
        ? undefined
        : { tier: `BC_Gen5_${vCores}`, because: "General Purpose fails over by attaching its storage elsewhere" };
    }
    case "redis":
    case "azureCacheForRedis":
      return enterpriseCache(tier);
    default:
      return undefined;
  }
}

function enterpriseCache(tier: string): NextTier | undefined {
  const size = /([cp]\d)$/i.exec(tier.trim())?.[1]?.toLowerCase();
  const held = cacheGigabytes[size ?? ""];
  if (held === undefined) return undefined;
  const [enough] = enterpriseCaches.find(([, gigabytes]) => gigabytes >= held) ?? [];
  if (enough === undefined) return undefined;
  return {
    tier: `Enterprise ${enough}`,
    because: "tiers below Enterprise promise 99.9 % at most, whatever their zones",
  };
}
