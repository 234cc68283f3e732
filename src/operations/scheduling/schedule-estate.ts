import type { Catalog } from "../../catalog/catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { clusterVersionNotKnown } from "../../estate/diagnostics/scheduling-diagnostics.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { estateCluster, type NodeCounts } from "../../scheduling/kube-scheduler/from-estate/estate-cluster.ts";
import {
  newestMinor,
  parseSchedulerVersion,
  schedulerVersion,
} from "../../scheduling/kube-scheduler/scheduler-version.ts";
import { type ScheduleOptions, type ScheduleReport, settleClusters } from "./schedule.ts";

export interface ScheduleEstateOptions extends Omit<ScheduleOptions, "kubernetesVersion"> {
  /** Undefined: the version of each cluster. */
  readonly kubernetesVersion: string | undefined;
  readonly nodes: NodeCounts;
  /** Undefined: every cluster. */
  readonly cluster?: string;
}

/**
 * Schedules the pods of an estate onto the nodes of its pools as the real queue settles, cluster by cluster, and explains
 * those that stay pending. Throws only when the signal aborts.
 */
export function scheduleEstate(estate: Estate, catalog: Catalog, options: ScheduleEstateOptions): ScheduleReport {
  const clusters = estate.clusters.filter(({ name }) => options.cluster === undefined || name === options.cluster);
  const reports = clusters.map((cluster) => {
    const { snapshot, diagnostics } = estateCluster(estate, cluster, catalog, { nodes: options.nodes });
    const declared = versionOf(cluster);
    const kubernetesVersion = options.kubernetesVersion ?? declared.version;
    const unknown = options.kubernetesVersion === undefined ? declared.diagnostics : [];
    return settleClusters([snapshot], { ...options, kubernetesVersion }, [...unknown, ...diagnostics]);
  });
  const versions = [...new Set(reports.map(({ kubernetesVersion }) => kubernetesVersion))];
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Schedule",
    kubernetesVersion: versions.join(", "),
    cases: reports.flatMap(({ cases }) => cases),
    diagnostics: reports.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** A version that nobody asked for by name is worth a note, not a warning. */
function versionOf({ name, kubernetesVersion }: Cluster): {
  readonly version: string;
  readonly diagnostics: readonly Diagnostic[];
} {
  const reading = parseSchedulerVersion(kubernetesVersion);
  const used = reading?.version.name ?? schedulerVersion(newestMinor).name;
  const parameters = { cluster: name, version: kubernetesVersion, used };
  return { version: used, diagnostics: reading?.known === true ? [] : [diagnose(clusterVersionNotKnown, parameters)] };
}
