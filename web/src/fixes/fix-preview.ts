import { dump } from "js-yaml";
import type { ChangeTarget, ManifestChange } from "../../../src/audit/manifest-change.ts";
import { asObject, asText } from "../../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../src/estate/kubernetes/kubernetes-object.ts";
import type { Estate, PlacedObject } from "../../../src/estate/model/estate.ts";
import { applyChange } from "./apply-change.ts";
import { type ChangedRun, changedRuns, diffLines } from "./diff-lines.ts";

/** What a fix does to one object: the lines of its manifest that change, with some around them. */
interface ObjectChange {
  /** `Deployment shop/web`. */
  readonly object: string;
  /** Made by the fix. */
  readonly isNew: boolean;
  readonly runs: readonly ChangedRun[];
}

export interface FixPreview {
  readonly objects: readonly ObjectChange[];
}

/** Before and after of every object that the changes touch, as it stands in the environment and cluster of the subject. */
export function previewFix(estate: Estate, subject: string, changes: readonly ManifestChange[]): FixPreview {
  const edits = changes.flatMap((change) => (change.kind === "add" ? [] : [change]));
  const edited = [...Map.groupBy(edits, ({ target }) => nameOf(target)).values()].flatMap((group) => {
    const [first] = group;
    const found = first === undefined ? undefined : findObject(estate, first.target, subject);
    if (first === undefined || found === undefined) return [];
    const after = group.reduce(applyChange, found.object.value);
    return [{ object: nameOf(first.target), isNew: false, runs: compare(found.object.value, after) }];
  });
  const added = changes.flatMap((change) =>
    change.kind === "add"
      ? [{ object: nameOfManifest(change.manifest), isNew: true, runs: compare(undefined, change.manifest) }]
      : [],
  );
  return { objects: [...edited, ...added] };
}

function compare(before: JsonObject | undefined, after: JsonObject): ObjectChange["runs"] {
  return changedRuns(diffLines(before === undefined ? [] : linesOf(before), linesOf(after)));
}

function linesOf(object: JsonObject): readonly string[] {
  return dump(object, { lineWidth: -1, noRefs: true }).trimEnd().split("\n");
}

/** Of several objects of a name, one for each environment and cluster, the one that the finding speaks of. */
function findObject(estate: Estate, target: ChangeTarget, subject: string): PlacedObject | undefined {
  const candidates = estate.objects.filter(
    ({ object, namespace }) =>
      object.kind === target.kind &&
      object.name === target.name &&
      object.apiVersion === target.apiVersion &&
      (target.namespace === undefined || namespace === target.namespace),
  );
  const segments = new Set(subject.split("/"));
  return (
    candidates.find(({ environment, cluster }) => segments.has(environment) && segments.has(cluster)) ?? candidates[0]
  );
}

function nameOf({ kind, namespace, name }: ChangeTarget): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

function nameOfManifest({ apiVersion, kind, metadata }: JsonObject): string {
  const { name, namespace } = asObject(metadata);
  return nameOf({
    apiVersion: asText(apiVersion) ?? "",
    kind: asText(kind) ?? "",
    namespace: asText(namespace),
    name: asText(name) ?? "",
  });
}
