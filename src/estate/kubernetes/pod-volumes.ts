import type { FieldPath } from "../sources/yaml-document.ts";
import { asInteger, asList, asObject, asText, isJsonObject, valueAt } from "./json-value.ts";
import type { JsonObject } from "./kubernetes-object.ts";
import { matchesLabels, readLabelSelector } from "./selector.ts";
import type { VolumeClaim, Workload } from "./workload.ts";

/** A volume that lives and dies with the node or the pod. */
export interface LocalVolume {
  readonly name: string;
  readonly kind: "emptyDir" | "hostPath";
  readonly value: JsonObject;
  /** Of the volume's source inside the workload's object. */
  readonly path: FieldPath;
  /** Where containers may write to it. */
  readonly writablePaths: readonly string[];
}

/** The emptyDir and hostPath volumes of a pod, with the paths at which its containers may write to them. */
export function localVolumesOf({ podSpec, podSpecPath, containers }: Workload): readonly LocalVolume[] {
  const mounts = new Map<string, string[]>();
  for (const { value } of containers) {
    for (const each of asList(value["volumeMounts"])) {
      const mount = asObject(each);
      const name = asText(mount["name"]);
      const path = asText(mount["mountPath"]);
      if (name === undefined || path === undefined || mount["readOnly"] === true) continue;
      mounts.set(name, [...(mounts.get(name) ?? []), path]);
    }
  }
  return asList(podSpec["volumes"]).flatMap((each, position): LocalVolume[] => {
    const volume = asObject(each);
    const name = asText(volume["name"]) ?? "";
    const kind = isJsonObject(volume["hostPath"]) ? "hostPath" : "emptyDir";
    const value = volume[kind];
    // `emptyDir:` with nothing below is an empty one.
    if (value === undefined || (kind === "hostPath" && !isJsonObject(value))) return [];
    const path = [...podSpecPath, "volumes", position, kind];
    return [{ name, kind, value: asObject(value), path, writablePaths: mounts.get(name) ?? [] }];
  });
}

/** The claims whose data outlives the pod: all but those of generic ephemeral volumes. */
export function lastingClaims({ claims, podSpec }: Workload): readonly VolumeClaim[] {
  const ephemeral = new Set(
    asList(podSpec["volumes"]).flatMap((volume) =>
      isJsonObject(valueAt(volume, ["ephemeral", "volumeClaimTemplate"])) ? [asObject(volume)["name"]] : [],
    ),
  );
  return claims.filter(({ name, perReplica }) => !(perReplica && ephemeral.has(name)));
}

const nodeNameLabel = "kubernetes.io/hostname";

/** True when all pods of the workload can only run on one and the same node. */
export function isPinnedToOneNode({ podSpec, podLabels, nodeSelector }: Workload): boolean {
  if (asText(podSpec["nodeName"]) !== undefined) return true;
  if (nodeSelector[nodeNameLabel] !== undefined) return true;
  const terms = valueAt(podSpec, ["affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]);
  return asList(terms).some((term) => {
    const { topologyKey, labelSelector } = asObject(term);
    const selector = readLabelSelector(labelSelector);
    return topologyKey === nodeNameLabel && selector !== undefined && matchesLabels(selector, podLabels);
  });
}

/** True for an emptyDir on tmpfs: what is in it counts as memory. */
export function isInMemory({ value }: LocalVolume): boolean {
  return value["medium"] === "Memory";
}

/** True when the emptyDir has a bound of its own. */
export function hasSizeLimit({ value }: LocalVolume): boolean {
  const limit = value["sizeLimit"];
  return asText(limit) !== undefined || (asInteger(limit) ?? 0) > 0;
}
