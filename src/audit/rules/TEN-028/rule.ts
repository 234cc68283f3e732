import { asList, asObject, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";

/** TEN-028: the delivery tool does for a tenant only what the tenant itself might do. */
export const deliveryIsolation: Rule = {
  id: "TEN-028",
  name: "delivery-isolation",
  title: "Argo CD projects and Flux service accounts bound what the delivery of a tenant may change.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "deliveryObjects", "tenants"],
  judges: "objects",
  *evaluate({ estate }) {
    yield* argoProjects(estate);
    yield* argoApplications(estate);
    yield* fluxObjects(estate);
  },
};

function* argoProjects(estate: Estate): Iterable<RuleOutcome> {
  for (const placed of lookupOf(estate).objects.ofKind("AppProject.argoproj.io")) {
    const spec = asObject(placed.object.value.spec);
    const open = [
      ...(asList(spec.sourceRepos).includes("*") ? [{ field: "sourceRepos", words: "from any repository" }] : []),
      ...(asList(spec.destinations).some(isAnyDestination)
        ? [{ field: "destinations", words: "to any namespace" }]
        : []),
      ...(asList(spec.clusterResourceWhitelist).some(isAnyKind)
        ? [{ field: "clusterResourceWhitelist", words: "cluster-scoped objects of any kind" }]
        : []),
    ];
    const [first] = open;
    yield first === undefined
      ? objectOutcome(estate, placed, { verdict: "pass", message: "" })
      : objectOutcome(estate, placed, {
          verdict: "fail",
          part: "2",
          field: ["spec", first.field],
          message: `AppProject ${placed.object.name} lets its applications deliver ${open.map(({ words }) => words).join(", ")}: it bounds nothing.`,
          fix: { description: "Name the repositories, the namespaces and the few cluster-scoped kinds of the tenant." },
        });
  }
}

function isAnyDestination(value: unknown): boolean {
  return asObject(value).namespace === "*";
}

function isAnyKind(value: unknown): boolean {
  const { group, kind } = asObject(value);
  return group === "*" && kind === "*";
}

function* argoApplications(estate: Estate): Iterable<RuleOutcome> {
  const kinds: readonly (readonly [string, FieldPath])[] = [
    ["Application.argoproj.io", ["spec", "project"]],
    ["ApplicationSet.argoproj.io", ["spec", "template", "spec", "project"]],
  ];
  for (const [kind, field] of kinds) {
    for (const placed of lookupOf(estate).objects.ofKind(kind)) {
      const project = asText(valueAt(placed.object.value, field)) ?? "default";
      yield project === "default"
        ? objectOutcome(estate, placed, {
            verdict: "fail",
            part: "1",
            field,
            message: `${placed.object.kind} ${placed.object.name} is in the project default, which may deliver anything anywhere.`,
            fix: { description: "Put it into a project of its tenant." },
          })
        : objectOutcome(estate, placed, { verdict: "pass", message: "" });
    }
  }
}

const fluxKinds = ["Kustomization.kustomize.toolkit.fluxcd.io", "HelmRelease.helm.toolkit.fluxcd.io"];

/** Namespace where Flux runs; what stands there is the platform's own, as `flux bootstrap` makes it. */
const fluxNamespace = "flux-system";

function* fluxObjects(estate: Estate): Iterable<RuleOutcome> {
  for (const placed of lookupOf(estate).objects.ofKind(...fluxKinds)) {
    const { tenant, namespace } = placed;
    if (tenant === platformTenant || namespace === fluxNamespace) continue;
    yield judgeFlux(estate, placed);
  }
}

function judgeFlux(estate: Estate, placed: PlacedObject): RuleOutcome {
  const { object, namespace } = placed;
  const spec = asObject(object.value.spec);
  const source = ["sourceRef", "chartRef"].map((field) => ({ field: ["spec", field], ...asObject(spec[field]) }));
  const ofChart = asObject(valueAt(spec, ["chart", "spec", "sourceRef"]));
  const references = [...source, { field: ["spec", "chart", "spec", "sourceRef"], ...ofChart }];
  const foreign = references.find((each) => {
    const other = asText(asObject(each).namespace);
    return other !== undefined && other !== namespace;
  });
  if (foreign !== undefined) {
    return objectOutcome(estate, placed, {
      verdict: "fail",
      part: "3",
      field: [...foreign.field, "namespace"],
      message: `${object.kind} ${object.name} takes its source from namespace ${asText(asObject(foreign).namespace) ?? ""}: where such references are allowed, a tenant reads the sources of all others.`,
      fix: { description: "Put the source beside it, and run the controllers with --no-cross-namespace-refs=true." },
    });
  }
  if (asText(spec.serviceAccountName) === undefined) {
    return objectOutcome(estate, placed, {
      verdict: "fail",
      part: "3",
      field: ["spec", "serviceAccountName"],
      message: `${object.kind} ${object.name} names no service account, so Flux applies it with its own rights, as a rule cluster-admin.`,
      fix: { description: "Name a service account of the tenant's namespace that may write there and nowhere else." },
    });
  }
  return objectOutcome(estate, placed, { verdict: "pass", message: "" });
}
