import { apiGroup } from "../../estate/kubernetes/group-kind.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";

const agentGroups = /(?:^|\.)(?:fluxcd\.io|argoproj\.io)$/;
/** Kinds of Argo CD that tell it what to deliver; Rollouts and Workflows of the same group are payload. */
const argoKinds = new Set(["Application", "ApplicationSet", "AppProject"]);

/** True for an object that tells an agent what to deliver, and is no part of what runs. */
export function isAgentObject({ apiVersion, kind }: KubernetesObject): boolean {
  const group = apiGroup(apiVersion);
  return agentGroups.test(group) && (group !== "argoproj.io" || argoKinds.has(kind));
}

const variable = /(?<!\$)\$\{[A-Za-z_]\w*(?:[^}]*)\}/;

/** True where the text of some object holds `${name}`, which Flux would replace. */
export function holdsVariables(objects: readonly KubernetesObject[]): boolean {
  return objects.some(({ value }) => variable.test(JSON.stringify(value)));
}

/** The one namespace that objects are in; undefined where they are in none or several. */
export function onlyNamespace(objects: readonly KubernetesObject[]): string | undefined {
  const names = new Set(objects.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace])));
  return names.size === 1 ? [...names][0] : undefined;
}
