import type { Catalog } from "../../catalog/catalog.ts";
import { tierRetirement } from "../../catalog/service-tiers.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import { numberOf, publishedReason } from "../bound.ts";
import { isZonal } from "../timelines/cluster/cluster-store.ts";
import { type CosmosLevel, cosmosLevels } from "../timelines/managed/managed-store.ts";
import { confluenceVerdicts } from "./confluence.ts";
import { farthestPair } from "./latency-rules.ts";
import type { StoreOption } from "./options/store-option.ts";
import { losesToken, promisedLevel } from "./promised-level.ts";
import type { RuleVerdict } from "./rule-verdict.ts";
import { type StoreNeed, transactionSpans } from "./store-need.ts";

/** What has no number: shape, transactions, invariants, consistency, retention, and configurations that do not exist. */
export function fitnessVerdicts(option: StoreOption, need: StoreNeed, catalog: Catalog): readonly RuleVerdict[] {
  return [
    shapeVerdict(option, need),
    spanVerdict(option, need),
    ...invariantVerdicts(option, need, catalog),
    ...readsVerdict(option, need, catalog),
    ...writersVerdict(option, need),
    ...retentionVerdict(option, need, catalog),
    ...configurationVerdicts(option, catalog),
    ...capturedChanges(option, need, catalog),
    ...retiredTier(option),
    ...topologyVerdicts(option, need, catalog),
  ];
}

type Plain = Omit<RuleVerdict, "outcome" | "reasons">;
const pass = (plain: Plain): RuleVerdict => ({ ...plain, outcome: "pass", reasons: [] });
const fail = (plain: Plain, reasons: readonly Reason[] = []): RuleVerdict => ({ ...plain, outcome: "fail", reasons });

function shapeVerdict({ shapes }: StoreOption, { shape }: StoreNeed): RuleVerdict {
  const base = { rule: "ST-SHAPE-01", input: "shape" };
  return shapes.includes(shape)
    ? pass({ ...base, text: `it is made for ${shape} data` })
    : fail({ ...base, text: `it is not made for ${shape} data` });
}

/** What spans services is no transaction of any store: a saga with compensations does it. */
function spanVerdict({ span }: StoreOption, { transactionSpan }: StoreNeed): RuleVerdict {
  const base = { rule: "ST-SPAN-01", input: "transactionSpan" };
  const wanted = transactionSpan === "crossService" ? "item" : transactionSpan;
  const reaches = transactionSpans.indexOf(span) >= transactionSpans.indexOf(wanted);
  const text = `its transactions reach one ${span}; ${transactionSpan} is asked for`;
  return reaches ? pass({ ...base, text }) : fail({ ...base, text });
}

function invariantVerdicts(option: StoreOption, { entities }: StoreNeed, catalog: Catalog): readonly RuleVerdict[] {
  const hard = confluenceVerdicts(entities).find(({ need }) => need === "coordination");
  const base = { rule: option.writeRegions.length > 1 ? "ST-COSMOS-08" : "ST-INV-01", input: "entities.invariants" };
  if (hard === undefined) return [pass({ ...base, text: "nothing that is declared needs writers to agree" })];
  const what = `${hard.invariant} of ${hard.entity} under ${hard.operation}`;
  if (option.guard === "none") {
    const why =
      option.writeRegions.length > 1
        ? `${what} does not survive the last writer winning in another region: ${hard.because}; escrow would make it free`
        : `it cannot hold ${what}: ${hard.because}`;
    return [fail({ ...base, text: why }, option.writeRegions.length > 1 ? cite(catalog, "cosmos.conflict") : [])];
  }
  const how = option.guard === "transaction" ? "a serializable transaction" : "a condition on the item (etag)";
  return [pass({ ...base, text: `${what} is held by ${how}` })];
}

