import { asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { listAt, unreadable } from "./pod-fields.ts";

/** A container of any list, as the Pod Security Standards visit them: init, regular, ephemeral. */
export interface StandardContainer {
  readonly name: string;
  readonly value: JsonObject;
  /** Inside the pod, such as `["spec", "containers", 0]`. */
  readonly path: FieldPath;
}

/** A pod, or a pod template, after the defaulting of the API server that the standards can see. */
export interface StandardPod {
  /** `metadata` and `spec`. */
  readonly value: JsonObject;
  readonly containers: readonly StandardContainer[];
  /** Lists of containers that cannot be read, so that not every container is known. */
  readonly unreadable: readonly FieldPath[];
}

const containerLists = ["initContainers", "containers", "ephemeralContainers"] as const;

/**
 * Reads a pod or a pod template. With `hostNetwork` the API server copies each container port to the host port where that
 * is not stated (not for ephemeral containers); a volume that names no source becomes an emptyDir.
 */
export function readStandardPod(template: JsonObject): StandardPod {
  const spec = asObject(template.spec);
  const containers: StandardContainer[] = [];
  const unknown: FieldPath[] = [];
  for (const list of containerLists) {
    const entries = listAt(template, ["spec", list]);
    if (entries === unreadable) {
      unknown.push(["spec", list]);
      continue;
    }
    for (const [position, entry] of entries.entries()) {
      const path = ["spec", list, position];
      if (!isJsonObject(entry)) unknown.push(path);
      else containers.push({ name: asText(entry.name) ?? "", value: withDefaults(entry, spec, list), path });
    }
  }
  return { value: template, containers, unreadable: unknown };
}

function withDefaults(container: JsonObject, spec: JsonObject, list: (typeof containerLists)[number]): JsonObject {
  if (spec.hostNetwork !== true || list === "ephemeralContainers" || !Array.isArray(container.ports)) return container;
  const ports = container.ports.map((port: unknown) =>
    isJsonObject(port) && (port.hostPort === undefined || port.hostPort === null || port.hostPort === 0)
      ? { ...port, hostPort: port.containerPort }
      : port,
  );
  return { ...container, ports };
}
