import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { type AuditOptions, auditEstate } from "../audit-estate.ts";
import type { AuditReport } from "../finding.ts";

/** Audits texts by path. */
export function auditTexts(
  texts: { readonly [path: string]: string },
  options: Partial<AuditOptions> = {},
): AuditReport {
  const sources = memorySources(texts);
  const estate = loadEstate(sources);
  const placement = placeWorkloads(estate, defaultCatalog);
  return auditEstate(estate, placement, defaultCatalog, { today: "2026-11-22", texts: sources.texts, ...options });
}

/** A Deployment of one replica whose container states nothing. */
export function bareDeployment(name: string, metadata = "", containers: readonly string[] = ["app"]): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop${metadata}}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
${containers.map((container) => `        - {name: ${container}, image: "registry.example/${container}:latest"}`).join("\n")}
`;
}
