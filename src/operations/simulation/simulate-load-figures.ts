import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { LoadOutcome, LoadPoint } from "../../scheduling/clock/load-simulation.ts";
import type { LoadPrices } from "./simulate-load-prices.ts";
import type { LoadStrategy, StrategyOutcome } from "./simulate-load-report.ts";
import { strategyWords } from "./simulate-load-strategies.ts";

export interface FigureBasis {
  readonly prices: LoadPrices;
  readonly days: number;
  readonly seed: number;
  readonly perReplica: number;
  /** Cost of the cluster's nodes without the workload, over the same time. */
  readonly costWithout: number;
}

/** What a run came to, each number with its reasons; money is rounded to the cent, counts to what they can bear. */
export function strategyOutcome(
  strategy: LoadStrategy,
  { totals, points, run }: LoadOutcome,
  basis: FigureBasis,
): StrategyOutcome {
  const { prices, days, seed, costWithout } = basis;
  const simulated: Reason = {
    kind: "formula",
    text: `one run of the discrete-event simulation over ${days} days with seed ${seed}`,
  };
  const figure = (name: string, label: string, unit: string, value: number, reasons: readonly Reason[] = []): Figure =>
    exactFigure(`simulation/load/${strategy}/${name}`, label, unit, value, [...reasons, simulated]);
  const money = (name: string, label: string, amount: number, how: string): Figure => {
    const unit = `${prices.currency} over ${days} days`;
    if (prices.missing.length > 0) {
      const missing = prices.missing.map((what) => `the price of ${what}`);
      return notEvaluableFigure(`simulation/load/${strategy}/${name}`, label, unit, missing, [simulated]);
    }
    return figure(name, label, unit, round(amount, 2), [{ kind: "formula", text: how }, ...prices.reasons]);
  };
  const cost = totals.nodeCost + totals.serverlessCost;
  const share = (part: number) => (totals.demand > 0 ? round(part / totals.demand, 8) : 0);
  const capacity = totals.readyHours * 3600 * basis.perReplica;
  return {
    strategy,
    description: strategyWords[strategy],
    stoppedEarly: !run.isComplete,
    cost: money(
      "cost",
      "Nodes of the cluster and serverless instances",
      cost,
      `nodes ${round(totals.nodeCost, 2)} (${round(totals.nodeHours, 1)} node hours, pay as you go) + serverless ${round(totals.serverlessCost, 2)}`,
    ),
    workloadCost: money(
      "workload-cost",
      "Of it for this workload",
      cost - costWithout,
      `${round(cost, 2)} less ${round(costWithout, 2)} that the nodes cost without the workload`,
    ),
    heldCost: money(
      "held-cost",
      "Room that its replicas hold, and serverless instances",
      totals.heldCost + totals.serverlessCost,
      `room ${round(totals.heldCost, 2)} (price of each node times the larger of the shares of its allocatable CPU and memory that replicas request) + serverless ${round(totals.serverlessCost, 2)}`,
    ),
    unserved: figure("unserved", "Demand not served", "units", round(totals.unserved, 1)),
    unservedShare: figure("unserved-share", "Share of the demand not served", "ratio", share(totals.unserved), [
      { kind: "formula", text: `${round(totals.unserved, 1)} of ${round(totals.demand, 1)}` },
    ]),
    servedLateShare: figure("late-share", "Share of the demand that had to wait", "ratio", share(totals.servedLate)),
    coldStarts: figure("cold-starts", "Times that demand found nothing running", "times", totals.coldStarts),
    starts: figure("starts", "Replicas started", "replicas", totals.starts),
    pendingSeconds: figure(
      "pending",
      "Time that replicas waited for a node",
      "seconds",
      round(totals.pendingSeconds, 1),
    ),
    utilisation: figure(
      "utilisation",
      "Share of ready capacity used",
      "ratio",
      capacity > 0 ? round(totals.served / capacity, 4) : 0,
    ),
    replicaHours: figure("replica-hours", "Hours of replicas", "hours", round(totals.replicaHours, 2)),
    nodeHours: figure("node-hours", "Hours of nodes", "hours", round(totals.nodeHours, 2)),
    mostReplicas: totals.mostReplicas,
    mostNodes: totals.mostNodes,
    series: points.map(roundedPoint),
  };
}

function roundedPoint(point: LoadPoint): LoadPoint {
  return {
    seconds: point.seconds,
    demand: round(point.demand, 3),
    served: round(point.served, 3),
    unserved: round(point.unserved, 3),
    replicas: round(point.replicas, 2),
    ready: round(point.ready, 2),
    pending: round(point.pending, 2),
    nodes: round(point.nodes, 2),
    cost: round(point.cost, 4),
  };
}

function round(value: number, digits: number): number {
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? 0 : rounded;
}
