import { addCurves, type CostCurve, flatCurve, runningCurve } from "./cost-curve.ts";

/** How a workload may run; what is held costs all the time, what is used costs while it runs. */
export const wayNames = [
  "shared-nodes",
  "own-nodes",
  "own-nodes-savings-plan",
  "own-nodes-reserved-1y",
  "own-nodes-reserved-3y",
  "own-nodes-off-hours",
  "shared-nodes-to-zero",
  "own-nodes-to-zero",
  "container-apps",
  "container-apps-warm",
  "functions",
] as const;
export type WayName = (typeof wayNames)[number];

export interface WayToRun {
  readonly name: WayName;
  readonly kind: "held" | "used";
  readonly curve: CostCurve;
  /** The formula with its numbers, at a duty cycle of 1 where it depends on it. */
  readonly formula: string;
}

/** Nodes of one size; money for an hour of a node. */
export interface NodeTerms {
  readonly hourlyPrice: number;
  readonly savingsPlanHourly: number | undefined;
  readonly reserved1yHourly: number | undefined;
  readonly reserved3yHourly: number | undefined;
  /** Room of one replica as a share of a node. */
  readonly roomShare: number;
  readonly replicasPerNode: number;
}

/** Instances of a platform that bills by use; money for an hour of one. */
export interface PlatformTerms {
  readonly activeHourly: number;
  /** While it waits for demand; undefined where the platform has no such price or the catalog lacks it. */
  readonly idleHourly: number | undefined;
  readonly perRequest: number;
  /** How long an instance is paid for after the last demand of a burst. */
  readonly lingerHours: number;
}

export interface ScalingTerms {
  /** Replicas, and instances of a platform, that hold the peak. */
  readonly replicas: number;
  /** Units a second at the peak. */
  readonly peakRate: number;
  readonly burstsPerDay: number;
  /** KEDA's cooldown. */
  readonly cooldownHours: number;
  /** From the cooldown's end until the node is gone, and from its order until it serves. */
  readonly nodeLingerHours: number;
  /** Share of the week in which the environment is needed; undefined: always. */
  readonly openShare: number | undefined;
  readonly nodes: NodeTerms | undefined;
  readonly containerApps: PlatformTerms | undefined;
  readonly functions: PlatformTerms | undefined;
}

const hoursPerMonth = 730;
const secondsPerMonth = 2_628_000;

/** Every way that has its prices, as a curve of its monthly cost over the duty cycle. */
export function waysToRun(terms: ScalingTerms): readonly WayToRun[] {
  return [...(terms.nodes === undefined ? [] : onNodes(terms, terms.nodes)), ...onPlatforms(terms)];
}

function onNodes(terms: ScalingTerms, nodes: NodeTerms): readonly WayToRun[] {
  const { replicas, burstsPerDay, cooldownHours, nodeLingerHours, openShare } = terms;
  const count = Math.ceil(replicas / Math.max(1, nodes.replicasPerNode) - 1e-9);
  const room = replicas * nodes.roomShare * nodes.hourlyPrice * hoursPerMonth;
  const own = (hourly: number) => count * hourly * hoursPerMonth;
  const roomText = `${replicas} replicas × ${shown(nodes.roomShare)} of a node × ${shown(nodes.hourlyPrice)} × 730 h`;
  const ownText = (hourly: number) => `${count} nodes × ${shown(hourly)} × 730 h`;
  const held = (name: WayName, hourly: number | undefined): readonly WayToRun[] =>
    hourly === undefined ? [] : [{ name, kind: "held", curve: flatCurve(own(hourly)), formula: ownText(hourly) }];
  const podLinger = (burstsPerDay * cooldownHours) / 24;
  const nodeLinger = (burstsPerDay * (cooldownHours + nodeLingerHours)) / 24;
  const lingering = (hours: number) =>
    `; running time = duty cycle + ${burstsPerDay} × ${shown(hours)} h / 24 h, at most 1`;
  return [
    { name: "shared-nodes", kind: "held", curve: flatCurve(room), formula: roomText },
    ...held("own-nodes", nodes.hourlyPrice),
    ...held("own-nodes-savings-plan", nodes.savingsPlanHourly),
    ...held("own-nodes-reserved-1y", nodes.reserved1yHourly),
    ...held("own-nodes-reserved-3y", nodes.reserved3yHourly),
    ...(openShare === undefined || openShare >= 1
      ? []
      : [
          {
            name: "own-nodes-off-hours",
            kind: "held",
            curve: flatCurve(openShare * own(nodes.hourlyPrice), openShare),
            formula: `${ownText(nodes.hourlyPrice)} × ${shown(openShare)} of the week`,
          } as const,
        ]),
    {
      name: "shared-nodes-to-zero",
      kind: "used",
      curve: runningCurve(room, podLinger),
      formula: `${roomText}${lingering(cooldownHours)}`,
    },
    {
      name: "own-nodes-to-zero",
      kind: "used",
      curve: runningCurve(own(nodes.hourlyPrice), nodeLinger),
      formula: `${ownText(nodes.hourlyPrice)}${lingering(cooldownHours + nodeLingerHours)}`,
    },
  ];
}

function onPlatforms(terms: ScalingTerms): readonly WayToRun[] {
  const { containerApps, functions } = terms;
  const warm = containerApps?.idleHourly;
  return [
    ...(containerApps === undefined ? [] : [byUse("container-apps", containerApps, terms)]),
    ...(containerApps === undefined || warm === undefined ? [] : [keptWarm(containerApps, warm, terms)]),
    ...(functions === undefined ? [] : [byUse("functions", functions, terms)]),
  ];
}

function byUse(name: WayName, platform: PlatformTerms, { replicas, peakRate, burstsPerDay }: ScalingTerms): WayToRun {
  const running = replicas * platform.activeHourly * hoursPerMonth;
  const requests = peakRate * secondsPerMonth * platform.perRequest;
  const linger = (burstsPerDay * platform.lingerHours) / 24;
  const waiting =
    linger > 0
      ? `; running time = duty cycle + ${burstsPerDay} × ${shown(platform.lingerHours)} h / 24 h, at most 1`
      : "";
  return {
    name,
    kind: "used",
    curve: runningCurve(running, linger, requests),
    formula: `duty cycle × (${replicas} instances × ${shown(platform.activeHourly)} × 730 h + ${shown(peakRate * secondsPerMonth)} requests × ${shown(platform.perRequest)})${waiting}`,
  };
}

/** One instance is always there, at the idle price while no demand comes: no cold start. */
function keptWarm(platform: PlatformTerms, idleHourly: number, terms: ScalingTerms): WayToRun {
  const used = byUse("container-apps-warm", platform, terms);
  const linger = Math.min(1, (terms.burstsPerDay * platform.lingerHours) / 24);
  const idle = idleHourly * hoursPerMonth;
  const waiting: CostCurve = {
    knots: [
      { duty: 0, monthlyCost: idle },
      ...(linger > 0 ? [{ duty: 0, monthlyCost: (1 - linger) * idle }] : []),
      ...(linger > 0 && linger < 1 ? [{ duty: 1 - linger, monthlyCost: 0 }] : []),
      { duty: 1, monthlyCost: 0 },
    ],
  };
  return {
    ...used,
    curve: addCurves(used.curve, waiting),
    formula: `${used.formula}; otherwise 1 instance × ${shown(idleHourly)} × 730 h`,
  };
}

function shown(value: number): string {
  return String(Number(value.toPrecision(5)));
}
