import type { Catalog } from "../../catalog/catalog.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import {
  diskReattachTime,
  type FailureRule,
  reschedulingWindow,
  statefulReschedulingWindow,
} from "../../estate/assumptions/failure-rules.ts";
import {
  clientReconnect,
  leaderElection,
  nodeAutoRepair,
  operatorResponse,
  recoverySeconds,
} from "../../estate/assumptions/store-rules.ts";
import { exactFigure, type Figure, notEvaluableFigure } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { RecoveryObjective } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import type { Bound } from "../../stateful/bound.ts";
import { clusterRecovery, stoppedMachine } from "../../stateful/timelines/cluster/cluster-recovery.ts";
import { type ClusterStore, isAttached } from "../../stateful/timelines/cluster/cluster-store.ts";
import { readClusterStore } from "../../stateful/timelines/cluster/read-cluster-store.ts";
import { writerRisks } from "../../stateful/timelines/cluster/writer-risks.ts";
import { managedRecovery } from "../../stateful/timelines/managed/managed-recovery.ts";
import { readManagedStore } from "../../stateful/timelines/managed/read-managed-store.ts";
import { lossStanding, outageStanding } from "../../stateful/timelines/objectives.ts";
import { failureNumber, type RecoveryKnowledge } from "../../stateful/timelines/recovery-knowledge.ts";
import { recoveryScopes, type ScopeTimeline } from "../../stateful/timelines/scope-timeline.ts";
import type { RecoveryTimelinesReport, ReportedTimeline, StoreTimelines } from "./recovery-timelines-report.ts";

/** How every store comes back, in one environment: by default the last, which is the one that users see. */
export function recoveryTimelines(estate: Estate, catalog: Catalog, wanted?: string): RecoveryTimelinesReport {
  const environment = wanted ?? estate.environments.at(-1)?.name ?? "default";
  const here = estate.workloads.filter((workload) => workload.environment === environment);
  const holders = new Map(
    here.map((workload) => [`${workload.namespace}/${workload.kind}/${workload.name}`, workload]),
  );
  const stores = estate.dataStores.map((store) => storeTimelines(store, holders, estate, catalog));
  const held = new Set(estate.dataStores.flatMap(({ workload }) => workload ?? []));
  const others = [...holders]
    .filter(([reference, { claims, run }]) => !held.has(reference) && claims.length > 0 && run === "serving")
    .flatMap(([, workload]) => workloadTimelines(workload.id, workload, {}, estate, catalog));
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "RecoveryTimelines",
    environment,
    stores: [...stores, ...others].toSorted((left, right) => (left.subject < right.subject ? -1 : 1)),
    assumptions: [
      assume(operatorResponse, "Estate", recoverySeconds.operatorResponse),
      assume(clientReconnect, "Estate", recoverySeconds.reconnect),
      assume(leaderElection, "Estate", recoverySeconds.leaderElection),
      assume(nodeAutoRepair, "Estate", recoverySeconds.autoRepair),
    ].toSorted(compareAssumptions),
  };
}

type Objectives = DataStore["recovery"];

function storeTimelines(
  store: DataStore,
  holders: ReadonlyMap<string, Workload>,
  estate: Estate,
  catalog: Catalog,
): StoreTimelines {
  const subject = `DataStore/${store.name}`;
  const holder = holders.get(store.workload ?? "");
  const [inCluster] = holder === undefined ? [] : workloadTimelines(subject, holder, store.recovery, estate, catalog);
  if (inCluster !== undefined && holder !== undefined) {
    return { ...inCluster, workloads: placesOf(holder, estate) };
  }
  const managed = readManagedStore(store);
  if (managed === undefined) {
    return { subject, form: store.workload ?? `${store.service}: nothing to time`, timelines: [], writerRisks: [] };
  }
  const form = `${store.service} ${store.sku ?? ""}${managed.zoneRedundant ? ", zones" : ", one zone"}`;
  const timelines = recoveryScopes
    .filter((scope) => scope !== "pod" && scope !== "drain")
    .map((scope) =>
      reported(
        subject,
        managedRecovery(managed, scope, { catalog, failureModel: estate.failureModel }),
        store.recovery[scope],
      ),
    );
  return { subject, form, timelines, writerRisks: [] };
}

/** The same workload on every cluster of its environment. */
function placesOf({ environment, namespace, kind, name }: Workload, { workloads }: Estate): readonly string[] {
  const isSame = (each: Workload) =>
    each.environment === environment && each.namespace === namespace && each.kind === kind && each.name === name;
  return workloads.filter(isSame).map(({ id }) => id);
}

