import {
  loadIsOfProduction,
  oneReplicaIsEnough,
  ordinaryPeak,
} from "../../estate/assumptions/failure-structure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import type { LoadProfile } from "../../estate/model/estate.ts";
import type { FaultModel } from "./fault-model.ts";

/** How many replicas must run for the workload to carry its load. */
export interface ReplicasNeeded {
  readonly needed: number;
  readonly reasons: readonly Reason[];
  /** What the demand of a load profile cannot be read from. */
  readonly missing?: string;
}

/**
 * Peak demand divided by what one replica serves, rounded up; one replica where no load is declared. The peak is that of
 * the busiest day of the week, without campaigns; each cluster must carry all of it.
 */
export function replicasNeeded(model: FaultModel, workload: Workload): ReplicasNeeded {
  const { estate, applications } = model;
  const application = workload.application === undefined ? undefined : applications.get(workload.application);
  if (application !== undefined && application.load.length > 0) {
    const environment = productionOf(model, application);
    if (environment !== undefined && environment !== workload.environment) {
      const parameters = { application: application.name, environment };
      const subject = `Application/${application.name}`;
      return {
        needed: 1,
        reasons: [model.failures.assume(loadIsOfProduction, subject, parameters, application.place)],
      };
    }
  }
  const reference = `${workload.namespace}/${workload.kind}/${workload.name}`;
  let needed = 0;
  const reasons: Reason[] = [];
  for (const load of application?.load ?? []) {
    if (load.workload !== reference || !(load.perReplica > 0)) continue;
    const name = load.profile.slice(load.profile.indexOf("/") + 1);
    const profile = estate.loadProfiles.find((candidate) => candidate.name === name);
    const peak = profile === undefined ? undefined : peakDemand(profile);
    if (profile === undefined) continue;
    if (peak === undefined && asRecord(profile.spec.series) !== undefined) {
      return { needed: 1, reasons: [], missing: `values of LoadProfile/${name}, by which ${workload.label} is sized` };
    }
    if (peak === undefined) continue;
    needed += Math.ceil(peak / load.perReplica);
    const campaigns = campaignsOf(profile);
    if (campaigns !== "") {
      const subject = `LoadProfile/${name}`;
      reasons.push(model.failures.assume(ordinaryPeak, subject, { profile: name, campaigns }, profile.place));
    }
    const place = profile.place === undefined ? {} : { place: profile.place };
    reasons.push(
      { kind: "declared", name: `peak of LoadProfile/${name}`, value: peak, unit: profile.unit, ...place },
      { kind: "declared", name: `one replica of ${workload.label} serves`, value: load.perReplica, unit: profile.unit },
      {
        kind: "formula",
        text: `replicas needed = ceil(${peak} / ${load.perReplica}) = ${Math.ceil(peak / load.perReplica)}`,
      },
    );
  }
  if (needed > 0) return { needed, reasons };
  return { needed: 1, reasons: [] };
}

/** The last environment of promotion that the application runs in. */
function productionOf({ estate }: FaultModel, application: Application): string | undefined {
  return estate.environments.findLast(({ name }) => application.environments.includes(name))?.name;
}

/** Records how many workloads stand on the assumption that one replica carries them. */
export function assumeOneReplica(model: FaultModel, workloads: number): void {
  if (workloads > 0) model.failures.assume(oneReplicaIsEnough, "Estate", { workloads });
}

/** Demand at the peak of the busiest day; undefined for measured series, whose values are not at hand. */
function peakDemand({ spec }: LoadProfile): number | undefined {
  const shape = asRecord(spec.shape);
  if (shape === undefined) return undefined;
  const base = asNumber(shape.base) ?? 0;
  const daily = asNumber(asRecord(shape.daily)?.peak) ?? base;
  const factors = Object.values(asRecord(shape.weekly) ?? {}).map((factor) => asNumber(factor) ?? 1);
  const peak = Math.max(base, daily) * Math.max(1, ...factors);
  return peak > 0 ? peak : undefined;
}

/** Names and factors of the events on top of the profile: `black-friday (x 6)`. */
function campaignsOf({ spec }: LoadProfile): string {
  const events = Array.isArray(spec.events) ? spec.events.map(asRecord) : [];
  return events
    .flatMap((event) => (event === undefined ? [] : [`${String(event.name)} (x ${asNumber(event.factor) ?? "?"})`]))
    .join(", ");
}

function asRecord(value: unknown): { readonly [key: string]: unknown } | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: unknown })
    : undefined;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
