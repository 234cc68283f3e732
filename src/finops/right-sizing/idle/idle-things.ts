import { idleMillicores, idleWindowSeconds } from "../../../estate/assumptions/sizing-rules.ts";
import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { PricedEstate } from "../../compute-cost.ts";
import { chargesByPool, monthlyWorth, type PoolRate } from "../requests/pool-rates.ts";
import type { SizingSubject } from "../requests/sizing-subject.ts";
import type { UsageProfile } from "../requests/usage-profile.ts";

/**
 * What is paid for and does nothing. `emptyPool`: nodes without a pod of any workload; `unmountedVolume`: a claim that no
 * workload mounts; `unclaimedVolume`: a PersistentVolume bound to no claim; `serviceWithoutPods`: a public address and
 * rules with nothing behind; `unusedAddress`, `unusedDisk`: declared as services and used by no one; `idleWorkload`: pods
 * that do nothing.
 */
export interface IdleThing {
  readonly kind:
    | "emptyPool"
    | "unmountedVolume"
    | "unclaimedVolume"
    | "serviceWithoutPods"
    | "unusedAddress"
    | "unusedDisk"
    | "idleWorkload";
  readonly id: string;
  readonly label: string;
  readonly reason: string;
  /** A month, to the cent; undefined where nothing has a price. */
  readonly monthly: number | undefined;
  /** What the bill is lower by without it. `allocated`: its requests; the bill falls once nodes go. */
  readonly effect: "cash" | "allocated";
}

/** Idle and orphaned things of an estate, the dearest first. */
export function idleThings(
  priced: PricedEstate,
  subjects: readonly SizingSubject[],
  profiles: ReadonlyMap<string, UsageProfile>,
  rates: ReadonlyMap<string, PoolRate>,
): readonly IdleThing[] {
  const found = [
    ...emptyPools(priced),
    ...unmountedVolumes(priced),
    ...unclaimedVolumes(priced.context.estate),
    ...servicesWithoutPods(priced),
    ...unusedServices(priced),
    ...idleWorkloads(subjects, profiles, rates),
  ];
  return found.toSorted(
    (left, right) =>
      (right.monthly ?? 0) - (left.monthly ?? 0) || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0),
  );
}

/** Pools with nodes on which nothing but DaemonSets and the platform's own pods run. */
function emptyPools({ context, charges }: PricedEstate): readonly IdleThing[] {
  const { estate, placement } = context;
  const perNode = new Set(estate.workloads.filter(({ run }) => run === "perNode").map(({ id }) => id));
  const monthly = chargesByPool(charges);
  return placement.pools.flatMap(({ cluster, pool, nodes, platformPods = [] }) => {
    const mode = estate.clusters
      .find(({ name }) => name === cluster)
      ?.nodePools.find(({ name }) => name === pool)?.mode;
    const pods = nodes.flatMap((node) => node.pods).filter(({ workload }) => !perNode.has(workload));
    if (mode !== "User" || nodes.length === 0 || pods.length > 0 || platformPods.length > 0) return [];
    const id = `${cluster}/${pool}`;
    const reason = `${nodes.length} ${nodes.length === 1 ? "node carries" : "nodes carry"} no pod of any workload`;
    return [thing("emptyPool", id, `Node pool ${id}`, reason, monthly.get(id))];
  });
}

function unmountedVolumes({ context, charges }: PricedEstate): readonly IdleThing[] {
  const { claims, workloads } = context.estate;
  const key = (each: { readonly environment: string; readonly cluster: string; readonly namespace: string }) =>
    `${each.environment}/${each.cluster}/${each.namespace}`;
  const opaque = new Set(workloads.filter((each) => each.opaque).map(key));
  const users = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const { name, perReplica } of workload.claims) {
      if (perReplica) continue;
      const place = `${key(workload)}/${name}`;
      users.set(place, [...(users.get(place) ?? []), workload]);
    }
  }
  return claims.flatMap((claim) => {
    // What the pods of an unknown kind mount is not known.
    if (opaque.has(key(claim)) || ofStatefulSet(claim.name, key(claim), workloads, key)) return [];
    const mounting = users.get(`${key(claim)}/${claim.name}`) ?? [];
    if (mounting.some(({ replicas, run }) => run !== "serving" || replicas.maximum > 0)) return [];
    const reason =
      mounting[0] === undefined
        ? "no workload mounts it"
        : `only ${mounting[0].label} mounts it, which has no replicas`;
    const label = `Volume ${claim.namespace}/${claim.name} on ${claim.cluster}`;
    return [thing("unmountedVolume", claim.id, label, reason, sumOf(charges, `cost/${claim.id}`))];
  });
}

/** Claims read from a live cluster carry the name of template, StatefulSet and replica. */
function ofStatefulSet(
  name: string,
  place: string,
  workloads: readonly Workload[],
  key: (workload: Workload) => string,
): boolean {
  return workloads.some(
    (workload) =>
      key(workload) === place &&
      workload.claims.some((claim) => claim.perReplica && name.startsWith(`${claim.name}-${workload.name}-`)),
  );
}

