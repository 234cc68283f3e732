import { indexPods, type PodIndex } from "../../estate/kubernetes/pod-index.ts";
import type { LabelSelector } from "../../estate/kubernetes/selector.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { NamespaceReading } from "./namespace-reading.ts";
import { serviceAccountLabel } from "./read-endpoint-selector.ts";

/** What of a workload network policies look at. */
export type NetworkSubject = Pick<
  Workload,
  | "id"
  | "label"
  | "environment"
  | "cluster"
  | "namespace"
  | "kind"
  | "name"
  | "tenant"
  | "podLabels"
  | "podSpec"
  | "hostNetwork"
  | "containers"
  | "opaque"
  | "replicas"
  | "place"
>;

/** Positions of workloads that a selector matches, and of those that it may match. */
export interface Selected {
  readonly yes: readonly number[];
  readonly maybe: readonly number[];
}

interface IndexedPods {
  readonly id: string;
  readonly position: number;
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly podLabels: { readonly [key: string]: string };
}

/** Finds the pods of one cluster by the labels of their namespace and their own. */
export class PodSelection {
  readonly #pods: PodIndex<IndexedPods>;
  readonly #namespaces: NamespaceReading;
  readonly #byNamespace: ReadonlyMap<string, readonly number[]>;
  /** Workloads whose pods cannot be seen, by namespace: any selector may match them. */
  readonly #opaque: ReadonlyMap<string, readonly number[]>;

  constructor(workloads: readonly NetworkSubject[], namespaces: NamespaceReading) {
    const positions = workloads.map((workload, position) => ({ workload, position }));
    const visible = positions.filter(({ workload }) => !workload.opaque);
    this.#pods = indexPods(visible.map(({ workload, position }) => indexed(workload, position)));
    this.#namespaces = namespaces;
    this.#byNamespace = positionsByNamespace(positions);
    this.#opaque = positionsByNamespace(positions.filter(({ workload }) => workload.opaque));
  }

  namespaces(): Iterable<string> {
    return this.#byNamespace.keys();
  }

  inNamespace(namespace: string | undefined): readonly number[] {
    return namespace === undefined ? [...this.#byNamespace.values()].flat() : (this.#byNamespace.get(namespace) ?? []);
  }

  /** `namespaces` undefined: only `own`. */
  select(namespaces: LabelSelector | undefined, pods: LabelSelector, own: string | undefined): Selected {
    const yes: number[] = [];
    const maybe: number[] = [];
    const candidates =
      namespaces === undefined ? [own ?? ""] : this.#namespaces.candidates(namespaces, this.#byNamespace);
    for (const namespace of candidates) {
      const match = namespaces === undefined ? "yes" : this.#namespaces.matches(namespaces, namespace);
      if (match === "no") continue;
      const scope = { environment: "", cluster: "", namespace };
      const seen = this.#pods.select(scope, pods).map(({ position }) => position);
      const unseen = this.#opaque.get(namespace) ?? [];
      if (match === "yes") yes.push(...seen);
      else maybe.push(...seen);
      if (match === "yes" && pods.requirements.length === 0) yes.push(...unseen);
      else maybe.push(...unseen);
    }
    return { yes, maybe };
  }
}

function indexed({ id, namespace, kind, name, podLabels, podSpec }: NetworkSubject, position: number): IndexedPods {
  const { serviceAccountName } = podSpec;
  const account = typeof serviceAccountName === "string" && serviceAccountName !== "" ? serviceAccountName : "default";
  return {
    id,
    position,
    environment: "",
    cluster: "",
    namespace,
    kind,
    name,
    podLabels: { ...podLabels, [serviceAccountLabel]: account },
  };
}

function positionsByNamespace(
  list: readonly { readonly workload: NetworkSubject; readonly position: number }[],
): ReadonlyMap<string, readonly number[]> {
  const groups = Map.groupBy(list, ({ workload }) => workload.namespace);
  return new Map([...groups].map(([namespace, group]) => [namespace, group.map(({ position }) => position)]));
}
