import { equalValues } from "../../../estate/kubernetes/equal-values.ts";
import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { formatPlace } from "../../../estate/sources/place.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";

/** TEN-016: what all tenants of a cluster share by nature has one source. */
export const clusterScopedObjects: Rule = {
  id: "TEN-016",
  name: "cluster-scoped-objects",
  title: "Every CustomResourceDefinition has one source, and tenants ship no cluster-scoped objects.",
  severity: { high: "high", medium: "medium", low: "medium" },
  inputs: ["manifests", "tenants"],
  judges: "objects",
  parameters: [
    {
      name: "allowedKinds",
      description: "Cluster-scoped kinds that tenants may ship, separated by commas.",
      default: "Namespace",
    },
  ],
  *evaluate(context) {
    yield* definitionsShippedTwice(context.estate);
    yield* tenantsObjects(context);
  },
};

/** One source of a definition: an application, the manifests of a tenant, or a component that the cluster declares. */
interface Source {
  readonly words: string;
  readonly placed: PlacedObject | undefined;
}

function* definitionsShippedTwice(estate: Estate): Iterable<RuleOutcome> {
  // Of two for one environment the later counts; the earlier one is shipped all the same.
  const definitions = [...(estate.overwritten ?? []), ...estate.objects].filter(
    ({ object }) => object.kind === "CustomResourceDefinition",
  );
  const components = new Map(estate.clusters.map((cluster) => [cluster.name, sourcesOfComponents(cluster)]));
  const byDefinition = Map.groupBy(definitions, ({ cluster, object }) => `${cluster}/${object.name}`);
  for (const group of byDefinition.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const sources = new Map<string, Source>();
    for (const placed of group) {
      const words = sourceInWords(placed);
      if (!sources.has(words)) sources.set(words, { words, placed });
    }
    for (const source of components.get(first.cluster)?.get(first.object.name) ?? []) {
      sources.set(source, { words: source, placed: undefined });
    }
    const [one, ...others] = [...sources.values()];
    const other = others.find((each) => differenceBetween(one, each) !== undefined) ?? others[0];
    if (one === undefined || other === undefined) {
      yield objectOutcome(estate, first, { verdict: "pass", message: "" });
    } else yield shippedTwice(estate, one, other);
  }
}

function sourceInWords({ application, tenant }: PlacedObject): string {
  return application === undefined ? `tenant ${tenant}` : `application ${application}`;
}

function sourcesOfComponents({ components }: Cluster): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>();
  for (const { name, crds } of components) {
    for (const crd of crds) sources.set(crd, [...(sources.get(crd) ?? []), `component ${name} of the cluster`]);
  }
  return sources;
}

function shippedTwice(estate: Estate, one: Source, other: Source): RuleOutcome {
  const placed = other.placed ?? one.placed;
  if (placed === undefined) throw new Error("a definition of the manifests has an object");
  const { cluster, object } = placed;
  const difference = differenceBetween(one, other);
  const first = one.placed === undefined ? "" : ` (${formatPlace(one.placed.object.locate([]))})`;
  const what = `CustomResourceDefinition ${object.name} comes to cluster ${cluster} from ${one.words}${first} and from ${other.words}`;
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: difference === undefined ? "1" : "2",
    message:
      difference === undefined
        ? `${what}: whoever applies last decides for all.`
        : `${what}, with different ${difference}: objects of one of them may be refused or changed.`,
    fix: { description: "Let one of them ship it, the platform if several tenants need it." },
  });
}

function differenceBetween(one: Source | undefined, other: Source): string | undefined {
  if (one?.placed === undefined || other.placed === undefined) return undefined;
  return differenceOf(one.placed.object.value, other.placed.object.value);
}

/** What of a definition decides which objects it takes, the first that differs. */
function differenceOf(left: unknown, right: unknown): string | undefined {
  const [one, other] = [left, right].map((value) => asObject(asObject(value).spec));
  const parts: readonly (readonly [string, (spec: { readonly [key: string]: unknown } | undefined) => unknown])[] = [
    ["scope", (spec) => spec?.scope],
    ["storage version", (spec) => versionsOf(spec, (version) => version.storage === true)],
    ["served versions", (spec) => versionsOf(spec, (version) => version.served !== false)],
    ["conversion", (spec) => spec?.conversion ?? { strategy: "None" }],
    ["schemas", (spec) => asList(spec?.versions).map((version) => asObject(version).schema)],
  ];
  return parts.find(([, part]) => !equalValues(part(one), part(other)))?.[0];
}

function versionsOf(
  spec: { readonly [key: string]: unknown } | undefined,
  isWanted: (version: { readonly [key: string]: unknown }) => boolean,
): readonly string[] {
  return asList(spec?.versions)
    .map(asObject)
    .filter(isWanted)
    .flatMap(({ name }) => asText(name) ?? [])
    .toSorted();
}

function* tenantsObjects({ estate, parameters }: AuditContext): Iterable<RuleOutcome> {
  const allowed = new Set(
    String(parameters.allowedKinds ?? "")
      .split(",")
      .map((kind) => kind.trim()),
  );
  for (const placed of estate.objects) {
    const { namespace, tenant, object } = placed;
    if (namespace !== undefined || tenant === platformTenant || allowed.has(object.kind)) continue;
    yield objectOutcome(estate, placed, {
      verdict: "fail",
      part: "3",
      message: `Tenant ${tenant} ships ${object.kind} ${object.name}, which holds for the whole cluster ${placed.cluster} and so for every other tenant.`,
      fix: { description: "Let the platform ship it, or use a kind that stays in the tenant's namespaces." },
    });
  }
}
