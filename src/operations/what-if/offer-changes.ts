import type { Catalog, VmSize } from "../../catalog/catalog.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { findPool, holdsOsDisk, regionZones } from "./changes/change-node-pool.ts";
import { keyOfChange, modeWords, shortSize, type TwoRegions, type WhatIfChange } from "./what-if-change.ts";

/** What a change can be offered for. */
export type OfferSubject =
  | { readonly kind: "workload"; readonly id: string }
  /** `cluster/pool`. */
  | { readonly kind: "pool"; readonly name: string }
  | { readonly kind: "cluster" | "tenant" | "application"; readonly name: string };

/** One thing that can be changed, with all it can be changed to. */
export interface WhatIfOffer {
  /** The key of all its changes. */
  readonly key: string;
  readonly label: string;
  /** How it is declared. */
  readonly declared: string;
  readonly options: readonly { readonly label: string; readonly change: WhatIfChange }[];
}

/** The changes that make sense for one thing. `planned` is the estate with the changes that are made already. */
export function offerChanges(
  estate: Estate,
  planned: Estate,
  catalog: Catalog,
  subject: OfferSubject,
): readonly WhatIfOffer[] {
  switch (subject.kind) {
    case "workload":
      return workloadOffers(estate, subject.id);
    case "pool": {
      const found = findPool(estate, subject.name);
      if (found === undefined) return [];
      const size = findPool(planned, subject.name)?.pool.vmSize ?? found.pool.vmSize;
      return poolOffers(estate, catalog, found.cluster, found.pool, size);
    }
    case "cluster": {
      const cluster = estate.clusters.find(({ name }) => name === subject.name);
      if (cluster === undefined) return [];
      const tenants = new Set(
        estate.workloads.filter((each) => each.cluster === cluster.name).map((each) => each.tenant),
      );
      return [tierOffer(cluster), ...[...tenants].toSorted().flatMap((tenant) => moveOffer(estate, tenant, cluster))];
    }
    case "tenant":
      return estate.clusters.flatMap((cluster) => moveOffer(estate, subject.name, cluster));
    case "application":
      return regionOffers(estate, subject.name);
  }
}

function workloadOffers(estate: Estate, id: string): readonly WhatIfOffer[] {
  const workload = estate.workloads.find((each) => each.id === id);
  if (workload === undefined) return [];
  const cluster = estate.clusters.find(({ name }) => name === workload.cluster);
  const { environment, application, tenant, run, opaque } = workload;
  return [
    ...(run === "serving" && !opaque ? [replicaOffer(id, workload.replicas.minimum)] : []),
    ...(application === undefined ? [] : regionOffers(estate, application, environment)),
    ...(cluster === undefined ? [] : moveOffer(estate, tenant, cluster)),
  ];
}

function replicaOffer(workload: string, declared: number): WhatIfOffer {
  const counts = Array.from({ length: Math.max(6, 2 * declared) }, (_, index) => index + 1);
  const changes = counts
    .filter((count) => count !== declared)
    .map((replicas) => ({ kind: "replicas" as const, workload, replicas }));
  return offer("Replicas", `${declared}`, changes, ({ replicas }) => `${replicas}`);
}

function poolOffers(
  estate: Estate,
  catalog: Catalog,
  cluster: Cluster,
  pool: NodePool,
  plannedSize: string,
): readonly WhatIfOffer[] {
  const name = `${cluster.name}/${pool.name}`;
  const zones = regionZones(estate, catalog, cluster.region).length;
  const counts = Array.from({ length: zones + 1 }, (_, count) => count).filter((count) => count !== pool.zones.length);
  const sizes = sizesLike(catalog, cluster.region, pool);
  return [
    {
      key: `vmSize/${name}`,
      label: "VM size",
      declared: sizeLabel(catalog.vmSize(pool.vmSize), pool.vmSize, ""),
      options: sizes.map(({ size, ratio }) => ({
        label: sizeLabel(
          size,
          size.name,
          `, ${ratio >= 1 ? "+" : "−"}${Math.abs(Math.round((ratio - 1) * 100))}% a node`,
        ),
        change: { kind: "vmSize", pool: name, vmSize: size.name },
      })),
    },
    ...(counts.length === 0
      ? []
      : [
          offer(
            "Zones",
            zoneWords(pool.zones.length),
            counts.map((count) => ({ kind: "zones" as const, pool: name, zones: count })),
            (change) => zoneWords(change.zones),
          ),
        ]),
    ...(pool.mode === "System"
      ? []
      : [
          offer(
            "Spot",
            pool.spot ? "yes" : "no",
            [{ kind: "spot" as const, pool: name, spot: !pool.spot }],
            (change) => (change.spot ? "yes" : "no"),
          ),
        ]),
    ...(pool.spot ? [] : reservationOffer(catalog, cluster.region, plannedSize, pool.minimumNodes)),
  ];
}

function reservationOffer(catalog: Catalog, region: string, vmSize: string, nodes: number): readonly WhatIfOffer[] {
  const quantity = Math.max(1, nodes);
  const terms = ([1, 3] as const).filter(
    (term) => catalog.reservationPrice(region, vmSize, term) ?? catalog.reservationRatioElsewhere(vmSize, term),
  );
  const changes = terms.map((termYears) => ({ kind: "reservation" as const, region, vmSize, quantity, termYears }));
  if (changes.length === 0) return [];
  return [
    offer(
      "Reserve more",
      "none",
      changes,
      ({ termYears }) => `${quantity} × ${shortSize(vmSize)}, ${termYears} year${termYears === 1 ? "" : "s"}`,
    ),
  ];
}

