import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { namespaceLabels } from "../../estate/kubernetes/namespace-labels.ts";
import type { ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import { type LabelSelector, matchesLabels } from "../../estate/kubernetes/selector.ts";
import type { Match } from "./reach-policy.ts";

/** The one label that every namespace has, also one without an object among the manifests. */
const nameLabel = "kubernetes.io/metadata.name";

/** Matches namespaces by their labels, as far as the manifests declare them. */
export class NamespaceReading {
  readonly #index: ObjectIndex;
  readonly #scope: { readonly environment: string; readonly cluster: string; readonly namespace: undefined };
  readonly #complete: boolean;
  readonly #labels = new Map<string, { readonly [key: string]: string }>();

  /** `complete`: a namespace that is not among the manifests has no labels but its name. */
  constructor(index: ObjectIndex, cluster: string, environment: string, complete: boolean) {
    this.#index = index;
    this.#scope = { environment, cluster, namespace: undefined };
    this.#complete = complete;
  }

  matches(selector: LabelSelector, namespace: string): Match {
    const labels = entryOf(this.#labels, namespace, () => namespaceLabels(this.#index, { ...this.#scope, namespace }));
    const byName = selector.requirements.filter(({ key }) => key === nameLabel);
    const isKnown = byName.length === selector.requirements.length || this.#complete || this.isDeclared(namespace);
    if (isKnown) return matchesLabels(selector, labels) ? "yes" : "no";
    return matchesLabels({ requirements: byName }, labels) ? "maybe" : "no";
  }

  /** Namespaces of a list that a selector may match: those that it names, where it names them. */
  candidates(selector: LabelSelector, namespaces: ReadonlyMap<string, unknown>): Iterable<string> {
    const named = selector.requirements.find(({ key, operator }) => key === nameLabel && operator === "In");
    return named === undefined ? namespaces.keys() : named.values.filter((name) => namespaces.has(name));
  }

  isDeclared(namespace: string): boolean {
    return this.#index.find(this.#scope, "Namespace", namespace) !== undefined;
  }
}
