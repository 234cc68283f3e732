import { cacheSizeFor, tierRetirement } from "../../catalog/service-tiers.ts";
import { platformServiceHours, selfManagedStoreHours } from "../../estate/assumptions/improvement-rules.ts";
import type { Dependency } from "../../estate/dependencies/dependency.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import type { CandidateChange, CandidateScope } from "./candidate.ts";
import { type SameWorkload, workloadsInScope } from "./same-workload.ts";

const bytesPerGiB = 1024 ** 3;

/** The platform service that takes the place of an image, with the size that fits its requests. */
interface Replacement {
  readonly image: RegExp;
  readonly service: string;
  readonly sku: (workload: Workload) => string;
}

const replacements: readonly Replacement[] = [
  { image: /postgres/i, service: "postgresqlFlexible", sku: flexibleServerSku },
  { image: /mysql|mariadb/i, service: "mysqlFlexible", sku: flexibleServerSku },
  { image: /(?:^|\/)(?:redis|valkey)\b/i, service: "redis", sku: cacheSku },
  { image: /rabbitmq/i, service: "serviceBus", sku: () => "Premium" },
];

/** A zone-redundant platform service in the place of each store that runs as pods. */
export function platformServiceChanges(scope: CandidateScope): readonly CandidateChange[] {
  return workloadsInScope(scope).flatMap((same) => {
    const replacement = replacements.find(({ image }) =>
      same.first.containers.some((container) => container.role === "main" && image.test(container.image ?? "")),
    );
    const isEntry = scope.estate.journeys.some(({ entryPoint, through }) =>
      same.members.some(({ id }) => entryPoint.workloads.includes(id) || through.includes(id)),
    );
    return replacement === undefined || isEntry ? [] : [changeOf(scope.estate, same, replacement)];
  });
}

function changeOf(estate: Estate, same: SameWorkload, { service, sku }: Replacement): CandidateChange {
  const { first, label, id } = same;
  const size = sku(first);
  const declared = estate.dataStores.find(
    ({ workload }) => workload === `${first.namespace}/${first.kind}/${first.name}`,
  );
  // A store that several environments hold stays theirs; what is proposed is one of this environment.
  const name = `${declared?.name ?? first.name}-${first.environment}-platform`;
  return {
    id: `platformService/${id}`,
    kind: "platformService",
    what: `replace ${label} by ${service} ${size}, zone-redundant`,
    because: "a store that runs as pods is patched, backed up and failed over by its owners",
    estate: () => withService(estate, same, declared, { name, service, sku: size }),
    touches: same.members.map((member) => member.id),
    caveat: caveatOf(service, size),
    operatorHoursMonthly: platformServiceHours.hours - selfManagedStoreHours.hours,
    priceOf: `DataStore/${name}`,
    place: first.place,
  };
}

function caveatOf(service: string, size: string): string {
  const retirement = tierRetirement(service, size);
  const end = retirement === undefined ? "" : `; ${size} is to be retired on ${retirement.on}`;
  return `data must be moved, and extensions or modules may not be offered${end}`;
}

function withService(
  estate: Estate,
  { members, first }: SameWorkload,
  declared: DataStore | undefined,
  proposed: Pick<DataStore, "name" | "service" | "sku">,
): Estate {
  const gone = new Set(members.map(({ id }) => id));
  const regions = [...new Set(estate.clusters.filter(({ name }) => members.some((each) => each.cluster === name)))];
  const names = [...new Set(regions.map(({ region }) => region))];
  const store: DataStore = {
    workload: undefined,
    application: declared?.application ?? first.application,
    ...proposed,
    zoneRedundant: true,
    sizeGiB: declared?.sizeGiB ?? claimedGiB(first),
    regions: declared?.regions ?? { readers: names, writers: names.slice(0, 1) },
    recovery: declared?.recovery ?? {},
    price: undefined,
    unavailability: undefined,
    spec: {},
    place: first.place,
  };
  const isGone = (id: string | undefined) => id !== undefined && gone.has(id);
  const replaced = new Set(
    estate.services.filter(({ workloads }) => workloads.length > 0 && workloads.every(isGone)).map(({ id }) => id),
  );
  const callers = new Set(
    estate.workloads.filter(({ environment }) => environment === first.environment).map(({ id }) => id),
  );
  const redirected = ({ from, to }: Dependency) =>
    (to.kind === "workload" && gone.has(to.id)) ||
    (to.kind === "service" && replaced.has(to.id)) ||
    (to.kind === "dataStore" && to.name === declared?.name && callers.has(from));
  return {
    ...estate,
    dataStores: [...estate.dataStores, store],
    workloads: estate.workloads.filter(({ id }) => !gone.has(id)),
    services: estate.services.filter(({ id }) => !replaced.has(id)),
    dependencies: estate.dependencies
      .filter(({ from }) => !gone.has(from))
      .map((each) => (redirected(each) ? { ...each, to: { kind: "dataStore", name: store.name } } : each)),
  };
}

/** The smallest general-purpose size with the vCPUs that the pod requests. */
function flexibleServerSku({ podRequests }: Workload): string {
  const vCores = (podRequests.cpuMillicores ?? 0) / 1000;
  return `Standard_D${[2, 4, 8, 16, 32, 48, 64].find((size) => size >= vCores) ?? 96}ds_v5`;
}

/** The smallest Standard cache with the memory that the pod requests. */
function cacheSku({ podRequests, podLimits }: Workload): string {
  const gibibytes = (podRequests.memoryBytes ?? podLimits.memoryBytes ?? 0) / bytesPerGiB;
  return `Standard ${cacheSizeFor(gibibytes)}`;
}

function claimedGiB({ claims }: Workload): number | undefined {
  const bytes = claims.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return bytes > 0 ? Math.ceil(bytes / bytesPerGiB) : undefined;
}