function unclaimedVolumes({ objects }: Estate): readonly IdleThing[] {
  return objects.flatMap(({ object, cluster, environment }) => {
    if (object.kind !== "PersistentVolume") return [];
    const spec = asObject(object.value.spec);
    const phase = asText(asObject(object.value.status).phase);
    const isFree = phase === undefined ? spec.claimRef === undefined : phase === "Released" || phase === "Available";
    if (!isFree) return [];
    const state = phase === undefined ? "no claim is named in it" : `its phase is ${phase}`;
    const id = `${environment}/${cluster}/PersistentVolume/${object.name}`;
    return [thing("unclaimedVolume", id, `PersistentVolume ${object.name} on ${cluster}`, state, undefined)];
  });
}

/** LoadBalancer Services whose selector finds no pod: the address is paid for all the same. */
function servicesWithoutPods({ context, charges }: PricedEstate): readonly IdleThing[] {
  const { estate } = context;
  const workloads = new Map(estate.workloads.map((workload) => [workload.id, workload]));
  return estate.services.flatMap((service) => {
    if (service.type !== "LoadBalancer") return [];
    const behind = service.workloads.flatMap((id) => workloads.get(id) ?? []);
    if (behind.some(({ replicas }) => replicas.maximum > 0)) return [];
    const hasSelector = Object.keys(asObject(asObject(service.object.value.spec).selector)).length > 0;
    if (!hasSelector) return [];
    const reason =
      behind.length === 0
        ? "its selector finds no workload"
        : `${behind.map(({ name }) => name).join(", ")} behind it has no replicas`;
    const address = `cost/${service.cluster}/publicIp/${service.environment}/${service.namespace}/${service.name}`;
    const label = `Service ${service.namespace}/${service.name} on ${service.cluster}`;
    // An internal one has no address of its own to pay for.
    const monthly = service.internal ? 0 : sumOf(charges, address);
    return [thing("serviceWithoutPods", service.id, label, reason, monthly)];
  });
}

const addressServices = /^(publicip|publicipaddress|publicipaddresses|ipaddresses)$/;
const diskServices = /^(manageddisk|manageddisks|disk|disks)$/;

/** Addresses and disks among the declared services that no application depends on. */
function unusedServices({ context, charges }: PricedEstate): readonly IdleThing[] {
  const used = new Set(context.estate.dependencies.flatMap(({ to }) => (to.kind === "cloudService" ? [to.name] : [])));
  return context.estate.cloudServices.flatMap(({ name, service }) => {
    const plain = service.toLowerCase().replaceAll(/[^a-z]/g, "");
    const kind = addressServices.test(plain) ? "unusedAddress" : diskServices.test(plain) ? "unusedDisk" : undefined;
    if (kind === undefined || used.has(name)) return [];
    const monthly = sumOf(charges, `cost/CloudService/${name}`);
    return [thing(kind, `CloudService/${name}`, `${service} ${name}`, "no application depends on it", monthly)];
  });
}

function idleWorkloads(
  subjects: readonly SizingSubject[],
  profiles: ReadonlyMap<string, UsageProfile>,
  rates: ReadonlyMap<string, PoolRate>,
): readonly IdleThing[] {
  return subjects.flatMap(({ workload, pools, current, overhead }) => {
    const profile = profiles.get(workload.id);
    if (workload.run !== "serving" || profile === undefined || profile.cpu.samples === 0) return [];
    const span = profile.end - profile.start;
    if (span < idleWindowSeconds || profile.cpu.peak > idleMillicores) return [];
    const whole = {
      cpuMillicores: current.cpuMillicores + overhead.cpuMillicores,
      memoryBytes: current.memoryBytes + overhead.memoryBytes,
    };
    const days = Math.floor(span / 86_400);
    const reason = `no pod used more than ${Math.ceil(profile.cpu.peak)}m of CPU in ${days} days`;
    const monthly = monthlyWorth(whole, pools, rates);
    return [{ ...thing("idleWorkload", workload.id, workload.label, reason, monthly), effect: "allocated" as const }];
  });
}

function thing(
  kind: IdleThing["kind"],
  id: string,
  label: string,
  reason: string,
  monthly: number | undefined,
): IdleThing {
  const rounded = monthly === undefined ? undefined : Math.round(monthly * 100) / 100;
  return { kind, id, label, reason, monthly: rounded, effect: "cash" };
}

/** Sum of the lines with one of the ids, or below it. */
function sumOf(charges: PricedEstate["charges"], ...ids: readonly string[]): number | undefined {
  const own = charges.filter(({ line }) => ids.some((id) => line.id === id || line.id.startsWith(`${id}/`)));
  return own.length === 0 ? undefined : own.reduce((sum, { likely }) => sum + likely, 0);
}
