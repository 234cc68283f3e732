import { isOneSlipFrom } from "../diagnostics/nearest-name.ts";
import { apiGroup } from "./group-kind.ts";

/**
 * True for the apiVersion of documents of Scantling and OpenSLO, and for what was most likely meant as one:
 * `scantling.dev/v1alpha1`, `Scantling/v1`, `scantlng/v1alpha1`, and `v1alpha1` alone, which Kubernetes never had.
 * A near miss is no object of a cluster but an error of its author.
 */
export function looksLikeScantlingGroup(apiVersion: unknown): boolean {
  if (typeof apiVersion !== "string" || apiVersion.length > 100) return false;
  const group = apiVersion.includes("/") ? apiGroup(apiVersion) : apiVersion;
  return apiVersion === "v1alpha1" || isNear(group, "scantling") || isNear(group, "openslo");
}

/** True for what was meant as a document of OpenSLO rather than of Scantling. */
export function looksLikeOpenSlo(apiVersion: string): boolean {
  return isNear(apiGroup(apiVersion), "openslo");
}

function isNear(group: string, own: string): boolean {
  return group.split(".").some((label) => isOneSlipFrom(label, own));
}
