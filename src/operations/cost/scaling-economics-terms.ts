import { autoscalingDefault } from "../../catalog/autoscaling-defaults.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { reservationPriceElsewhere } from "../../estate/assumptions/cost-rules.ts";
import { roomOnNodes } from "../../estate/assumptions/forecast-rules.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { weeklyHours } from "../../estate/model/weekly-window.ts";
import { billCurrency } from "../../finops/bill/pricing-context.ts";
import {
  containerAppSize,
  fitsContainerApp,
  functionSize,
  type PlatformSize,
} from "../../finops/scaling-economics/platform-sizes.ts";
import type { NodeTerms, PlatformTerms, ScalingTerms } from "../../finops/scaling-economics/ways-to-run.ts";
import { readClusterCapacity } from "../../scheduling/cluster-capacity.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { bytesPerGiB } from "../../scheduling/pod-demand.ts";
import { readRuntimeClasses } from "../../scheduling/runtime-class.ts";
import type { loadPrices } from "../simulation/simulate-load-prices.ts";
import type { LoadTarget } from "../simulation/simulate-load-target.ts";

export interface TermsReading {
  readonly terms: ScalingTerms;
  readonly pool: NodePool | undefined;
  readonly missing: readonly string[];
  readonly assumptions: readonly Assumption[];
}

interface TermsOptions {
  readonly prices: ReturnType<typeof loadPrices>;
  readonly replicas: number;
  readonly peakRate: number;
  readonly burstsPerDay: number;
}

const secondsPerHour = 3600;

/** Prices and sizes of every way to run the workload; what has no price is named and its ways are left out. */
export function scalingTerms(
  estate: Estate,
  catalog: Catalog,
  target: LoadTarget,
  options: TermsOptions,
): TermsReading {
  const { workload } = target;
  const { replicas, peakRate, burstsPerDay, prices } = options;
  const onPool = nodeTerms(estate, catalog, target, prices);
  const size: PlatformSize = {
    vcpu: (workload.podRequests.cpuMillicores ?? 100) / 1000,
    memoryGiB: (workload.podRequests.memoryBytes ?? 200 * 1024 ** 2) / bytesPerGiB,
  };
  const platforms = platformTerms(estate, catalog, target, size, prices);
  const hours = estate.environments.find(({ name }) => name === workload.environment)?.hours ?? "always";
  const open = weeklyHours(hours);
  const cooldown = autoscalingDefault("keda.cooldownPeriod").value;
  const unneeded = autoscalingDefault("autoscaler.scaleDownUnneededTime").value;
  const boot = autoscalingDefault("node.bootMedian").value;
  return {
    terms: {
      replicas,
      peakRate,
      burstsPerDay,
      cooldownHours: cooldown / secondsPerHour,
      nodeLingerHours: (unneeded + boot) / secondsPerHour,
      openShare: open === undefined || open >= 168 ? undefined : open / 168,
      nodes: onPool.nodes,
      containerApps: platforms.containerApps,
      functions: platforms.functions,
    },
    pool: onPool.pool,
    missing: [...onPool.missing, ...platforms.missing],
    assumptions: onPool.assumptions,
  };
}

