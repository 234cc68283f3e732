import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nameRefused } from "../../estate/diagnostics/gitops-diagnostics.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";

interface NameRule {
  readonly by: "Azure" | "Kubernetes";
  readonly pattern: RegExp;
  readonly longest: number;
  readonly rule: string;
}

const dnsLabel: NameRule = {
  by: "Kubernetes",
  pattern: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  longest: 63,
  rule: "at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends",
};

/** Names of most objects; roles and bindings of RBAC may have others, such as `system:node`. */
const dnsSubdomain: NameRule = {
  by: "Kubernetes",
  pattern: /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
  longest: 253,
  rule: "at most 253 lower-case letters, digits, hyphens and dots, with a letter or digit at both ends",
};

/** Label and folder name alike. */
const labelValue: NameRule = {
  by: "Kubernetes",
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/,
  longest: 63,
  rule: "at most 63 letters, digits, hyphens, underscores and dots, with a letter or digit at both ends",
};

const clusterName: NameRule = {
  by: "Azure",
  pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/,
  longest: 63,
  rule: "at most 63 letters, digits, hyphens and underscores, with a letter or digit at both ends",
};

const poolName: NameRule = {
  by: "Azure",
  pattern: /^[a-z][a-z0-9]*$/,
  longest: 12,
  rule: "at most 12 lower-case letters and digits, a letter first",
};

const labelKinds = new Set(["Namespace", "Service"]);

/** Names that Kubernetes or Azure would refuse, at the line of the estate that gives them. */
export function checkNames(estate: Estate): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const check = (kind: string, name: string, rule: NameRule, place: Place | undefined) => {
    if (name.length <= rule.longest && rule.pattern.test(name)) return;
    diagnostics.push(diagnose(nameRefused, { kind, name, by: rule.by, rule: rule.rule }, { place }));
  };
  for (const { name, place } of estate.applications) check("Application", name, dnsLabel, place);
  for (const { name, place } of estate.tenants) check("Tenant", name, dnsLabel, place);
  for (const { name, place } of estate.environments) check("environment", name, dnsLabel, place);
  for (const { name, region, ring, nodePools, place, regionPlace } of estate.clusters) {
    check("cluster", name, clusterName, place);
    check("region", region, dnsLabel, regionPlace ?? place);
    if (ring !== undefined) check("ring", ring, labelValue, place);
    for (const pool of nodePools) check("node pool", pool.name, poolName, pool.place);
  }
  checkObjects(estate, check);
  return diagnostics;
}

type Check = (kind: string, name: string, rule: NameRule, place: Place | undefined) => void;

function checkObjects({ objects }: Estate, check: Check): void {
  const seen = new Set<string>();
  for (const { object, namespace } of objects) {
    const { kind, name, apiVersion } = object;
    const key = `${kind}/${namespace ?? ""}/${name}`;
    if (seen.has(key) || apiVersion.startsWith("rbac.authorization.k8s.io/")) continue;
    seen.add(key);
    check(kind, name, labelKinds.has(kind) ? dnsLabel : dnsSubdomain, object.locate(["metadata", "name"]));
    if (namespace !== undefined) check("namespace", namespace, dnsLabel, object.locate(["metadata", "namespace"]));
  }
}
