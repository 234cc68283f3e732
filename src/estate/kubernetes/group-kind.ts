import type { KubernetesObject } from "./kubernetes-object.ts";

/** The API group of an `apiVersion`: `apps` of `apps/v1`, empty for the core group. */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash === -1 ? "" : apiVersion.slice(0, slash);
}

/** `Kind.group`, as Kubernetes writes a kind without its version; the core group is left out. */
export function groupKind(object: Pick<KubernetesObject, "apiVersion" | "kind">): string {
  const group = apiGroup(object.apiVersion);
  return group === "" ? object.kind : `${object.kind}.${group}`;
}
