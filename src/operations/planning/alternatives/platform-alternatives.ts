import type { Catalog } from "../../../catalog/catalog.ts";
import { wayTimes } from "../../../estate/assumptions/planning-rules.ts";
import { parseImageReference } from "../../../estate/kubernetes/image-reference.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { billCurrency } from "../../../finops/bill/pricing-context.ts";
import {
  containerAppSize,
  fitsContainerApp,
  functionSize,
  type PlatformSize,
} from "../../../finops/scaling-economics/platform-sizes.ts";
import type { Structure } from "../../../planning/structure-plan.ts";
import type { RejectedAlternative } from "../plan-report.ts";
import { alternativeWay, withWork } from "./alternative-ways.ts";

export interface PlatformContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly structure: Structure;
  /** Of one tenant. */
  readonly workloads: readonly Workload[];
  /** What the nodes that it has for itself cost a month; 0 where it shares all of them. */
  readonly ownNodes: number;
}

const hoursPerMonth = 730;
const secondsPerMonth = hoursPerMonth * 3600;

/** Serving pods as Container Apps that run all month. */
export function containerApps(context: PlatformContext): RejectedAlternative {
  const told = onPlatform(context, {
    fits: (size) => (fitsContainerApp(size) ? undefined : "is larger than any container app"),
    monthlyUsd: (size, region) => {
      const { vcpu, memoryGiB } = containerAppSize(size);
      const cpu = meterPrice(context.catalog, "Azure Container Apps", region, "Standard vCPU Active Usage");
      const memory = meterPrice(context.catalog, "Azure Container Apps", region, "Standard Memory Active Usage");
      return cpu === undefined || memory === undefined
        ? undefined
        : (vcpu * cpu + memoryGiB * memory) * secondsPerMonth;
    },
    operatorHours: wayTimes.hours.containerApps,
    caution: "what it needs of Kubernetes has to go",
  });
  const availability = slaText(context.catalog, "container-apps");
  return alternativeWay("containerApps", { what: "Azure Container Apps, always on", availability, ...told });
}

/** Serving pods as instances of Functions that are always ready and execute all month: the most that they can cost. */
export function functions(context: PlatformContext): RejectedAlternative {
  const told = onPlatform(context, {
    fits: (size) => (functionSize(size) === undefined ? "has more memory than any instance of Functions" : undefined),
    monthlyUsd: (size, region) => {
      const baseline = meterPrice(context.catalog, "Functions", region, "Always Ready Baseline");
      const executing = meterPrice(context.catalog, "Functions", region, "Always Ready Execution Time");
      const memoryGiB = functionSize(size)?.memoryGiB;
      return baseline === undefined || executing === undefined || memoryGiB === undefined
        ? undefined
        : memoryGiB * (baseline + executing) * secondsPerMonth;
    },
    operatorHours: wayTimes.hours.functions,
    caution: "its code becomes functions",
  });
  const availability = slaText(context.catalog, "functions");
  return alternativeWay("functions", { what: "Azure Functions, always ready", availability, ...told });
}

/** Images that serve files and compute nothing, by the last part of their name. */
const webServers = /^(nginx|nginx-unprivileged|httpd|caddy|lighttpd|static-web-server)$/;

/** Files that a web server hands out go to hosting or a CDN; of a team's own image nobody knows what it serves. */
export function staticHosting({ workloads }: PlatformContext): RejectedAlternative {
  const serving = workloads.filter(
    ({ containers }) => containers.length > 0 && containers.every(({ image }) => isWebServer(image)),
  );
  return alternativeWay("staticHosting", {
    what: "hosting of static content, or a CDN",
    difference: undefined,
    operatorHours: wayTimes.hours.staticHosting,
    availability: undefined,
    verdict: serving.length === 0 ? "refused" : "notEvaluable",
    reason:
      serving.length === 0
        ? "none of its images is a bare web server"
        : `${named(serving[0])}${serving.length > 1 ? ` and ${serving.length - 1} more` : ""} may serve files only; the catalog has no price of static hosting`,
  });
}

function isWebServer(image: string | undefined): boolean {
  if (image === undefined) return false;
  return webServers.test(parseImageReference(image).repository.split("/").at(-1) ?? "");
}

interface Platform {
  /** Why a pod does not fit; undefined where it does. */
  readonly fits: (size: PlatformSize) => string | undefined;
  /** USD a month for one replica; undefined without a price. */
  readonly monthlyUsd: (size: PlatformSize, region: string) => number | undefined;
  readonly operatorHours: number;
  readonly caution: string;
}

function onPlatform(
  { estate, structure, workloads, ownNodes }: PlatformContext,
  { fits, monthlyUsd, operatorHours, caution }: Platform,
): Pick<RejectedAlternative, "difference" | "operatorHours" | "verdict" | "reason"> {
  const without = (verdict: RejectedAlternative["verdict"], reason: string) =>
    ({ difference: undefined, operatorHours, verdict, reason }) as const;
  const bound = workloads.find(
    ({ run, claims, podSpec }) => run === "perNode" || claims.length > 0 || podSpec.hostNetwork === true,
  );
  if (bound !== undefined) return without("refused", `${named(bound)} needs a node or disk of its own`);
  let monthly = 0;
  for (const workload of workloads) {
    const size = platformSizeOf(workload);
    const unfit = fits(size);
    if (unfit !== undefined) return without("refused", `a pod of ${named(workload)} ${unfit}`);
    const region =
      structure.clusters.find(({ template }) => template.name === workload.cluster)?.cluster.region ?? "unknown";
    const each = monthlyUsd(size, region);
    if (each === undefined) return without("notEvaluable", `no price: the catalog has none of it in ${region}`);
    monthly += each * billCurrency(estate).perUsd * workload.replicas.minimum;
  }
  const difference = withWork(monthly - ownNodes, operatorHours, estate);
  return {
    difference,
    operatorHours,
    verdict: difference > 0 ? "dearer" : "cheaper",
    reason: ownNodes > 0 ? `in place of its own nodes; ${caution}` : `shared nodes not taken off; ${caution}`,
  };
}

/** What one pod asks of a platform that bills by size; what it does not say is what the scheduler scores it with. */
function platformSizeOf({ podRequests: { cpuMillicores = 100, memoryBytes = 200 * 2 ** 20 } }: Workload): PlatformSize {
  return { vcpu: cpuMillicores / 1000, memoryGiB: memoryBytes / 2 ** 30 };
}

/** Of several steps of a price the dearest: grants are for a subscription, not for an application. */
function meterPrice(catalog: Catalog, service: string, region: string, meter: string): number | undefined {
  const prices = catalog
    .serviceMeters(service, region)
    .filter((each) => each.meter === meter)
    .map(({ price }) => price.value);
  return prices.length === 0 ? undefined : Math.max(...prices);
}

function slaText(catalog: Catalog, service: string): string | undefined {
  const percent = catalog.sla(service, {})?.slaPercent;
  return percent === undefined ? undefined : `SLA ${percent}%`;
}

function named(workload: Workload | undefined): string {
  return workload === undefined ? "" : `${workload.namespace}/${workload.name}`;
}
