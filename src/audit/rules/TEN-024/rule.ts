import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { ServiceEndpoint } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";
import { serviceExposureAdmission } from "./admission.ts";

/** TEN-024: Services of tenants open nothing past ingress and policies. */
export const exposingServices: Rule = {
  id: "TEN-024",
  name: "exposing-services",
  title: "Services of tenants take no node port or foreign address, and classified ones have no public address.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "tenants"],
  admission: serviceExposureAdmission,
  judges: "objects",
  peers: [
    { tool: "kube-linter", check: "exposed-services" },
    { tool: "kube-score", check: "service-type", part: "1" },
    { tool: "gatekeeper", check: "K8sBlockNodePort", part: "1" },
    { tool: "kyverno", check: "restrict-nodeport", part: "1" },
    { tool: "kyverno", check: "restrict-external-ips", part: "2" },
    { tool: "gatekeeper", check: "K8sExternalIPs", part: "2" },
    { tool: "trivy", check: "KSV-0108", part: "2" },
  ],
  *evaluate({ estate }) {
    const { objects } = lookupOf(estate);
    for (const service of estate.services) {
      const placed = objects.find(service, "Service", service.name);
      if (placed === undefined || placed.tenant === platformTenant) continue;
      yield judge(estate, placed, service);
    }
  },
};

function judge(estate: Estate, placed: PlacedObject, service: ServiceEndpoint): RuleOutcome {
  const external = asList(asObject(placed.object.value.spec).externalIPs).flatMap((address) => asText(address) ?? []);
  if (external.length > 0) {
    return objectOutcome(estate, placed, {
      verdict: "fail",
      part: "2",
      field: ["spec", "externalIPs"],
      message: `Service ${service.name} takes traffic of the cluster to ${external.join(", ")} to itself, whoever the addresses belong to (CVE-2020-8554).`,
      fix: editFix("Take externalIPs away; use a load balancer or ingress.", placed, [
        { path: ["spec", "externalIPs"], value: undefined },
      ]),
    });
  }
  switch (service.type) {
    case "NodePort":
      return objectOutcome(estate, placed, {
        verdict: "fail",
        part: "1",
        field: ["spec", "type"],
        message: `Service ${service.name} opens a port on every node, past ingress and, on some engines, past network policies.`,
        fix: { description: "Use ClusterIP behind an ingress, or a load balancer." },
      });
    case "ExternalName":
      return judgeAlias(estate, placed, service);
    case "LoadBalancer":
      return judgeLoadBalancer(estate, placed, service);
    case "ClusterIP":
      return objectOutcome(estate, placed, { verdict: "pass", message: "" });
  }
}

const serviceName = /^[a-z0-9-]+\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?\.?$/;

/** An alias of a host outside is a name; one of a Service of another namespace leads ingresses past its policies. */
function judgeAlias(estate: Estate, placed: PlacedObject, { name, externalName = "" }: ServiceEndpoint): RuleOutcome {
  const namespace = serviceName.exec(externalName)?.[1];
  if (namespace === placed.namespace) return objectOutcome(estate, placed, { verdict: "pass", message: "" });
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "3",
    ...(namespace === undefined ? { severity: "low" as const } : {}),
    field: ["spec", "externalName"],
    message:
      namespace === undefined
        ? `Service ${name} is a name for ${externalName}: no network policy knows it, and whoever may write it sends clients elsewhere.`
        : `Service ${name} is a name for a Service of namespace ${namespace}: an ingress that names it reaches there on behalf of the whole proxy.`,
    fix: { description: "Name the host where it is used." },
  });
}

function judgeLoadBalancer(estate: Estate, placed: PlacedObject, service: ServiceEndpoint): RuleOutcome {
  const tenant = estate.tenants.find(({ name }) => name === placed.tenant);
  if (service.internal || !isClassified(estate, tenant?.classification)) {
    return objectOutcome(estate, placed, { verdict: "pass", message: "" });
  }
  const annotation = "service.beta.kubernetes.io/azure-load-balancer-internal";
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "4",
    field: ["metadata", "annotations"],
    message: `Service ${service.name} gets a public address, and the data of tenant ${placed.tenant} are ${tenant?.classification ?? ""}.`,
    fix: editFix("Make the load balancer internal.", placed, [
      { path: ["metadata", "annotations", annotation], value: "true" },
    ]),
  });
}

/** The upper half of the estate's classes: `confidential` and `secret` of the four that are usual. */
function isClassified({ classifications }: Estate, classification: string | undefined): boolean {
  const rank = classifications.indexOf(classification ?? "");
  return rank >= 0 && rank >= classifications.length / 2;
}
