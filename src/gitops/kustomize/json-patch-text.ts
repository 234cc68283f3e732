import type { ObjectKey } from "../delivery/object-key.ts";
import type { PatchOperation } from "../factoring/factored-unit.ts";
import { yamlText } from "../repository/yaml-text.ts";

/** Operations as an RFC 6902 patch in YAML. */
export function jsonPatchText(operations: readonly PatchOperation[]): string {
  return yamlText(
    operations.map((operation) => ({
      op: operation.op,
      path: pointer(operation.path),
      ...(operation.op === "remove" ? {} : { value: operation.value }),
    })),
  );
}

/** RFC 6901. */
function pointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The target of a patch: everything that names an object. Kustomize reads the values as regular expressions. */
export function patchTarget({ group, version, kind, namespace, name }: ObjectKey): { readonly [key: string]: string } {
  return {
    ...(group === "" ? {} : { group: escaped(group) }),
    version: escaped(version),
    kind: escaped(kind),
    name: escaped(name),
    ...(namespace === undefined ? {} : { namespace: escaped(namespace) }),
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A patch that takes one object away; Kustomize fails when it is not there. */
export function removalText({ group, version, kind, namespace, name }: ObjectKey): string {
  return yamlText({
    apiVersion: group === "" ? version : `${group}/${version}`,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    $patch: "delete",
  });
}
