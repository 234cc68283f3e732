import type { LoadPoint, LoadTotals } from "./load-simulation.ts";

/** What stands at a moment. */
export interface LoadState {
  readonly arrivalRate: number;
  readonly replicas: number;
  readonly ready: number;
  readonly pending: number;
  readonly nodes: number;
  readonly nodeCostPerHour: number;
  readonly heldCostPerHour: number;
  /** Money a second for the replicas themselves. */
  readonly replicaCostPerSecond: number;
}

interface Flow {
  readonly demand: number;
  readonly served: number;
  readonly servedLate: number;
  readonly unserved: number;
  /** Money for units served. */
  readonly requestCost: number;
}

type Sums = { -readonly [Field in keyof LoadPoint]: number };

const emptyTotals = {
  demand: 0,
  served: 0,
  servedLate: 0,
  unserved: 0,
  nodeCost: 0,
  serverlessCost: 0,
  heldCost: 0,
  nodeHours: 0,
  replicaHours: 0,
  readyHours: 0,
  pendingSeconds: 0,
  coldStarts: 0,
  mostReplicas: 0,
  mostNodes: 0,
};

/** Adds up what happens, as totals and point by point. Stretches of time never reach over the end of a point. */
export class LoadRecorder {
  private readonly pointSeconds: number;
  private readonly totals = { ...emptyTotals };
  private readonly sums: Sums[] = [];
  private lengths: number[] = [];
  private isCold = false;

  constructor(pointSeconds: number) {
    this.pointSeconds = pointSeconds;
  }

  /** `fromSeconds` counts from the beginning of the demand. */
  add(fromSeconds: number, seconds: number, state: LoadState, flow: Flow): void {
    const { totals } = this;
    const nodeCost = (state.nodeCostPerHour * seconds) / 3600;
    const serverlessCost = state.replicaCostPerSecond * seconds + flow.requestCost;
    totals.demand += flow.demand;
    totals.served += flow.served;
    totals.servedLate += flow.servedLate;
    totals.unserved += flow.unserved;
    totals.nodeCost += nodeCost;
    totals.heldCost += (state.heldCostPerHour * seconds) / 3600;
    totals.serverlessCost += serverlessCost;
    totals.nodeHours += (state.nodes * seconds) / 3600;
    totals.replicaHours += (state.replicas * seconds) / 3600;
    totals.readyHours += (state.ready * seconds) / 3600;
    totals.pendingSeconds += state.pending * seconds;
    totals.mostReplicas = Math.max(totals.mostReplicas, state.replicas);
    totals.mostNodes = Math.max(totals.mostNodes, state.nodes);
    const isCold = state.ready === 0 && state.arrivalRate > 0;
    if (isCold && !this.isCold) totals.coldStarts += 1;
    this.isCold = isCold;
    this.addToPoint(Math.floor(fromSeconds / this.pointSeconds), seconds, state, flow, nodeCost + serverlessCost);
  }

  result(starts: number, waitingAtEnd: number): { readonly totals: LoadTotals; readonly points: readonly LoadPoint[] } {
    const points = this.sums.map((sum, index) => {
      const length = this.lengths[index] ?? 0;
      const mean = (value: number) => (length > 0 ? value / length : 0);
      return {
        seconds: sum.seconds,
        demand: mean(sum.demand),
        served: mean(sum.served),
        unserved: mean(sum.unserved),
        replicas: mean(sum.replicas),
        ready: mean(sum.ready),
        pending: mean(sum.pending),
        nodes: mean(sum.nodes),
        cost: sum.cost,
      };
    });
    return { totals: { ...this.totals, starts, waitingAtEnd }, points };
  }

  private addToPoint(index: number, seconds: number, state: LoadState, flow: Flow, cost: number): void {
    const sum = this.sums[index] ?? emptyPoint(index * this.pointSeconds);
    this.sums[index] = sum;
    this.lengths[index] = (this.lengths[index] ?? 0) + seconds;
    sum.demand += flow.demand;
    sum.served += flow.served;
    sum.unserved += flow.unserved;
    sum.replicas += state.replicas * seconds;
    sum.ready += state.ready * seconds;
    sum.pending += state.pending * seconds;
    sum.nodes += state.nodes * seconds;
    sum.cost += cost;
  }
}

function emptyPoint(seconds: number): Sums {
  return { seconds, demand: 0, served: 0, unserved: 0, replicas: 0, ready: 0, pending: 0, nodes: 0, cost: 0 };
}
