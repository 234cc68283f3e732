import { apiGroup } from "./group-kind.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";

/** Azure Service Operator names its versions by the day of Azure's API: `v1api20240301`, later `v20260501`. */
const serviceOperator = /^[a-z]+\.azure\.com\/v(?:1api)?\d{8}(?:preview)?$/;
/** Crossplane itself, and its providers of Upbound. */
const crossplaneGroup = /(?:^|\.)(?:crossplane|upbound)\.io$/;
/** What such objects are kept in and filled from. */
const carriers = new Set(["Namespace", "ConfigMap", "Secret", "EnvironmentConfig"]);

/**
 * True when objects tell an operator what to make in Azure, and are nothing else: they run where that operator runs, not on
 * the clusters that they may describe.
 */
export function isForCloudOperator(objects: readonly KubernetesObject[]): boolean {
  const isOperated = ({ apiVersion }: KubernetesObject) =>
    serviceOperator.test(apiVersion) || crossplaneGroup.test(apiGroup(apiVersion));
  return objects.some(isOperated) && objects.every((object) => isOperated(object) || carriers.has(object.kind));
}