/** The pool that the workload is placed on, what a replica takes of its nodes, and what they cost. */
function nodeTerms(
  estate: Estate,
  catalog: Catalog,
  { cluster, workload }: LoadTarget,
  prices: TermsOptions["prices"],
): {
  readonly nodes: NodeTerms | undefined;
  readonly pool: NodePool | undefined;
  readonly missing: readonly string[];
  readonly assumptions: readonly Assumption[];
} {
  const placed = placeWorkloads(estate, catalog).pools.find(
    (each) =>
      each.cluster === cluster.name && each.nodes.some(({ pods }) => pods.some((pod) => pod.workload === workload.id)),
  );
  const own = estate.workloads.filter((each) => each.cluster === cluster.name);
  const capacity = readClusterCapacity(cluster, own, readRuntimeClasses(estate), catalog);
  const pool = capacity.pools.find((each) => each.pool.name === placed?.pool);
  const demand = capacity.shapes.get(workload.id)?.demand;
  const room = pool?.classes[0]?.emptyRoom;
  if (pool === undefined || room === undefined || demand === undefined)
    return { nodes: undefined, pool: undefined, missing: ["a node pool that takes the workload"], assumptions: [] };
  const { vmSize } = pool.pool;
  if (prices.missing.includes(vmSize)) return { nodes: undefined, pool: pool.pool, missing: [vmSize], assumptions: [] };
  const roomShare = Math.min(
    1,
    Math.max(demand.cpuMillicores / room.cpuMillicores, demand.memoryBytes / room.memoryBytes),
  );
  const perNode = Math.floor(
    Math.min(room.cpuMillicores / demand.cpuMillicores, room.memoryBytes / demand.memoryBytes, room.pods) + 1e-9,
  );
  const { perUsd } = billCurrency(estate);
  const hourly = (fact: { readonly value: number } | undefined) =>
    fact === undefined ? undefined : fact.value * perUsd;
  const savingsPlanHourly = pool.pool.spot ? undefined : hourly(catalog.savingsPlanPrice(cluster.region, vmSize, 1));
  const guessed: Assumption[] = [];
  const reserved = (years: 1 | 3) => {
    if (pool.pool.spot) return undefined;
    const stated = hourly(catalog.reservationPrice(cluster.region, vmSize, years));
    const ratio = catalog.reservationRatioElsewhere(vmSize, years);
    const list = hourly(catalog.vmPrice(cluster.region, vmSize, "payAsYouGo"));
    if (stated !== undefined || ratio === undefined || list === undefined) return stated;
    const subject = `${vmSize} for ${years} ${years === 1 ? "year" : "years"}`;
    const { region } = cluster;
    const note = ratio.note ?? ratio.source;
    guessed.push(assume(reservationPriceElsewhere, subject, { vmSize, region, ratio: ratio.value, note }));
    return list * ratio.value;
  };
  const [reserved1yHourly, reserved3yHourly] = [reserved(1), reserved(3)];
  const lacking = [
    ...(savingsPlanHourly === undefined ? [`savings plan of ${vmSize} in ${cluster.region}`] : []),
    ...(reserved1yHourly === undefined ? [`1-year reservation of ${vmSize} in ${cluster.region}`] : []),
    ...(reserved3yHourly === undefined ? [`3-year reservation of ${vmSize} in ${cluster.region}`] : []),
  ];
  return {
    nodes: {
      hourlyPrice: prices.nodeHour(pool.pool),
      savingsPlanHourly,
      reserved1yHourly,
      reserved3yHourly,
      roomShare,
      replicasPerNode: Math.max(1, perNode),
    },
    pool: pool.pool,
    missing: pool.pool.spot ? [] : lacking,
    assumptions: [...guessed, assume(roomOnNodes, workload.id, { vmSize, percentOfNode: 100 * roomShare })],
  };
}

function platformTerms(
  estate: Estate,
  catalog: Catalog,
  { cluster }: LoadTarget,
  size: PlatformSize,
  prices: TermsOptions["prices"],
): {
  readonly containerApps: PlatformTerms | undefined;
  readonly functions: PlatformTerms | undefined;
  readonly missing: readonly string[];
} {
  const { perUsd } = billCurrency(estate);
  const app = containerAppSize(size);
  const instance = functionSize(size);
  const fitsApp = fitsContainerApp(size);
  const active = fitsApp ? prices.containerApps : undefined;
  const idle = idleContainerApp(catalog, cluster.region);
  const flex = prices.functions;
  return {
    containerApps: active && {
      activeHourly: secondsPerHour * (app.vcpu * active.vcpuSecond + app.memoryGiB * active.gibSecond),
      idleHourly: idle && secondsPerHour * perUsd * (app.vcpu * idle.vcpuSecond + app.memoryGiB * idle.gibSecond),
      perRequest: active.request,
      lingerHours: autoscalingDefault("containerApps.cooldownPeriod").value / secondsPerHour,
    },
    functions:
      flex === undefined || instance === undefined
        ? undefined
        : {
            activeHourly: secondsPerHour * instance.memoryGiB * flex.gibSecond,
            idleHourly: undefined,
            perRequest: flex.request,
            lingerHours: 0,
          },
    missing: [
      ...(prices.containerApps === undefined ? [`Container Apps in ${cluster.region}`] : []),
      ...(prices.containerApps !== undefined && !fitsApp
        ? [`a Container App with ${size.vcpu} vCPU and ${size.memoryGiB} GiB`]
        : []),
      ...(active !== undefined && idle === undefined ? [`idle Container Apps in ${cluster.region}`] : []),
      ...(flex === undefined ? [`Functions Flex Consumption in ${cluster.region}`] : []),
      ...(flex !== undefined && instance === undefined ? [`an instance of Functions with ${size.memoryGiB} GiB`] : []),
    ],
  };
}

/** USD a second of an instance that waits, of the Container Apps meters. */
function idleContainerApp(
  catalog: Catalog,
  region: string,
): { readonly vcpuSecond: number; readonly gibSecond: number } | undefined {
  const meters = catalog.serviceMeters("Azure Container Apps", region, { sku: "Standard" });
  const priceOf = (meter: string, fallback: string) =>
    meters.find((each) => each.meter.endsWith(meter))?.price.value ?? catalog.meterPrice(fallback, region)?.value;
  const vcpuSecond = priceOf("vCPU Idle Usage", "containerApps.vcpuIdleSecond");
  const gibSecond = priceOf("Memory Idle Usage", "containerApps.gibIdleSecond");
  return vcpuSecond === undefined || gibSecond === undefined ? undefined : { vcpuSecond, gibSecond };
}
