import { nearestName } from "../diagnostics/nearest-name.ts";
import { entryOf } from "../kubernetes/map-entry.ts";

/** Fields of an Application without which none of its journeys can be judged. */
const NEEDED_FIELDS: readonly string[] = ["manifests", "clusters", "dependencies", "entryPoints"];

/** Fields of a journey, entry point or dependency that say what it needs; a dependency without type is a hard one. */
const NEEDED_OF_PARTS: readonly string[] = ["through", "workload", "from", "to"];

/** What the journeys of an Application need and cannot have, as noun phrases, for all environments or for one. */
export class MissingNeeds {
  private readonly everywhere = new Set<string>();
  private readonly byEnvironment = new Map<string, Set<string>>();
  /** Files, folders and charts that could not be read or rendered whole. */
  readonly unread = new Set<string>();

  add(need: string, environment?: string): void {
    if (environment === undefined) this.everywhere.add(need);
    else entryOf(this.byEnvironment, environment, () => new Set<string>()).add(need);
  }

  addUnread(path: string, environment: string): void {
    this.unread.add(path);
    this.add(`all of ${path}, which could not be read`, environment);
  }

  get ofAll(): readonly string[] {
    return [...this.everywhere];
  }

  of(environment: string): readonly string[] {
    return [...(this.byEnvironment.get(environment) ?? [])];
  }
}

/** Of the fields that were taken out of an Application, those that every journey of it needs. */
export function neededFields(removed: readonly string[]): readonly string[] {
  return removed.filter((path) => {
    const [, top, part] = /^spec\.([^.[]+)(?:\[\d+\](?:\.([^.[]+))?)?/.exec(path) ?? [];
    if (top === undefined) return false;
    const isList = top === "entryPoints" || top === "dependencies";
    return isList && part !== undefined ? isNearOne(part, NEEDED_OF_PARTS) : isNearOne(top, NEEDED_FIELDS);
  });
}

/** Of the fields that were taken out of a journey, those that say what it needs. */
export function neededFieldsOf(part: string, removed: readonly string[]): readonly string[] {
  return removed.filter((path) => {
    if (!path.startsWith(`${part}.`)) return false;
    const name = /^[^.[]+/.exec(path.slice(part.length + 1))?.[0] ?? "";
    return isNearOne(name, NEEDED_OF_PARTS);
  });
}

function isNearOne(name: string, names: readonly string[]): boolean {
  return names.includes(name) || nearestName(name, names) !== undefined;
}
