import { aksClusterFacts } from "../../catalog/aks-cluster-facts.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { nodeReady, podStart, replaySeconds, wholeGracePeriod } from "../../estate/assumptions/replay-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import {
  failureTargetUnknown,
  nothingToFail,
  surgeUnreadable,
  upgradeStopped,
} from "../../estate/diagnostics/replay-diagnostics.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type BillCurrency, billCurrency } from "../../finops/bill/pricing-context.ts";
import type { NodeCounts } from "../../scheduling/kube-scheduler/from-estate/estate-cluster.ts";
import { surgeNodes } from "../../scheduling/node-surge.ts";
import { readEstateCluster } from "../../scheduling/replay/from-estate/read-estate-cluster.ts";
import type { ReplayCluster } from "../../scheduling/replay/replay-cluster.ts";
import type { PoolUpgrade, UpgradeSettings } from "../../scheduling/replay/upgrade/pool-upgrade.ts";
import { replayUpgrade } from "../../scheduling/replay/upgrade/replay-upgrade.ts";
import type { Progress } from "../ports.ts";
import { versionOf } from "./simulate-failure.ts";

export interface SimulateUpgradeOptions {
  readonly nodes: NodeCounts;
  /** Undefined: every cluster. */
  readonly cluster?: string;
  /** Undefined: every pool, one at a time. */
  readonly pool?: string;
  /** Instead of what the pools declare: `2` or `33%`. */
  readonly maxSurge?: string;
  readonly onProgress?: Progress;
  /** Aborting throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The upgrade of one pool, with its length and price. */
export interface ReportedUpgrade extends PoolUpgrade {
  readonly cluster: string;
  readonly vmSize: string;
  /** Hours until it ends, or fails. */
  readonly duration: Figure;
  /** Hours of extra nodes. */
  readonly surgeHours: Figure;
  /** What these cost at list price. */
  readonly surgeCost: Figure;
}

/** What `scantling simulate upgrade -o json` prints. */
export interface UpgradeReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "UpgradeReplay";
  /** In the order of the estate; each starts from the settled cluster. */
  readonly upgrades: readonly ReportedUpgrade[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

const secondsPerHour = 3600;

/** Replays the upgrade of node pools of an estate. Throws only when the signal aborts. */
export function simulateUpgrade(estate: Estate, catalog: Catalog, options: SimulateUpgradeOptions): UpgradeReport {
  const clusters = estate.clusters.filter(({ name }) => options.cluster === undefined || name === options.cluster);
  const unknown = unknownPool(clusters, options.pool);
  const parts = unknown.length > 0 ? [] : clusters.map((cluster) => upgradeCluster(estate, cluster, catalog, options));
  const { podStart: start, nodeReady: ready } = replaySeconds;
  const evicted = parts.flatMap(({ upgrades }) => upgrades).flatMap(({ batches }) => batches);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "UpgradeReplay",
    upgrades: parts.flatMap(({ upgrades }) => upgrades),
    assumptions: [
      assume(podStart, "Estate", { seconds: start }),
      assume(nodeReady, "Estate", { seconds: ready }),
      assume(wholeGracePeriod, "Estate", { pods: evicted.reduce((sum, { evictedPods }) => sum + evictedPods, 0) }),
      ...parts.flatMap(({ assumptions }) => assumptions),
    ].toSorted(compareAssumptions),
    diagnostics: [...unknown, ...parts.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function unknownPool(clusters: readonly Cluster[], name: string | undefined): readonly Diagnostic[] {
  const names = [...new Set(clusters.flatMap(({ nodePools }) => nodePools.map((pool) => pool.name)))];
  if (name === undefined || names.includes(name)) return [];
  const known = names.length === 0 ? "no pool" : names.join(", ");
  return [diagnose(failureTargetUnknown, { kind: "pool", name, near: nearestName(name, names), known })];
}

interface ClusterPart {
  readonly upgrades: readonly ReportedUpgrade[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

function upgradeCluster(
  estate: Estate,
  declared: Cluster,
  catalog: Catalog,
  options: SimulateUpgradeOptions,
): ClusterPart {
  const pools = declared.nodePools.filter(({ name }) => options.pool === undefined || name === options.pool);
  if (pools.length === 0) return { upgrades: [], assumptions: [], diagnostics: [] };
  options.onProgress?.(`placing the pods of ${declared.name}`);
  const { cluster, assumptions, diagnostics } = readEstateCluster(
    estate,
    declared,
    catalog,
    versionOf(declared),
    options,
  );
  const outcomes = pools.map((pool) =>
    upgradePool(cluster, declared, pool, { catalog, currency: billCurrency(estate) }, options),
  );
  return {
    upgrades: outcomes.flatMap(({ upgrade }) => upgrade ?? []),
    assumptions,
    diagnostics: [...diagnostics, ...outcomes.flatMap((outcome) => outcome.diagnostics)],
  };
}

interface PoolOutcome {
  readonly upgrade?: ReportedUpgrade;
  readonly diagnostics: readonly Diagnostic[];
}

function upgradePool(
  cluster: ReplayCluster,
  { name, region }: Cluster,
  pool: NodePool,
  prices: Prices,
  options: SimulateUpgradeOptions,
): PoolOutcome {
  const label = `pool ${pool.name} of ${name}`;
  const count = cluster.nodes.filter((node) => node.pool === pool.name).length;
  if (count === 0) return { diagnostics: [diagnose(nothingToFail, { cluster: `Pool ${pool.name} of ${name}` })] };
  const settings = settingsOf(pool, count, options.maxSurge);
  if (settings === undefined) {
    const value = options.maxSurge ?? pool.upgrade.maxSurge ?? "";
    return { diagnostics: [diagnose(surgeUnreadable, { pool: label, value })] };
  }
  const upgrade = replayUpgrade(cluster, settings, options);
  const stopped =
    upgrade.outcome === "stopped" ? [diagnose(upgradeStopped, { pool: label, events: upgrade.events })] : [];
  const id = `upgrade/${name}/${pool.name}`;
  const duration = durationFigure(id, upgrade, pool);
  const surgeHours = surgeHoursFigure(id, upgrade, duration);
  const surgeCost = surgeCostFigure(id, surgeHours, pool, region, prices);
  const reported = { ...upgrade, cluster: name, vmSize: pool.vmSize, duration, surgeHours, surgeCost };
  return { upgrade: reported, diagnostics: stopped };
}

/** AKS drains as many nodes at a time as it adds; without extra ones as many as may be unavailable. */
function settingsOf(pool: NodePool, nodes: number, maxSurge: string | undefined): UpgradeSettings | undefined {
  const { maxUnavailable: _, ...upgrade } = pool.upgrade;
  const surge = surgeNodes(maxSurge === undefined ? pool : { upgrade: { ...upgrade, maxSurge } }, nodes);
  const unavailable = pool.upgrade.maxUnavailable;
  const missing = unavailable === undefined ? 1 : surgeNodes({ upgrade: { maxSurge: unavailable } }, nodes);
  if (surge === undefined || missing === undefined) return undefined;
  return {
    pool: pool.name,
    surge,
    batch: Math.max(1, surge > 0 ? surge : missing),
    drainTimeoutSeconds: pool.upgrade.drainTimeoutSeconds ?? aksClusterFacts.defaultDrainSeconds.value,
    soakSeconds: pool.upgrade.soakDurationSeconds ?? 0,
    undrainable: pool.upgrade.undrainableNodeBehavior === "Cordon" ? "quarantined" : "fails",
  };
}

function durationFigure(id: string, { pool, seconds, batches, outcome, settings }: PoolUpgrade, declared: NodePool) {
  const label = `hours until the upgrade of ${pool} ${outcome === "failed" ? "fails" : "ends"}`;
  if (outcome === "stopped") return notEvaluableFigure(`${id}/duration`, label, "hours", ["an end within bounds"]);
  const drain = declared.upgrade.drainTimeoutSeconds;
  const fact = aksClusterFacts.defaultDrainSeconds;
  const reasons: Reason[] = [
    {
      kind: "formula",
      text: `extra nodes ready, then ${batches.length} batches of up to ${settings.batch}: drain, reimage and soak; the last is not reimaged`,
    },
    drain === undefined
      ? {
          kind: "fact",
          name: fact.name,
          value: fact.value,
          unit: fact.unit,
          source: fact.source,
          asOf: fact.asOf,
          verified: fact.verified,
        }
      : { kind: "declared", name: "drainTimeout", value: drain, unit: "s" },
    { kind: "declared", name: "soakDuration", value: settings.soakSeconds, unit: "s" },
    {
      kind: "assumption",
      id: nodeReady.id,
      text: nodeReady.text({ seconds: replaySeconds.nodeReady }),
      value: `${replaySeconds.nodeReady} s`,
    },
  ];
  return exactFigure(`${id}/duration`, label, "hours", rounded(seconds / secondsPerHour), reasons);
}

function surgeHoursFigure(id: string, { pool, surgeNodeSeconds, settings }: PoolUpgrade, duration: Figure): Figure {
  return exactFigure(
    `${id}/surgeHours`,
    `hours of extra nodes of ${pool}`,
    "node hours",
    rounded(surgeNodeSeconds / secondsPerHour),
    [
      { kind: "formula", text: "extra nodes x hours of the upgrade" },
      { kind: "declared", name: "extra nodes", value: settings.surge, unit: "nodes" },
      { kind: "figure", figure: duration },
    ],
  );
}

/** Prices of nodes, and the currency of the bill. */
interface Prices {
  readonly catalog: Catalog;
  readonly currency: BillCurrency;
}

function surgeCostFigure(
  id: string,
  hours: Figure,
  pool: NodePool,
  region: string,
  { catalog, currency }: Prices,
): Figure {
  const label = `cost of the extra nodes of ${pool.name} at list price`;
  const price = catalog.vmPrice(region, pool.vmSize, pool.spot ? "spot" : "payAsYouGo");
  if (price === undefined || hours.result.kind !== "exact") {
    return notEvaluableFigure(`${id}/surgeCost`, label, currency.code, [`a price of ${pool.vmSize} in ${region}`]);
  }
  const { name, value, unit, source, asOf, verified } = price;
  return exactFigure(`${id}/surgeCost`, label, currency.code, rounded(hours.result.value * value * currency.perUsd), [
    { kind: "formula", text: "node hours x price an hour" },
    { kind: "fact", name, value, unit, source, asOf, verified },
    ...currency.reasons,
    { kind: "figure", figure: hours },
  ]);
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
