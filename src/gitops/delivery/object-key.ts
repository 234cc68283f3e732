import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";

/** What names an object on a cluster: API group (not version), kind, namespace and name. */
export interface ObjectKey {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

export function objectKeyOf({ apiVersion, kind, metadata }: JsonObject): ObjectKey {
  const { name, namespace } = (metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown };
  const [version = "", group = ""] = String(apiVersion).split("/").reverse();
  return {
    group,
    version,
    kind: String(kind),
    namespace: typeof namespace === "string" ? namespace : undefined,
    name: String(name),
  };
}

/** Equal for the same object of a cluster, whatever the version it is written in; sorts by group, kind, namespace, name. */
export function objectKeyText({ group, kind, namespace, name }: ObjectKey): string {
  return `${group}/${kind}/${namespace ?? ""}/${name}`;
}
