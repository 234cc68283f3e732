import type { FieldPath, YamlDocument } from "../sources/yaml-document.ts";

type Container = { [key: string]: unknown } | unknown[];

/** Documents are a few levels deep; what lies below this is in nobody's schema and stays as it is. */
const DEPTH_COPIED = 40;

/**
 * A document's value from which unusable parts are taken out one by one, and which still knows where each remaining
 * part stood. Absent and null mean the same, as in Kubernetes.
 */
export class DocumentDraft {
  readonly document: YamlDocument;
  value: unknown;
  /** Original indices of the items left in a list, by the list's original path; lists not shortened are absent. */
  private readonly keptItems = new Map<string, number[]>();
  private readonly removed = new Set<string>();

  constructor(document: YamlDocument) {
    this.document = document;
    this.value = copyWithoutNulls(document.value, 0);
  }

  /** The value at a path; undefined when there is none. */
  at(path: FieldPath): unknown {
    let current = this.value;
    for (const key of path) {
      if (!isContainer(current) || !Object.hasOwn(current, key)) return undefined;
      current = (current as { [key: string | number]: unknown })[key];
    }
    return current;
  }

  /** Where the part at a path of the draft stood in the document. */
  original(path: FieldPath): FieldPath {
    const result: (string | number)[] = [];
    for (const key of path) {
      const kept = typeof key === "number" ? this.keptItems.get(keyOf(result)) : undefined;
      result.push(kept === undefined ? key : (kept[key as number] ?? key));
    }
    return result;
  }

  /** True when the part at the path, or one around it, was taken out. */
  wasRemoved(path: FieldPath): boolean {
    return this.removed.has(keyOf(this.original(path)));
  }

  replace(path: FieldPath, value: unknown): void {
    const parent = this.at(path.slice(0, -1));
    const key = path.at(-1);
    if (key !== undefined && isContainer(parent)) (parent as { [key: string | number]: unknown })[key] = value;
  }

  /** Takes out the parts at the paths, all of them paths of the draft as it is now. */
  removeAll(paths: readonly FieldPath[]): void {
    const originals = paths.map((path) => this.original(path));
    for (const original of originals) this.removed.add(keyOf(original));
    // Items of a list go from the last to the first, so that the indices of those still to go stay right.
    const order = [...paths].sort(compareDescending);
    for (const path of order) this.remove(path);
  }

  private remove(path: FieldPath): void {
    const key = path.at(-1);
    const parentPath = path.slice(0, -1);
    const parent = this.at(parentPath);
    if (Array.isArray(parent) && typeof key === "number") {
      const listKey = keyOf(this.original(parentPath));
      const kept = this.keptItems.get(listKey) ?? parent.map((_, index) => index);
      kept.splice(key, 1);
      this.keptItems.set(listKey, kept);
      parent.splice(key, 1);
    } else if (isContainer(parent) && key !== undefined) {
      delete (parent as { [key: string]: unknown })[String(key)];
    }
  }
}

function copyWithoutNulls(value: unknown, depth: number): unknown {
  if (!isContainer(value) || depth > DEPTH_COPIED) return value;
  if (Array.isArray(value)) return value.map((item) => copyWithoutNulls(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) =>
      field === null || field === undefined ? [] : [[key, copyWithoutNulls(field, depth + 1)]],
    ),
  );
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

function keyOf(path: FieldPath): string {
  return JSON.stringify(path);
}

/** Deeper and later parts first. */
function compareDescending(left: FieldPath, right: FieldPath): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const one = left[index];
    const other = right[index];
    if (one === other) continue;
    if (typeof one === "number" && typeof other === "number") return other - one;
    return String(one) < String(other) ? 1 : -1;
  }
  return right.length - left.length;
}
