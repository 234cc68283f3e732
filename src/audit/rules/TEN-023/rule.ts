import { asList, asObject, asStringMap, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { formatPlace } from "../../../estate/sources/place.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { annotationsOf, platformTenant } from "../../tenancy/tenant-namespaces.ts";

/** TEN-023: no namespace can take the traffic of another one's host and path. */
export const ingressCollision: Rule = {
  id: "TEN-023",
  name: "ingress-collision",
  title: "Hosts and paths of ingresses belong to one namespace, and nobody writes proxy configuration into them.",
  severity: { high: "high", medium: "medium", low: "medium" },
  inputs: ["manifests", "tenants"],
  judges: "objects",
  peers: [
    { tool: "kyverno", check: "unique-ingress-host-and-path", part: "1" },
    { tool: "gatekeeper", check: "K8sUniqueIngressHost", part: "1" },
    { tool: "checkov", check: "CKV_K8S_153", part: "3" },
  ],
  *evaluate({ estate }) {
    const { objects } = lookupOf(estate);
    const ingresses = objects.ofKind("Ingress.networking.k8s.io", "Ingress.extensions");
    const routes = ingresses.flatMap(readRoutes);
    const taken = Map.groupBy(routes, ({ placed, rule }) => `${placed.cluster} ${rule}`);
    const wildcards = routes.filter(({ host }) => host.startsWith("*."));
    for (const placed of ingresses) {
      const own = routes.filter((route) => route.placed === placed);
      const findings = [
        ...own.flatMap((route) => collisionOf(estate, route, taken.get(`${placed.cluster} ${route.rule}`) ?? [])),
        ...own.flatMap((route) => coverageOf(estate, route, wildcards)),
        ...snippetsOf(estate, placed),
      ];
      yield* findings;
      if (findings.length === 0) yield objectOutcome(estate, placed, { verdict: "pass", message: "" });
    }
    for (const gateway of objects.ofKind("Gateway.gateway.networking.k8s.io")) yield* openListeners(estate, gateway);
  },
};

/** One host and path of an Ingress. */
interface Route {
  readonly placed: PlacedObject;
  readonly host: string;
  /** Class, host and path. */
  readonly rule: string;
  readonly inWords: string;
  readonly field: FieldPath;
}

function readRoutes(placed: PlacedObject): readonly Route[] {
  const spec = asObject(placed.object.value.spec);
  const className = asText(spec.ingressClassName) ?? annotationsOf(placed)["kubernetes.io/ingress.class"] ?? "";
  return asList(spec.rules).flatMap((value, position) => {
    const host = (asText(asObject(value).host) ?? "*").toLowerCase();
    return asList(valueAt(value, ["http", "paths"])).map((entry, index): Route => {
      const path = asText(asObject(entry).path) ?? "/";
      return {
        placed,
        host,
        rule: [className, host, path].join(" "),
        inWords: `${host === "*" ? "every host" : host}${path}`,
        field: ["spec", "rules", position, "http", "paths", index, "path"],
      };
    });
  });
}

function collisionOf(estate: Estate, route: Route, same: readonly Route[]): readonly RuleOutcome[] {
  const other = same.find(({ placed }) => placed.namespace !== route.placed.namespace);
  if (other === undefined) return [];
  const { object, namespace, tenant } = other.placed;
  return [
    objectOutcome(estate, route.placed, {
      verdict: "fail",
      part: "1",
      field: route.field,
      message: `Ingress ${route.placed.object.name} of namespace ${route.placed.namespace ?? ""} and ${object.name} of ${namespace ?? ""} (${tenant}, ${formatPlace(object.locate([]))}) both claim ${route.inWords}: the controller gives the traffic to one of them.`,
      fix: { description: "Let one of them have it." },
    }),
  ];
}

/** A wildcard takes what the other has not claimed path by path, and everything once the other is gone. */
function coverageOf(estate: Estate, route: Route, wildcards: readonly Route[]): readonly RuleOutcome[] {
  const { placed, host } = route;
  if (host.startsWith("*")) return [];
  const parent = host.slice(host.indexOf(".") + 1);
  const wildcard = wildcards.find(
    (other) =>
      other.host === `*.${parent}` && other.placed.cluster === placed.cluster && other.placed.tenant !== placed.tenant,
  );
  if (wildcard === undefined || wildcard.placed.tenant === platformTenant) return [];
  return [
    objectOutcome(estate, wildcard.placed, {
      verdict: "fail",
      part: "2",
      field: wildcard.field,
      message: `Host ${wildcard.host} of tenant ${wildcard.placed.tenant} covers ${host} of tenant ${placed.tenant}: what that one does not claim path by path goes to this one.`,
      fix: { description: "Name the hosts instead of a wildcard." },
    }),
  ];
}

const snippet = /^nginx\.(?:ingress\.kubernetes\.io|org)\/[a-z-]*snippets?$/;

function snippetsOf(estate: Estate, placed: PlacedObject): readonly RuleOutcome[] {
  const key = Object.keys(annotationsOf(placed)).find((name) => snippet.test(name));
  if (key === undefined) return [];
  return [
    objectOutcome(estate, placed, {
      verdict: "fail",
      part: "3",
      field: ["metadata", "annotations", key],
      message: `Annotation ${key} of Ingress ${placed.object.name} writes configuration into the proxy that all tenants share: with it goes every Secret that the controller can read.`,
      fix: { description: "Use the annotation made for the purpose, and turn snippets off in the controller." },
    }),
  ];
}

function* openListeners(estate: Estate, gateway: PlacedObject): Iterable<RuleOutcome> {
  const listeners = asList(asObject(gateway.object.value.spec).listeners);
  const open = listeners.flatMap((value, position) => {
    const from = valueAt(value, ["allowedRoutes", "namespaces", "from"]);
    return from === "All" ? [{ position, name: asStringMap(value).name ?? String(position) }] : [];
  });
  if (open.length === 0) yield objectOutcome(estate, gateway, { verdict: "pass", message: "" });
  for (const { position, name } of open) {
    yield objectOutcome(estate, gateway, {
      verdict: "fail",
      part: "4",
      field: ["spec", "listeners", position, "allowedRoutes", "namespaces", "from"],
      message: `Listener ${name} of Gateway ${gateway.object.name} takes routes from every namespace: any tenant may claim its hosts.`,
      fix: { description: "Select the namespaces that may attach routes, with from: Selector." },
    });
  }
}
