import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { networksApart } from "../../estate/assumptions/reachability-rules.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { networkUnknownZone } from "../../estate/diagnostics/reachability-diagnostics.ts";
import { isEmptyPortSet } from "../../estate/kubernetes/port-set.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { estateEdges } from "../../tenancy/policies/workload-edges.ts";
import { productionFirst } from "../../tenancy/promotion-order.ts";
import { type ConnectionFilter, workloadConnections } from "../../tenancy/reachability/connection-witness.ts";
import { type ClusterNetwork, type EstateReachOptions, estateReach } from "../../tenancy/reachability/estate-reach.ts";
import { Exposures } from "../../tenancy/reachability/exposure.ts";
import { declaredEngine } from "../../tenancy/reachability/policy-engine.ts";
import type {
  ClusterReachability,
  TenantConnection,
  TenantEnds,
  WorkloadConnection,
} from "../../tenancy/reachability/reachability-report.ts";
import { tenantConnections } from "../../tenancy/reachability/tenant-connections.ts";
import { tenantEnds } from "../../tenancy/reachability/tenant-ends.ts";
import {
  type ClassificationRule,
  checkClassificationRules,
} from "../../tenancy/reachability/zones/classification-rules.ts";
import { compareSchools, type Schools } from "../../tenancy/reachability/zones/schools.ts";
import {
  passes,
  portsToPublicEntry,
  type ZonedCluster,
  zoneClusters,
} from "../../tenancy/reachability/zones/zone-world.ts";

/** Who reaches whom, as `scantling tenancy reachability -o json` prints it. */
export interface Reachability {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Reachability";
  readonly estate: string;
  readonly clusters: readonly ClusterReachability[];
  readonly tenants: readonly TenantConnection[];
  readonly ends: readonly TenantEnds[];
  /** With `--workloads`, `--from` or `--to`. */
  readonly workloads?: { readonly connections: readonly WorkloadConnection[]; readonly truncated: boolean };
  readonly zones: readonly ClassificationRule[];
  readonly schools: Omit<Schools, "assumptions">;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReachabilityOptions extends EstateReachOptions {
  /** With it, pairs of workloads are listed too. */
  readonly workloads?: ConnectionFilter;
}

/** Estate to reachability: policies by engine, tenants and workloads, ways in and out, zones, and the two schools. */
export function reachability(declared: Estate, options: ReachabilityOptions = {}): Reachability {
  const estate = productionFirst(declared);
  const networks = estateReach(estate, options);
  const exposures = new Exposures(estate);
  const zoned = zoneClusters(estate, networks, exposures);
  const { assumptions, ...schools } = compareSchools(estate, zoned, estateEdges(estate).inside);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Reachability",
    estate: estate.name,
    clusters: networks.map((network) => describeCluster(network, options)),
    tenants: zoned.flatMap((each) => withWayRound(each, zoned)),
    ends: zoned.flatMap((each) => tenantEnds(each.reach, each.cluster.name, each.exposures)),
    ...(options.workloads === undefined ? {} : { workloads: listWorkloads(networks, options.workloads) }),
    zones: checkClassificationRules(zoned, estate.classifications),
    schools,
    assumptions: [...networks.flatMap((network) => network.assumptions), ...assumptions, ...assumeApart(estate)].sort(
      compareAssumptions,
    ),
    diagnostics: [...networks.flatMap(({ diagnostics }) => diagnostics), ...diagnoseZones(estate)].sort(
      compareDiagnostics,
    ),
  };
}

function describeCluster(
  { cluster, engine, policies, reach }: ClusterNetwork,
  options: EstateReachOptions,
): ClusterReachability {
  const assumed = declaredEngine(cluster) === undefined ? "assumed" : "declared";
  return {
    cluster: cluster.name,
    engine,
    engineOrigin: options.engine === undefined ? assumed : "chosen",
    workloads: reach.workloads.length,
    classes: reach.classes.length,
    policies: policies.policies.length,
  };
}

/** Tenants of one cluster; where not all is open, also the way out to the internet and in by a public entry point. */
function withWayRound(zoned: ZonedCluster, all: readonly ZonedCluster[]): readonly TenantConnection[] {
  return tenantConnections(zoned.reach, zoned.cluster.name).map((connection) => {
    if (connection.verdict === "open" || connection.from === connection.to) return connection;
    const viaWorld = wayRound(zoned, all, connection);
    return viaWorld === undefined ? connection : { ...connection, viaWorld };
  });
}

function wayRound(
  zoned: ZonedCluster,
  all: readonly ZonedCluster[],
  { from, to }: Pick<TenantConnection, "from" | "to">,
): TenantConnection["viaWorld"] {
  const { reach } = zoned;
  const sources = [...reach.workloads.entries()].filter(([, { tenant }]) => tenant === from);
  let possible: TenantConnection["viaWorld"];
  for (const destination of [zoned, ...all.filter((each) => each !== zoned)]) {
    for (const { position, entry, bounds } of destination.exposures) {
      const target = destination.reach.workloads[position];
      if (entry.exposure !== "public" || target?.tenant !== to || isEmptyPortSet(bounds.possible)) continue;
      for (const [source, { label }] of sources) {
        const outward = passes(portsToPublicEntry(zoned, reach.classOf[source] ?? 0, entry.hostname));
        if (outward === "no") continue;
        const certain = outward === "yes" && passes(bounds) === "yes";
        const way = { from: label, to: target.label, through: entry.name, certain };
        if (certain) return way;
        possible ??= way;
      }
    }
  }
  return possible;
}

function listWorkloads(networks: readonly ClusterNetwork[], filter: ConnectionFilter) {
  const lists = networks.map(({ cluster, reach }) => workloadConnections(reach, cluster.name, filter));
  return {
    connections: lists.flatMap(({ connections }) => connections),
    truncated: lists.some(({ truncated }) => truncated),
  };
}

function assumeApart({ networks, clusters }: Estate): readonly Assumption[] {
  const used = new Set(clusters.map(({ network }) => network.name).filter((name) => name !== undefined));
  const declared = networks.filter(({ name }) => used.has(name));
  return declared.length < 2 ? [] : [assume(networksApart, "Estate", { networks: declared.length })];
}

function diagnoseZones({ networks, classifications }: Estate): readonly Diagnostic[] {
  return networks.flatMap(({ name, zone, place }) =>
    zone === undefined || classifications.includes(zone)
      ? []
      : [diagnose(networkUnknownZone, { network: name, zone, classifications }, { place })],
  );
}
