import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { autoscalerBounds, twoAutoscalers, unboundAutoscaler } from "../diagnostics/manifest-diagnostics.ts";
import type { PlacedObject } from "../model/estate.ts";
import type { Place } from "../sources/place.ts";
import { apiGroup } from "./group-kind.ts";
import { asInteger, asObject, asStringMap, asText } from "./json-value.ts";
import { type NamespaceScope, type ObjectIndex, scopeKey } from "./object-index.ts";
import { controllerOf } from "./owner.ts";
import { unreadableCount } from "./unreadable-fields.ts";
import type { Replicas, UnreadableField } from "./workload.ts";

/** An autoscaler with its bounds and the workload it names. */
export interface Autoscaler extends NamespaceScope {
  readonly kind: "HorizontalPodAutoscaler" | "ScaledObject";
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly target: ScaleTarget;
  /** Bounds that are stated but cannot be read. */
  readonly unreadable: readonly UnreadableField[];
  readonly place: Place;
}

interface ScaleTarget {
  /** Undefined when the reference names no API version. */
  readonly group: string | undefined;
  readonly kind: string;
  readonly name: string;
}

/** What an autoscaler may scale. */
interface Scalable extends NamespaceScope {
  readonly kind: string;
  readonly name: string;
  /** API group of its kind. */
  readonly group: string;
}

/** Finds the autoscaler of a workload. */
export interface Autoscalers {
  of(workload: Scalable): Autoscaler | undefined;
  /** Autoscalers that name no workload, found after all workloads were asked for, and other problems. */
  diagnostics(): readonly Diagnostic[];
}

/** Reads HorizontalPodAutoscalers and KEDA ScaledObjects; those that KEDA made from a ScaledObject count once. */
export function readAutoscalers(index: ObjectIndex): Autoscalers {
  const autoscalers = [
    ...index.ofKind("ScaledObject.keda.sh").map(readScaledObject),
    ...index.ofKind("HorizontalPodAutoscaler.autoscaling").filter(isOriginal).map(readHorizontalPodAutoscaler),
  ].filter((autoscaler) => autoscaler !== undefined);
  const byTarget = Map.groupBy(autoscalers, (autoscaler) => targetKey(autoscaler, autoscaler.target));
  const bound = new Set<Autoscaler>();
  const problems: Diagnostic[] = autoscalers.flatMap(checkBounds);
  return {
    of: (workload) => {
      const named = byTarget.get(targetKey(workload, workload)) ?? [];
      const [first, ...others] = named.filter(({ target }) => sameGroup(target.group, workload.group));
      if (first === undefined) return undefined;
      for (const other of others) problems.push(reportSecond(first, other, workload));
      for (const autoscaler of [first, ...others]) bound.add(autoscaler);
      return first;
    },
    diagnostics: () => [...problems, ...autoscalers.filter((one) => !bound.has(one)).map(reportUnbound)],
  };
}

/**
 * The replicas of a workload under its autoscaler. One whose `replicas` is set to 0 switches a HorizontalPodAutoscaler
 * off; KEDA scales from 0 by itself.
 */
export function replicasUnder(autoscaler: Autoscaler | undefined, declared: number): Replicas {
  if (autoscaler === undefined) return { declared, minimum: declared, maximum: declared };
  const { kind, name, place } = autoscaler;
  const off = declared === 0 && kind === "HorizontalPodAutoscaler";
  return {
    declared,
    minimum: off ? 0 : autoscaler.minimum,
    maximum: off ? 0 : Math.max(autoscaler.minimum, autoscaler.maximum),
    autoscaler: { kind, name, place },
  };
}

function isOriginal({ object }: PlacedObject): boolean {
  return controllerOf(object)?.kind !== "ScaledObject";
}

function readHorizontalPodAutoscaler(placed: PlacedObject): Autoscaler | undefined {
  const spec = asObject(placed.object.value.spec);
  const target = readTarget(spec.scaleTargetRef, undefined, undefined);
  if (target === undefined) return undefined;
  const minimum = count(spec.minReplicas, 1);
  return {
    ...identity(placed, "HorizontalPodAutoscaler"),
    minimum,
    maximum: count(spec.maxReplicas, minimum),
    target,
    unreadable: unreadableBounds(placed, "minReplicas", "maxReplicas"),
  };
}

function readScaledObject(placed: PlacedObject): Autoscaler | undefined {
  const { spec: rawSpec, metadata } = placed.object.value;
  const spec = asObject(rawSpec);
  const target = readTarget(spec.scaleTargetRef, "apps", "Deployment");
  if (target === undefined) return undefined;
  const paused = asStringMap(asObject(metadata).annotations)["autoscaling.keda.sh/paused-replicas"];
  const fixed = paused !== undefined && /^\d{1,6}$/.test(paused) ? Number(paused) : undefined;
  return {
    ...identity(placed, "ScaledObject"),
    minimum: fixed ?? count(spec.minReplicaCount, 0),
    maximum: fixed ?? count(spec.maxReplicaCount, 100),
    target,
    unreadable: fixed === undefined ? unreadableBounds(placed, "minReplicaCount", "maxReplicaCount") : [],
  };
}

function unreadableBounds({ object }: PlacedObject, ...fields: readonly string[]): readonly UnreadableField[] {
  return fields.flatMap((field) => unreadableCount(object, ["spec", field]));
}

function identity<Kind extends Autoscaler["kind"]>(placed: PlacedObject, kind: Kind) {
  const { environment, cluster, namespace, object } = placed;
  return { environment, cluster, namespace, kind, name: object.name, place: object.locate([]) };
}

function readTarget(reference: unknown, group: string | undefined, kind: string | undefined): ScaleTarget | undefined {
  const target = asObject(reference);
  const apiVersion = asText(target.apiVersion);
  const targetKind = asText(target.kind) ?? kind;
  const name = asText(target.name);
  if (targetKind === undefined || name === undefined) return undefined;
  return { group: apiVersion === undefined ? group : apiGroup(apiVersion), kind: targetKind, name };
}

function count(value: unknown, byDefault: number): number {
  return Math.max(0, asInteger(value) ?? byDefault);
}

function targetKey(scope: NamespaceScope, { kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${scopeKey(scope)}/${kind}/${name}`;
}

/** `extensions` is the old home of what is in `apps` today. */
function sameGroup(named: string | undefined, actual: string): boolean {
  const modern = (group: string) => (group === "extensions" ? "apps" : group);
  return named === undefined || modern(named) === modern(actual);
}

function checkBounds({ kind, name, minimum, maximum, place }: Autoscaler): readonly Diagnostic[] {
  if (minimum <= maximum) return [];
  return [diagnose(autoscalerBounds, { autoscaler: `${kind}/${name}`, minimum, maximum }, { place })];
}

function reportSecond(first: Autoscaler, other: Autoscaler, workload: Scalable): Diagnostic {
  return diagnose(
    twoAutoscalers,
    {
      workload: `${workload.kind}/${workload.name}`,
      autoscaler: `${first.kind}/${first.name}`,
      other: `${other.kind}/${other.name}`,
    },
    { place: other.place },
  );
}

function reportUnbound({ kind, name, target, place }: Autoscaler): Diagnostic {
  const parameters = { autoscaler: `${kind}/${name}`, target: `${target.kind}/${target.name}` };
  return diagnose(unboundAutoscaler, parameters, { place });
}