/** Readers against the level that they are really promised. */
function readsVerdict(option: StoreOption, need: StoreNeed, catalog: Catalog): readonly RuleVerdict[] {
  if (need.reads === undefined) return [];
  const { level, because, facts } = promisedLevel(option, need);
  const isEnough = (each: CosmosLevel) => cosmosLevels.indexOf(each) <= cosmosLevels.indexOf(need.reads ?? each);
  const base = { rule: "ST-READ-01", input: "consistency.reads" };
  if (isEnough(level)) return [pass({ ...base, text: `readers are promised ${level}; ${need.reads} is asked for` })];
  if (because === undefined) {
    return [fail({ ...base, text: `readers are promised ${level}; ${need.reads} is asked for` })];
  }
  // Without what takes the level away it would do: then that is the input to change.
  const blamed =
    isEnough(option.level) && losesToken(option, need)
      ? { rule: "ST-READ-02", input: "consistency.sessionTokenTravels" }
      : base;
  return [fail({ ...blamed, text: because }, cite(catalog, ...facts))];
}

function writersVerdict(
  { writeRegions }: StoreOption,
  { writers, writeP99Milliseconds }: StoreNeed,
): readonly RuleVerdict[] {
  if (writers.length < 2 || writeRegions.length > 1 || writeP99Milliseconds !== undefined) return [];
  const text = `${writers.length} regions write, and all but one of them to another region; no latency.writeP99 says whether that is too far`;
  return [{ rule: "ST-REG-01", input: "latency.writeP99", outcome: "monitored", text, reasons: [] }];
}

function retentionVerdict(option: StoreOption, need: StoreNeed, catalog: Catalog): readonly RuleVerdict[] {
  const lasting: readonly RuleVerdict[] =
    option.isEphemeral && need.retentionYears !== undefined && need.retentionYears > 0
      ? [fail({ rule: "ST-RET-02", input: "retention.years", text: "a cache keeps nothing for years" })]
      : [];
  if (!need.isImmutable) return lasting;
  const base = { rule: "ST-RET-01", input: "retention.immutable" };
  if (option.immutability === "none") {
    return [...lasting, fail({ ...base, text: "it has no way to lock what was written" }, cite(catalog))];
  }
  const how =
    option.immutability === "ledger"
      ? "ledger tables prove that nothing was changed"
      : "a locked policy refuses changes";
  return [...lasting, pass({ ...base, text: how })];
}

/** Configurations that the provider refuses or advises against. */
function configurationVerdicts(option: StoreOption, catalog: Catalog): readonly RuleVerdict[] {
  const { host, level, writeRegions, regions, service } = option;
  const input = "service";
  const verdicts: RuleVerdict[] = [];
  if (host.kind === "cluster" && host.store.disk === "nvme" && host.store.spreadZones < 3) {
    verdicts.push(fail({ rule: "ST-DISK-02", input: "regions", text: "local disks need three copies in three zones" }));
  }
  if (host.kind === "managed" && host.store.tier === "Burstable" && option.zoneRedundant) {
    verdicts.push(
      fail(
        { rule: "ST-PG-01", input, text: "a Burstable server cannot have a standby" },
        cite(catalog, "pg.burstable"),
      ),
    );
  }
  if (service !== "cosmosDb") return verdicts;
  if (level === "strong" && writeRegions.length > 1) {
    verdicts.push(
      fail(
        { rule: "ST-COSMOS-01", input, text: "Strong and several write regions cannot be configured" },
        cite(catalog, "cosmos.strong.multiwrite"),
      ),
    );
  }
  if (level === "boundedStaleness" && writeRegions.length > 1) {
    verdicts.push(
      fail(
        { rule: "ST-COSMOS-06", input, text: "Bounded with several write regions is a documented anti-pattern" },
        cite(catalog, "cosmos.bounded.multiwrite"),
      ),
    );
  }
  if (level === "strong" && regions.length > 1) {
    const { milliseconds } = farthestPair(catalog, regions);
    const proven = provenMilliseconds(catalog);
    if (milliseconds === undefined || proven === undefined || milliseconds >= proven) {
      const text = "Strong is blocked beyond a distance that the round trip does not prove the regions to be within";
      verdicts.push({
        rule: "ST-COSMOS-03",
        outcome: "open",
        input: "regions",
        text,
        reasons: cite(catalog, "cosmos.strong.maxdistance"),
      });
    }
    if (regions.length === 2) {
      const text =
        "with exactly two regions the loss of the one that only reads stops writes too; three have a dynamic quorum";
      verdicts.push({
        rule: "ST-COSMOS-04",
        outcome: "monitored",
        input: "regions",
        text,
        reasons: cite(catalog, "cosmos.strong.2regions.readloss", "cosmos.dynamicquorum"),
      });
    }
  }
  return verdicts;
}