function tierOffer({ name: cluster, tier: declared }: Cluster): WhatIfOffer {
  const changes = (["Free", "Standard", "Premium"] as const)
    .filter((tier) => tier !== declared)
    .map((tier) => ({ kind: "tier" as const, cluster, tier }));
  return offer("Tier", declared, changes, ({ tier }) => tier);
}

/** To the clusters of its environments, and to one of its own; the platform is everywhere and does not move. */
function moveOffer(estate: Estate, tenant: string, { name: from, environments }: Cluster): readonly WhatIfOffer[] {
  const runs = estate.workloads.some((each) => each.tenant === tenant && each.cluster === from);
  if (!runs || tenant === "platform" || tenant === "unassigned") return [];
  const others = estate.clusters.filter(
    (cluster) => cluster.name !== from && cluster.environments.some((each) => environments.includes(each)),
  );
  const own = `${from}-${tenant}`;
  const targets = [...others.map(({ name }) => name), ...(others.some(({ name }) => name === own) ? [] : [own])];
  return [
    offer(
      `Move ${tenant}`,
      `on ${from}`,
      targets.map((to) => ({ kind: "moveTenant" as const, tenant, from, to })),
      ({ to }) => (to === own ? "to a cluster of its own" : `to ${to}`),
    ),
  ];
}

function regionOffers(estate: Estate, application: string, only?: string): readonly WhatIfOffer[] {
  const journeys = estate.journeys.filter((journey) => journey.application === application);
  const environments = [...new Set(journeys.map(({ environment }) => environment))].filter(
    (environment) => only === undefined || environment === only,
  );
  return environments.flatMap((environment) => {
    const declared = estate.applications.find(({ name }) => name === application);
    const names = declared?.clusters.get(environment) ?? [];
    const regions = new Set(estate.clusters.filter(({ name }) => names.includes(name)).map(({ region }) => region));
    const mode = regions.size > 1 ? (declared?.regions.mode ?? "single") : "single";
    const modes: readonly TwoRegions[] = ["activePassive", "activeActive"];
    const open = mode === "single" ? modes : modes.slice(modes.indexOf(mode) + 1);
    if (open.length === 0) return [];
    return [
      offer(
        only === undefined ? `Regions of ${environment}` : `Regions of ${application}`,
        mode === "single" ? "one region" : modeWords[mode],
        open.map((wanted) => ({ kind: "secondRegion" as const, environment, application, mode: wanted })),
        (change) => `two regions, ${modeWords[change.mode]}`,
      ),
    ];
  });
}

/** All changes are about one thing, whose key they share. */
function offer<Change extends WhatIfChange>(
  label: string,
  declared: string,
  changes: readonly Change[],
  words: (change: Change) => string,
): WhatIfOffer {
  const [first] = changes;
  return {
    key: first === undefined ? label : keyOfChange(first),
    label,
    declared,
    options: changes.map((change) => ({ label: words(change), change })),
  };
}

const mostSizes = 40;

/** Sizes that could take the place of a pool's: of half to four times its vCPUs, with all that it has, cheapest first. */
function sizesLike(catalog: Catalog, region: string, pool: NodePool) {
  const now = catalog.vmSize(pool.vmSize);
  const purchase = pool.spot ? "spot" : "payAsYouGo";
  const price = catalog.vmPrice(region, pool.vmSize, purchase)?.value;
  if (now === undefined || price === undefined) return [];
  const isLike = (size: VmSize) =>
    size.name !== now.name &&
    size.vcpu >= now.vcpu / 2 &&
    size.vcpu <= now.vcpu * 4 &&
    size.architecture === now.architecture &&
    size.gpus === now.gpus &&
    size.burstable === now.burstable &&
    size.constrainedCoreBase === undefined &&
    // Confidential sizes cost for something that is not asked here.
    !/^Standard_[DE]C/.test(size.name) &&
    (size.premiumStorage || !now.premiumStorage) &&
    (size.nestedVirtualization === true || pool.workloadRuntime !== "KataVmIsolation") &&
    (pool.mode === "System" ? size.systemPoolAllowed : size.userPoolAllowed) &&
    holdsOsDisk(size, pool);
  return catalog
    .vmSizes()
    .flatMap((size) => {
      const its = isLike(size) ? catalog.vmPrice(region, size.name, purchase)?.value : undefined;
      return its === undefined ? [] : [{ size, ratio: its / price }];
    })
    .toSorted((left, right) => left.ratio - right.ratio || (left.size.name < right.size.name ? -1 : 1))
    .slice(0, mostSizes);
}

function sizeLabel(size: VmSize | undefined, name: string, price: string): string {
  if (size === undefined) return shortSize(name);
  return `${shortSize(name)} (${size.vcpu} vCPU, ${size.memoryGiB} GiB${price})`;
}

function zoneWords(count: number): string {
  return count === 0 ? "none" : `${count}`;
}
