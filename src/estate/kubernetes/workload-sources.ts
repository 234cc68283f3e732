import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { PlacedObject } from "../model/estate.ts";
import { type CustomWorkload, customWorkloadKinds, customWorkloadOf } from "./custom-workloads.ts";
import { groupKind } from "./group-kind.ts";
import { isJsonObject, valueAt } from "./json-value.ts";
import { entryOf } from "./map-entry.ts";
import { type ObjectIndex, scopeKey } from "./object-index.ts";
import { controllerOf, type Owner } from "./owner.ts";
import { type PodTemplate, readPodTemplate } from "./pod-template.ts";
import type { WorkloadRun } from "./workload.ts";
import { openWorkloadKinds, workloadKindOf } from "./workload-kinds.ts";
import { declaredReplicas, rolloutTemplates, runOf } from "./workload-run.ts";

/** An object that runs pods, before anything is joined to it. */
export interface WorkloadSource {
  readonly placed: PlacedObject;
  readonly kind: string;
  readonly name: string;
  readonly run: WorkloadRun;
  readonly template: PodTemplate;
  /** Pods it asks for by itself; undefined where it does not say. */
  readonly replicas: { readonly minimum: number; readonly maximum: number } | undefined;
  /** Set for custom resources that cannot be opened. */
  readonly custom: CustomWorkload | undefined;
}

/** Kinds that controllers make: with a controlling owner in the input, the owner stands for them. */
const madeByControllers: ReadonlySet<string> = new Set([
  "Pod",
  "ReplicaSet.apps",
  "ReplicationController",
  "Job.batch",
]);

/** Finds everything that runs pods, leaving out templates of Rollouts: controllers, naked pods, pods of owners that are not in the input, custom resources. */
export function findWorkloads(index: ObjectIndex): {
  readonly sources: readonly WorkloadSource[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const sources: WorkloadSource[] = [];
  const diagnostics: Diagnostic[] = [];
  const orphans = new Map<string, { readonly owner: Owner; readonly pods: PlacedObject[] }>();
  const opened = new Set<string>();
  const templates = rolloutTemplates(index);
  for (const placed of index.ofKind(...openWorkloadKinds)) {
    if (templates.has(`${scopeKey(placed)}/${placed.object.kind}/${placed.object.name}`)) continue;
    const owner = controllerOf(placed.object);
    if (owner !== undefined && madeByControllers.has(groupKind(placed.object))) {
      if (isRepresented(owner, placed, index)) continue;
      if (placed.object.kind === "Pod" && owner.kind !== "Node") {
        const key = `${scopeKey(placed)}/${owner.kind}/${owner.name}`;
        entryOf(orphans, key, () => ({ owner, pods: [] as PlacedObject[] })).pods.push(placed);
        continue;
      }
    }
    if (owner !== undefined) opened.add(ownerKey(owner, placed));
    const { source, problems } = openSource(placed, index);
    sources.push(source);
    diagnostics.push(...problems);
  }
  for (const { owner, pods } of orphans.values()) sources.push(...orphanSource(owner, pods, index));
  for (const placed of index.ofKind(...customWorkloadKinds)) {
    const { object } = placed;
    if (!opened.has(`${scopeKey(placed)}/${groupKind(object)}/${object.name}`)) sources.push(...customSource(placed));
  }
  return { sources, diagnostics };
}

function ownerKind({ group, kind }: Owner): string {
  return group === "" ? kind : `${kind}.${group}`;
}

function ownerKey(owner: Owner, owned: PlacedObject): string {
  return `${scopeKey(owned)}/${ownerKind(owner)}/${owner.name}`;
}

function isRepresented(owner: Owner, owned: PlacedObject, index: ObjectIndex): boolean {
  const object = index.find(owned, ownerKind(owner), owner.name)?.object;
  return object !== undefined && (workloadKindOf(object) !== undefined || customWorkloadOf(object) !== undefined);
}

function openSource(
  placed: PlacedObject,
  index: ObjectIndex,
): { readonly source: WorkloadSource; readonly problems: readonly Diagnostic[] } {
  const kind = workloadKindOf(placed.object) ?? { run: "serving", templatePath: [] };
  const { template, diagnostics } = readPodTemplate(placed, kind, index);
  const run = runOf(kind, placed.object, template.podSpec);
  const declared = declaredReplicas(placed.object, run);
  const source: WorkloadSource = {
    placed,
    kind: placed.object.kind,
    name: placed.object.name,
    run,
    template: placed.object.kind === "Job" ? withJobLabels(template, placed.object.name) : template,
    replicas: { minimum: placed.object.kind === "ScaledJob" ? 0 : declared, maximum: declared },
    custom: undefined,
  };
  return { source, problems: diagnostics };
}

/** The Job controller adds its name to the pods. */
function withJobLabels(template: PodTemplate, name: string): PodTemplate {
  return { ...template, podLabels: { "batch.kubernetes.io/job-name": name, "job-name": name, ...template.podLabels } };
}

/** Pods whose owner is not in the input stand for it together. */
function orphanSource(owner: Owner, pods: readonly PlacedObject[], index: ObjectIndex): readonly WorkloadSource[] {
  const [first] = pods;
  if (first === undefined) return [];
  const { source } = openSource(first, index);
  const run = owner.kind === "DaemonSet" ? "perNode" : source.run;
  const count = run === "perNode" ? 1 : pods.length;
  return [{ ...source, kind: owner.kind, name: owner.name, run, replicas: { minimum: count, maximum: count } }];
}

function customSource(placed: PlacedObject): readonly WorkloadSource[] {
  const custom = customWorkloadOf(placed.object);
  if (custom === undefined) return [];
  const { object } = placed;
  const podSpecPath = [...(custom.podTemplatePath ?? []), "spec"];
  const podSpec = custom.podTemplatePath === undefined ? undefined : valueAt(object.value, podSpecPath);
  const template: PodTemplate = {
    object,
    podLabels: custom.podLabels(object),
    podSpec: isJsonObject(podSpec) ? podSpec : {},
    podSpecPath,
  };
  const replicas = custom.replicas(object.value);
  return [{ placed, kind: object.kind, name: object.name, run: custom.run, template, replicas, custom }];
}
