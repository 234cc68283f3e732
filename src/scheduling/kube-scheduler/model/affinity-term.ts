import { asInteger, asList, asObject, asText, type StringMap } from "../../../estate/kubernetes/json-value.ts";
import {
  formatLabelSelector,
  inspectLabelSelector,
  type LabelRequirement,
  type LabelSelector,
  matchesLabels,
} from "../../../estate/kubernetes/selector.ts";
import type { ReadingProblem } from "./reading-problem.ts";

/** A set of pods by namespace and labels; what pod affinity terms and spread constraints select with. */
export interface PodSelection {
  /** The same for selections that select alike. */
  readonly key: string;
  readonly namespaces: readonly string[];
  /** Adds the namespaces whose labels it matches; an empty selector adds all. */
  readonly namespaceSelector: LabelSelector | undefined;
  /** Undefined matches no pod. */
  readonly selector: LabelSelector | undefined;
}

/** A pod (anti-)affinity term. */
export interface AffinityTerm {
  readonly selection: PodSelection;
  readonly topologyKey: string;
}

interface WeightedTerm {
  readonly weight: number;
  readonly term: AffinityTerm;
}

/** Required and preferred terms of podAffinity or podAntiAffinity. */
export interface PodAffinity {
  readonly required: readonly AffinityTerm[];
  readonly preferred: readonly WeightedTerm[];
}

const noPodAffinity: PodAffinity = { required: [], preferred: [] };

/** Labels and namespace of the pod that owns a term. */
export interface TermOwner {
  readonly namespace: string;
  readonly labels: StringMap;
  readonly readsMatchLabelKeys: boolean;
}

/** A selection whose key follows from its content. */
export function podSelection(
  namespaces: readonly string[],
  namespaceSelector: LabelSelector | undefined,
  selector: LabelSelector | undefined,
): PodSelection {
  const sorted = [...new Set(namespaces)].toSorted();
  const key = JSON.stringify([
    sorted,
    namespaceSelector === undefined ? null : formatLabelSelector(namespaceSelector),
    selector === undefined ? null : formatLabelSelector(selector),
  ]);
  return { key, namespaces: sorted, namespaceSelector, selector };
}

/** True when the selection holds a pod with these labels in a namespace with those labels. */
export function selectsPod(
  { namespaces, namespaceSelector, selector }: PodSelection,
  namespace: string,
  labels: StringMap,
  namespaceLabels: StringMap,
): boolean {
  if (selector === undefined) return false;
  const inScope =
    namespaces.includes(namespace) ||
    (namespaceSelector !== undefined && matchesLabels(namespaceSelector, namespaceLabels));
  return inScope && matchesLabels(selector, labels);
}

/** Reads `podAffinity` or `podAntiAffinity`. */
export function readPodAffinity(
  value: unknown,
  owner: TermOwner,
  path: readonly (string | number)[],
  problems: ReadingProblem[],
): PodAffinity {
  if (value === undefined || value === null) return noPodAffinity;
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = asObject(value);
  const { preferredDuringSchedulingIgnoredDuringExecution: preferred } = asObject(value);
  return {
    required: asList(required).map((term, index) =>
      readTerm(term, owner, [...path, "requiredDuringSchedulingIgnoredDuringExecution", index], problems),
    ),
    preferred: asList(preferred).flatMap((entry, index) => {
      const weight = asInteger(asObject(entry).weight) ?? 0;
      const at = [...path, "preferredDuringSchedulingIgnoredDuringExecution", index];
      const term = readTerm(asObject(entry).podAffinityTerm, owner, [...at, "podAffinityTerm"], problems);
      if (weight < 1 || weight > 100) problems.push({ path: [...at, "weight"], text: "is not from 1 to 100" });
      return weight === 0 ? [] : [{ weight, term }];
    }),
  };
}

function readTerm(
  value: unknown,
  owner: TermOwner,
  path: readonly (string | number)[],
  problems: ReadingProblem[],
): AffinityTerm {
  const term = asObject(value);
  const selector = readSelector(term.labelSelector, [...path, "labelSelector"], problems);
  const namespaceSelector = readSelector(term.namespaceSelector, [...path, "namespaceSelector"], problems);
  const named = asList(term.namespaces).flatMap((name) => asText(name) ?? []);
  const namespaces = named.length === 0 && namespaceSelector === undefined ? [owner.namespace] : named;
  const topologyKey = asText(term.topologyKey);
  if (topologyKey === undefined) problems.push({ path: [...path, "topologyKey"], text: "is missing" });
  return {
    selection: podSelection(namespaces, namespaceSelector, withLabelKeys(selector, term, owner)),
    topologyKey: topologyKey ?? "",
  };
}

/** Reads a label selector; what the API server would refuse is a problem. */
export function readSelector(
  value: unknown,
  path: readonly (string | number)[],
  problems: ReadingProblem[],
): LabelSelector | undefined {
  const reading = inspectLabelSelector(value);
  if (reading === undefined) return undefined;
  for (const problem of reading.problems) {
    problems.push({ path: [...path, ...problem.path], text: `cannot be used: ${problem.text}` });
  }
  return reading.selector;
}

/** `matchLabelKeys` and `mismatchLabelKeys` become requirements on the owner's own values, as the API server merges them. */
function withLabelKeys(
  selector: LabelSelector | undefined,
  term: { readonly [field: string]: unknown },
  { labels, readsMatchLabelKeys }: TermOwner,
): LabelSelector | undefined {
  if (selector === undefined || !readsMatchLabelKeys) return selector;
  return withRequirements(selector, [
    ...labelKeyRequirements(term.matchLabelKeys, labels, "In"),
    ...labelKeyRequirements(term.mismatchLabelKeys, labels, "NotIn"),
  ]);
}

/** Requirements on keys that the pod carries; keys that it lacks ask for nothing. */
export function labelKeyRequirements(
  keys: unknown,
  labels: StringMap,
  operator: "In" | "NotIn",
): readonly LabelRequirement[] {
  return asList(keys).flatMap((each) => {
    const key = asText(each);
    const value = key !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
    return key === undefined || value === undefined ? [] : [{ key, operator, values: [value] }];
  });
}

/** The selector with more requirements, in the canonical order. */
export function withRequirements(selector: LabelSelector, added: readonly LabelRequirement[]): LabelSelector {
  if (added.length === 0) return selector;
  const requirements = [...selector.requirements, ...added];
  return {
    requirements: requirements.toSorted((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0)),
  };
}