/** What a database in the cluster asks of the disk that it stands on, and what the disk keeps it from. */
function topologyVerdicts({ host }: StoreOption, { recovery }: StoreNeed, catalog: Catalog): readonly RuleVerdict[] {
  if (host.kind !== "cluster") return [];
  const { disk, zones, replicates } = host.store;
  if (disk === "sharedZrs" || disk === "sharedLrs") {
    const text =
      "nobody says whether its software holds reservations (SCSI) on the raw shared disk; without them two nodes write at once";
    const reasons = cite(catalog, "disk.shared.fencing");
    return [{ rule: "ST-DISK-03", outcome: "open", input: "service", text, reasons }];
  }
  // Where the loss of a zone has an objective, the recovery rules answer for it.
  if (!isZonal(disk) || replicates || zones < 2 || recovery.zone !== undefined) return [];
  const text = "its disk keeps the pod in one zone: when that is lost, it waits there until the zone is back";
  return [{ rule: "ST-DISK-01", outcome: "monitored", input: "recovery.zone.rto", text, reasons: [] }];
}

/** A tier that its maker has announced the end of will do until then, and then has to be left. */
function retiredTier({ host, service, sku }: StoreOption): readonly RuleVerdict[] {
  const end = host.kind === "managed" ? tierRetirement(service, sku) : undefined;
  if (end === undefined) return [];
  const { on, source, asOf, verified } = end;
  const text = `its maker retires the tier on ${on}`;
  const reasons: readonly Reason[] = [
    { kind: "fact", name: `retirement of ${sku}`, value: on, source, asOf, verified },
  ];
  return [{ rule: "ST-TIER-01", outcome: "monitored", input: "service", text, reasons }];
}

/** Change capture reads from a replication slot, which a standby does not have by itself. */
function capturedChanges(option: StoreOption, need: StoreNeed, catalog: Catalog): readonly RuleVerdict[] {
  const isPublished = need.transactionSpan === "crossService";
  if (option.service !== "postgresqlFlexible" || !option.zoneRedundant || !isPublished) return [];
  const text =
    "an outbox that is read by change capture stops at a failover, unless the standby has its slot (sync_replication_slots and hot_standby_feedback from PostgreSQL 17 on, pg_failover_slots before)";
  const reasons = cite(catalog, "pg.logicalslots");
  return [{ rule: "ST-PG-03", outcome: "monitored", input: "transactionSpan", text, reasons }];
}

/** Round trip below which no light in fibre came from beyond the distance at which Strong is blocked. */
function provenMilliseconds(catalog: Catalog): number | undefined {
  const blocked = numberOf(catalog.dataServiceFact("cosmos.strong.maxdistance"));
  const kilometres = numberOf(catalog.dataServiceFact("fibre.kmPerMillisecond"));
  return blocked === undefined || kilometres === undefined ? undefined : blocked / kilometres;
}

function cite(catalog: Catalog, ...ids: readonly string[]): readonly Reason[] {
  return ids.flatMap((id) => {
    const fact = catalog.dataServiceFact(id);
    return fact === undefined ? [] : [publishedReason(fact)];
  });
}
