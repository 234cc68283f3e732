import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Bearer } from "../bill/charge.ts";

/** What costs are grouped by. */
export type AllocationKey =
  | { readonly kind: "tenant" | "application" | "namespace" | "workload" | "environment" | "cluster" }
  | { readonly kind: "label"; readonly label: string };

/** What one bearer has of every key; undefined where it has none. */
export type KeyReader = (bearer: Bearer, key: AllocationKey) => string | undefined;

/** Of what `filter` keeps: every term must hold; a term holds when the value is one of its values. */
export interface AllocationFilter {
  readonly terms: readonly { readonly key: AllocationKey; readonly values: readonly string[] }[];
}

const plainKeys = ["tenant", "application", "namespace", "workload", "environment", "cluster"] as const;

/** Names of the keys, for help and hints. */
export const allocationKeyNames: readonly string[] = [...plainKeys, "label:KEY"];

/** Reads `tenant`, `label:app.kubernetes.io/name` and the like; undefined for anything else. */
export function parseAllocationKey(text: string): AllocationKey | undefined {
  if (text.startsWith("label:")) {
    const label = text.slice("label:".length);
    return label === "" ? undefined : { kind: "label", label };
  }
  const kind = plainKeys.find((each) => each === text);
  return kind === undefined ? undefined : { kind };
}

/** How a key is written. */
export function allocationKeyText(key: AllocationKey): string {
  return key.kind === "label" ? `label:${key.label}` : key.kind;
}

/**
 * Reads `tenant=retail,risk;environment=prod` (`;` or `+` between terms); the text that is no term when there is one. A
 * label is written `label:app=web`.
 */
export function parseAllocationFilter(text: string): AllocationFilter | { readonly wrong: string } {
  const terms = [];
  for (const part of text.split(/[;+]/).map((each) => each.trim())) {
    const split = part.indexOf("=");
    const key = split <= 0 ? undefined : parseAllocationKey(part.slice(0, split).trim());
    const values = part
      .slice(split + 1)
      .split(",")
      .map((value) => value.trim())
      .filter((value) => value !== "");
    if (key === undefined || values.length === 0) return { wrong: part };
    terms.push({ key, values });
  }
  return { terms };
}

export function matchesFilter(bearer: Bearer, filter: AllocationFilter, read: KeyReader): boolean {
  return filter.terms.every(({ key, values }) => {
    const value = read(bearer, key);
    return value !== undefined && values.includes(value);
  });
}

/** Reads keys of bearers: labels are those of a workload's pods. */
export function keyReader(workloads: readonly Workload[]): KeyReader {
  const byId = new Map(workloads.map((workload) => [workload.id, workload]));
  return (bearer, key) => {
    const workload = bearer.workload === undefined ? undefined : byId.get(bearer.workload);
    switch (key.kind) {
      case "tenant":
        return bearer.tenant;
      case "application":
        return bearer.application;
      case "environment":
        return bearer.environment;
      case "cluster":
        return bearer.cluster;
      case "namespace":
        return workload?.namespace ?? bearer.namespace;
      case "workload":
        return bearer.workload;
      case "label":
        return workload?.podLabels[key.label];
    }
  };
}