const diskWords: { readonly [disk in ClusterStore["disk"]]: string } = {
  lrs: "a disk in one zone",
  zrs: "a zone-redundant disk",
  files: "a zone-redundant share",
  zonalFiles: "a share in one zone",
  sharedLrs: "a shared disk in one zone",
  sharedZrs: "a shared zone-redundant disk",
  nvme: "a local disk",
  none: "no volume",
  unknown: "a volume of a class that is not known",
};

function workloadTimelines(
  subject: string,
  workload: Workload,
  objectives: Objectives,
  estate: Estate,
  catalog: Catalog,
): readonly StoreTimelines[] {
  const store = readClusterStore(workload, estate, catalog);
  if (store === undefined) return [];
  const known = { catalog, failureModel: estate.failureModel };
  const timelines = recoveryScopes.flatMap((scope): ReportedTimeline[] => {
    const main = reported(subject, clusterRecovery(store, scope, known), objectives[scope]);
    const counted = scope === "node" ? availabilityCounts(store, known) : undefined;
    const stopped = scope === "node" ? stoppedMachine(store, known) : undefined;
    return [
      { ...main, ...(counted === undefined ? {} : { availabilityCounts: counted }) },
      ...(stopped === undefined ? [] : [reported(`${subject}/stopped`, stopped, objectives[scope])]),
    ];
  });
  const form = `${store.kind} of ${store.replicas} on ${diskWords[store.disk]}`;
  return [{ subject, workloads: [workload.id], form, timelines, writerRisks: writerRisks(workload, store) }];
}

/** The means that availability weighs failures with: the same timers, less what it leaves to chance. */
function availabilityCounts(store: ClusterStore, known: RecoveryKnowledge): ReportedTimeline["availabilityCounts"] {
  if (store.replicas > 1) return undefined;
  const hoursOf = (rule: FailureRule) => failureNumber(known, rule).value;
  if (store.kind === "StatefulSet") {
    return {
      seconds: hoursOf(statefulReschedulingWindow) * 3600,
      because: "a mean (ASM-101); the timeline adds detection and the start of the pod, and shows the spread",
    };
  }
  const disk = isAttached(store.disk) ? hoursOf(diskReattachTime) : 0;
  return {
    seconds: Math.round((hoursOf(reschedulingWindow) + disk) * 3600),
    because:
      "a mean (ASM-099, ASM-102) of the timers alone; the timeline adds the move of the disk and the start of the pod",
  };
}

function reported(
  subject: string,
  timeline: ScopeTimeline,
  objective: RecoveryObjective | undefined,
): ReportedTimeline {
  const { scope, outcome, summary, steps, rpo, lever } = timeline;
  const id = `stateful/${subject}/${scope}`;
  const rtoSeconds = rtoFigure(`${id}/rto`, timeline);
  return {
    scope,
    outcome,
    summary,
    steps,
    rtoSeconds,
    rpoSeconds: boundFigure(`${id}/rpo`, "span of writes that may be lost", rpo),
    ...(objective?.rtoSeconds === undefined
      ? {}
      : { rtoObjectiveSeconds: objective.rtoSeconds, rtoMet: outageStanding(timeline, objective.rtoSeconds) }),
    ...(objective?.rpoSeconds === undefined
      ? {}
      : { rpoObjectiveSeconds: objective.rpoSeconds, rpoMet: lossStanding(rpo, objective.rpoSeconds) }),
    ...(lever === undefined ? {} : { lever }),
  };
}

function rtoFigure(id: string, { range, rto }: ScopeTimeline): Figure {
  const label = "time from the failure until it serves again";
  if (range === undefined) return boundFigure(id, label, rto);
  const reasons = rto.kind === "within" ? rto.reasons : [];
  return {
    id,
    label,
    unit: "seconds",
    result: { kind: "range", low: range.low, likely: range.likely, high: range.high },
    reasons: [{ kind: "formula", text: "sum of the steps: least, median, 95th percentile" }, ...reasons],
  };
}

function boundFigure(id: string, label: string, bound: Bound): Figure {
  switch (bound.kind) {
    case "within":
      return exactFigure(id, label, "seconds", bound.value, bound.reasons);
    case "never":
      return notEvaluableFigure(id, label, "seconds", [`an end: ${bound.why}`], bound.reasons);
    case "unknown":
      return notEvaluableFigure(id, label, "seconds", [bound.missing]);
  }
}
