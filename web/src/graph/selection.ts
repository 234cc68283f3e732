import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { Box } from "./box.ts";
import { workloadIdParts } from "./workload-id.ts";

const selectionKinds = [
  "region",
  "cluster",
  "pool",
  "waiting",
  "group",
  "workload",
  "outside",
  "target",
  "tenant",
  "application",
  "environment",
  "journey",
] as const;
type SelectionKind = (typeof selectionKinds)[number];

/** What the address points at. */
export interface Selection {
  readonly kind: SelectionKind;
  /** The part after the kind: a name, a path, a workload id. */
  readonly name: string;
  /** Workloads that it stands for or leans on. */
  readonly workloads: readonly string[];
  /** The first box of the map that it is; undefined for what is no box, such as a tenant. */
  readonly box: Box | undefined;
}

/** Finds what a selection names; undefined when the estate has no such thing. */
export function findSelection(
  text: string | undefined,
  assessment: Assessment,
  boxes: readonly Box[],
): Selection | undefined {
  if (text === undefined) return undefined;
  const slash = text.indexOf("/");
  const kind = selectionKinds.find((candidate) => candidate === (slash < 0 ? text : text.slice(0, slash)));
  if (kind === undefined) return undefined;
  const name = slash < 0 ? "" : text.slice(slash + 1);
  const box = boxes.find((candidate) => candidate.selection === text);
  if (box !== undefined) return { kind, name, workloads: box.workloads, box };
  const workloads = workloadsNamed(kind, name, assessment);
  return workloads === undefined ? undefined : { kind, name, workloads, box: undefined };
}

function workloadsNamed(kind: SelectionKind, name: string, assessment: Assessment): readonly string[] | undefined {
  const all = assessment.estate.workloads;
  const ids = (keep: (workload: (typeof all)[number]) => boolean) => all.filter(keep).map((workload) => workload.id);
  switch (kind) {
    case "tenant":
      return assessment.estate.tenants.includes(name) ? ids((workload) => workload.tenant === name) : undefined;
    case "application":
      return assessment.estate.applications.includes(name)
        ? ids((workload) => workload.application === name)
        : undefined;
    case "environment":
      return assessment.estate.environments.includes(name)
        ? ids((workload) => workloadIdParts(workload.id)?.environment === name)
        : undefined;
    case "journey":
      return assessment.availability.journeys.find((journey) => journey.journey === name)?.workloads;
    case "workload":
      return all.some((workload) => workload.id === name) ? [name] : undefined;
    case "region":
    case "cluster":
    case "pool":
    case "waiting":
    case "group":
    case "outside":
    case "target":
      // These are boxes or nothing.
      return undefined;
  }
}

/** The selection that a finding's or assumption's subject stands for, if the map knows it. */
export function selectionOfSubject(subject: string, boxes: readonly Box[]): string | undefined {
  const bare = subject.replace(/^Cluster\//, "");
  const candidates = [`workload/${subject}`, `cluster/${bare}`, `pool/${bare}`, `region/${bare}`];
  return candidates.find((candidate) => boxes.some((box) => box.selection === candidate));
}
