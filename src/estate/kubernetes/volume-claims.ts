import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { danglingReference } from "../diagnostics/manifest-diagnostics.ts";
import type { PlacedObject } from "../model/estate.ts";
import { bytes } from "../quantities/quantity.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { readQuantity } from "./compute-resources.ts";
import { asList, asObject, asStringMap, asText, isJsonObject, valueAt } from "./json-value.ts";
import type { JsonObject, KubernetesObject } from "./kubernetes-object.ts";
import { type NamespaceScope, type ObjectIndex, objectId, scopeKey } from "./object-index.ts";
import type { StandaloneClaim, VolumeClaim } from "./workload.ts";

/** The pod spec whose volumes are read, and the object that holds it. */
export interface ClaimSubject {
  readonly object: KubernetesObject;
  readonly podSpec: JsonObject;
  readonly podSpecPath: FieldPath;
  readonly scope: NamespaceScope;
}

/** Every PersistentVolumeClaim that exists on its own. */
export function readStandaloneClaims(index: ObjectIndex): readonly StandaloneClaim[] {
  return index.ofKind("PersistentVolumeClaim").map((placed) => ({
    id: objectId(placed),
    environment: placed.environment,
    cluster: placed.cluster,
    namespace: placed.namespace ?? "",
    ...readClaim(placed),
  }));
}

function readClaim({ object }: PlacedObject): VolumeClaim {
  return { ...readClaimTemplate(object.value), name: object.name, perReplica: false, place: object.locate([]) };
}

/** Claims of a workload: claim templates of a StatefulSet, generic ephemeral volumes, and claims by name. */
export function readVolumeClaims(
  subject: ClaimSubject,
  index: ObjectIndex,
): { readonly claims: readonly VolumeClaim[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const claims = [
    ...readClaimTemplates(subject.object),
    ...asList(subject.podSpec.volumes).flatMap((volume, position): VolumeClaim[] => {
      const path = [...subject.podSpecPath, "volumes", position];
      const ephemeral = valueAt(volume, ["ephemeral", "volumeClaimTemplate"]);
      if (isJsonObject(ephemeral)) {
        const name = asText(asObject(volume).name) ?? "";
        return [{ ...readClaimTemplate(ephemeral), name, perReplica: true, place: subject.object.locate(path) }];
      }
      const claimName = asText(valueAt(volume, ["persistentVolumeClaim", "claimName"]));
      return claimName === undefined ? [] : [readNamedClaim(subject, index, claimName, path, diagnostics)];
    }),
  ];
  return { claims, diagnostics };
}

function readClaimTemplates(object: KubernetesObject): readonly VolumeClaim[] {
  const path = ["spec", "volumeClaimTemplates"];
  if (object.kind !== "StatefulSet") return [];
  return asList(valueAt(object.value, path)).flatMap((template, position): VolumeClaim[] => {
    if (!isJsonObject(template)) return [];
    const name = asText(asObject(template.metadata).name) ?? "";
    return [{ ...readClaimTemplate(template), name, perReplica: true, place: object.locate([...path, position]) }];
  });
}

function readNamedClaim(
  subject: ClaimSubject,
  index: ObjectIndex,
  name: string,
  path: FieldPath,
  diagnostics: Diagnostic[],
): VolumeClaim {
  const claim = index.find(subject.scope, "PersistentVolumeClaim", name);
  if (claim !== undefined) return readClaim(claim);
  const place = subject.object.locate([...path, "persistentVolumeClaim", "claimName"]);
  const from = `${scopeKey(subject.scope)}/${subject.object.kind}/${subject.object.name}`;
  const target = `PersistentVolumeClaim/${name}`;
  diagnostics.push(diagnose(danglingReference, { from, target, suggestion: undefined }, { place }));
  return { name, storageClassName: undefined, accessModes: [], sizeBytes: undefined, perReplica: false, place };
}

/** Class, access modes and size of a claim or claim template; the old annotation names the class too. */
function readClaimTemplate(claim: JsonObject): Pick<VolumeClaim, "storageClassName" | "accessModes" | "sizeBytes"> {
  const spec = asObject(claim.spec);
  const annotations = asStringMap(asObject(claim.metadata).annotations);
  const storage = valueAt(spec, ["resources", "requests", "storage"]);
  const size = readQuantity(storage);
  return {
    // An empty name is a statement of its own: bind only to volumes without a class.
    storageClassName:
      typeof spec.storageClassName === "string"
        ? spec.storageClassName
        : asText(annotations["volume.beta.kubernetes.io/storage-class"]),
    accessModes: asList(spec.accessModes).filter((mode) => typeof mode === "string"),
    sizeBytes: size === undefined ? undefined : bytes(size),
  };
}
