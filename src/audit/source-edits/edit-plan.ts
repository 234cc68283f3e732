import type { JsonObject, KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Finding } from "../finding.ts";
import type { FieldWish } from "./wishes.ts";

/** A fix that is not written, and why. */
export interface FixRefusal {
  readonly finding: Finding;
  /** A clause that follows "because", without a full stop. */
  readonly reason: string;
}

/** What one round of fixes does to the texts, and what it must do to the rendered objects. */
export interface EditPlan {
  /** Texts that change or are new, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly made: readonly Finding[];
  readonly refused: readonly FixRefusal[];
  /** They change what another fix changes at the same time: to be judged anew after this round. */
  readonly deferred: readonly Finding[];
  /** Rendered objects that change, with every field that does. */
  readonly changes: ReadonlyMap<KubernetesObject, readonly PlannedChange[]>;
  readonly additions: readonly PlannedAddition[];
  /** Paths that each fix edits. */
  readonly paths: ReadonlyMap<Finding, ReadonlySet<string>>;
}

export interface PlannedChange extends FieldWish {
  readonly finding: Finding;
}

/** An object that is added beside each of the subjects. */
export interface PlannedAddition {
  readonly manifest: JsonObject;
  readonly subjects: ReadonlySet<KubernetesObject>;
  readonly finding: Finding;
}

/** Fixes that are being planned; each is taken in whole or not at all. */
export class PlannedChanges {
  readonly changes = new Map<KubernetesObject, PlannedChange[]>();
  readonly paths = new Map<Finding, Set<string>>();
  additions: readonly PlannedAddition[] = [];

  /** How a wish relates to what is planned already. */
  relation(object: KubernetesObject, wish: FieldWish, isSame: (left: unknown, right: unknown) => boolean) {
    for (const planned of this.changes.get(object) ?? []) {
      if (!overlaps(reachOf(planned), reachOf(wish))) continue;
      return isSame(planned.path, wish.path) && isSame(planned.value, wish.value) ? "same" : "conflict";
    }
    return "new";
  }

  add(finding: Finding, objects: Iterable<KubernetesObject>, wish: FieldWish): void {
    for (const object of objects) {
      const known = this.changes.get(object) ?? [];
      known.push({ finding, path: wish.path, value: wish.value });
      this.changes.set(object, known);
    }
  }

  edited(finding: Finding, path: string): void {
    const paths = this.paths.get(finding) ?? new Set<string>();
    this.paths.set(finding, paths.add(path));
  }

  /** Gives back a function that undoes what is planned from now on. */
  mark(): () => void {
    const changes = new Map([...this.changes].map(([object, planned]) => [object, planned.length]));
    const { additions } = this;
    return () => {
      for (const [object, planned] of this.changes) planned.splice(changes.get(object) ?? 0);
      this.additions = additions;
    };
  }
}

/** Taking an item away moves those after it: the whole list changes. */
function reachOf({ path, value }: FieldWish): readonly (string | number)[] {
  return value === undefined && typeof path.at(-1) === "number" ? path.slice(0, -1) : path;
}

function overlaps(left: readonly unknown[], right: readonly unknown[]): boolean {
  const shared = Math.min(left.length, right.length);
  return left.slice(0, shared).every((step, index) => step === right[index]);
}
