import { entryOf } from "./map-entry.ts";
import { type NamespaceScope, scopeKey } from "./object-index.ts";
import { type LabelSelector, matchesLabels } from "./selector.ts";

/** The pods of one workload, as selectors see them. */
export interface PodGroup extends NamespaceScope {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly podLabels: { readonly [key: string]: string };
}

/** Finds the workloads whose pods a selector matches, inside one scope. */
export interface PodIndex<Group extends PodGroup> {
  /** In the order given. A selector without requirements matches all pods of the scope. */
  select(scope: NamespaceScope, selector: LabelSelector): readonly Group[];
}

interface ScopePods<Group> {
  readonly all: Group[];
  /** By `key=value` of a pod label. */
  readonly byLabel: Map<string, Group[]>;
}

/** The label that the StatefulSet controller puts on each pod, with the pod's own name. */
const podNameLabel = "statefulset.kubernetes.io/pod-name";

/** Indexes pods by scope and by label, so that a selector looks only at the pods that carry its rarest label. */
export function indexPods<Group extends PodGroup>(groups: readonly Group[]): PodIndex<Group> {
  const scopes = new Map<string, ScopePods<Group>>();
  for (const group of groups) {
    const pods = entryOf(scopes, scopeKey(group), (): ScopePods<Group> => ({ all: [], byLabel: new Map() }));
    pods.all.push(group);
    for (const [key, value] of Object.entries(group.podLabels)) {
      entryOf(pods.byLabel, `${key}=${value}`, (): Group[] => []).push(group);
    }
  }
  return {
    select: (scope, selector) => {
      const pods = scopes.get(scopeKey(scope));
      return pods === undefined ? [] : selectPods(pods, selector);
    },
  };
}

function selectPods<Group extends PodGroup>(pods: ScopePods<Group>, selector: LabelSelector): readonly Group[] {
  const podName = selector.requirements.find(({ key, operator }) => key === podNameLabel && operator === "In");
  if (podName !== undefined) {
    const rest = { requirements: selector.requirements.filter((requirement) => requirement !== podName) };
    return selectPods(pods, rest).filter((group) => podName.values.some((name) => isStatefulPod(group, name)));
  }
  let candidates = pods.all;
  for (const { key, operator, values } of selector.requirements) {
    const [value] = values;
    if (operator !== "In" || values.length !== 1 || value === undefined) continue;
    const carriers = pods.byLabel.get(`${key}=${value}`) ?? [];
    if (carriers.length < candidates.length) candidates = carriers;
  }
  return candidates.filter(({ podLabels }) => matchesLabels(selector, podLabels));
}

/** True when `podName` is `NAME-ORDINAL` of the StatefulSet. */
export function isStatefulPod(group: Pick<PodGroup, "kind" | "name">, podName: string): boolean {
  if (group.kind !== "StatefulSet" || !podName.startsWith(`${group.name}-`)) return false;
  return /^\d+$/.test(podName.slice(group.name.length + 1));
}
