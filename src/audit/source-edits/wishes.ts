import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import type { JsonObject, KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { objectId } from "../../estate/kubernetes/object-index.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { Finding } from "../finding.ts";
import type { ChangeTarget, ManifestChange } from "../manifest-change.ts";

/** Objects of an estate as findings name them. */
export class FindingObjects {
  private readonly byId: ReadonlyMap<string, PlacedObject>;
  private readonly byTarget = new Map<string, PlacedObject>();

  constructor({ objects }: Estate) {
    this.byId = new Map(objects.map((placed) => [objectId(placed), placed]));
    for (const placed of objects) {
      this.byTarget.set(targetKey(placed, placed.object, placed.namespace), placed);
      if (placed.object.namespace !== placed.namespace) {
        this.byTarget.set(targetKey(placed, placed.object, placed.object.namespace), placed);
      }
    }
  }

  /** The object that a finding speaks of. */
  subjectOf({ subject }: Pick<Finding, "subject">): PlacedObject | undefined {
    return this.byId.get(subject);
  }

  /** The object that a change of the finding's fix is for: in the environment and on the cluster of its subject. */
  targetOf({ subject }: Pick<Finding, "subject">, target: ChangeTarget): PlacedObject | undefined {
    const [environment = "", cluster = ""] = subject.split("/");
    return this.byTarget.get(targetKey({ environment, cluster }, target, target.namespace));
  }
}

function targetKey(
  { environment, cluster }: Pick<PlacedObject, "environment" | "cluster">,
  { apiVersion, kind, name }: Pick<ChangeTarget, "apiVersion" | "kind" | "name">,
  namespace: string | undefined,
): string {
  return [environment, cluster, apiVersion, kind, namespace ?? "", name].join("\n");
}

/** A field with the value that a fix asks for; undefined takes it away. */
export interface FieldWish {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** Fields that say how much of something there is: who changes them changes the bill. */
const sizes = new Set([
  "replicas",
  "minReplicas",
  "maxReplicas",
  "minReplicaCount",
  "maxReplicaCount",
  "resources",
  "parallelism",
]);

/**
 * What fixes ask of each rendered object. A text that several environments share changes them all: `all` findings say who
 * asks for a change, whether or not it counts there; sizes are only asked for by findings that count.
 */
export class Wishes {
  private readonly fields = new Map<KubernetesObject, FieldWish[]>();
  private readonly additions = new Map<KubernetesObject, JsonObject[]>();

  constructor(counted: readonly Finding[], all: readonly Finding[], objects: FindingObjects) {
    this.collect(counted, objects, () => true);
    this.collect(all, objects, ({ path }) => !isSize(path));
  }

  private collect(findings: readonly Finding[], objects: FindingObjects, counts: (wish: FieldWish) => boolean): void {
    for (const finding of findings) {
      const subject = objects.subjectOf(finding)?.object;
      for (const change of finding.fix?.changes ?? []) {
        if (change.kind === "add") {
          if (subject !== undefined) append(this.additions, subject, change.manifest);
          continue;
        }
        const target = objects.targetOf(finding, change.target)?.object;
        if (target !== undefined && counts(wishOf(change))) append(this.fields, target, wishOf(change));
      }
    }
  }

  holds(object: KubernetesObject, { path, value }: FieldWish): boolean {
    const wishes = this.fields.get(object) ?? [];
    return wishes.some((wish) => equalValues(wish.path, path) && equalValues(wish.value, value));
  }

  /**
   * Whether a text that sets the field for all these objects may be changed: each asks for it, or most do and it costs the
   * others nothing. Overlays that repeat one another would be the price of sparing them.
   */
  allow(objects: readonly KubernetesObject[], wish: FieldWish): boolean {
    const wishing = objects.filter((object) => this.holds(object, wish)).length;
    if (wishing === objects.length) return true;
    return !isSize(wish.path) && wishing > 1 && wishing * 2 > objects.length;
  }

  /** Objects that ask for the field to be so. */
  wishing(wish: FieldWish): readonly KubernetesObject[] {
    return [...this.fields.keys()].filter((object) => this.holds(object, wish));
  }

  holdsAddition(subject: KubernetesObject, manifest: JsonObject): boolean {
    return (this.additions.get(subject) ?? []).some((wish) => equalValues(wish, manifest));
  }

  wishingAddition(manifest: JsonObject): readonly KubernetesObject[] {
    return [...this.additions.keys()].filter((subject) => this.holdsAddition(subject, manifest));
  }
}

function isSize(path: FieldPath): boolean {
  return path.some((step) => sizes.has(String(step)));
}

export function wishOf(change: Exclude<ManifestChange, { readonly kind: "add" }>): FieldWish {
  return { path: change.path, value: change.kind === "set" ? change.value : undefined };
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
