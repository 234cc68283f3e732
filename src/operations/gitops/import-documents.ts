import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { CLUSTER_PLACEHOLDER } from "../../estate/sources/referenced-paths.ts";
import type { FoundCluster, FoundComponent, FoundTenant } from "../../gitops/import/found-estate.ts";
import type { FoundApplication, ManifestForm, ManifestPath } from "../../gitops/import/gather-applications.ts";
import { relativePath } from "../../gitops/repository/relative-path.ts";
import { field, type InitDocument } from "../init/init-documents.ts";
import { type YamlField, yamlLines } from "../init/yaml-text.ts";
import { type ImportPlaces, toRepository } from "./import-paths.ts";

/** A document to be written: its file, relative to the folder of the documents, and what it says. */
export interface ImportDocument extends InitDocument {
  readonly path: string;
}

export function importedEstate(
  name: string,
  environments: readonly string[],
  regions: readonly string[],
  delivery: { readonly agent: string | undefined; readonly packaging: string },
): ImportDocument {
  return {
    path: "estate.yaml",
    kind: "Estate",
    name,
    spec: [
      field("complete", false, ["true once everything is declared: then what is missing can be proven missing"]),
      ...(regions.length === 0 ? [] : [field("regions", { items: regions.map((region) => [field("name", region)]) })]),
      field("environments", { items: environments.map((environment) => [field("name", environment)]) }, [
        "in order of promotion; criticality (low, medium, high) and hours (Mon-Fri 07:00-19:00) can be given",
      ]),
      field("delivery", {
        fields: [
          ...(delivery.agent === undefined ? [] : [field("agent", delivery.agent)]),
          field("packaging", delivery.packaging),
        ],
      }),
    ],
  };
}

export function importedCluster(
  cluster: FoundCluster,
  environments: readonly string[],
  components: readonly FoundComponent[],
): ImportDocument {
  const { name, region, ring, kubernetesVersion, nodePools = [] } = cluster;
  return {
    path: `clusters/${name}.yaml`,
    kind: "Cluster",
    name,
    spec: [
      ...(region === undefined ? [] : [field("region", region)]),
      field("environments", environments),
      ...(ring === undefined ? [] : [field("ring", ring)]),
      ...(kubernetesVersion === undefined ? [] : [field("kubernetesVersion", kubernetesVersion)]),
      ...(components.length === 0 ? [] : [field("components", { items: components.map(componentFields) })]),
      ...(nodePools.length === 0 ? [] : [field("nodePools", { items: nodePools.map(nodePoolFields) })]),
    ],
  };
}

function componentFields({ name, version, namespace }: FoundComponent): readonly YamlField[] {
  return [
    field("name", name),
    ...(version === undefined ? [] : [field("version", version)]),
    ...(namespace === undefined ? [] : [field("namespace", namespace)]),
  ];
}

function nodePoolFields(pool: NonNullable<FoundCluster["nodePools"]>[number]): readonly YamlField[] {
  const { vmSize, maxPods, osSku } = pool;
  return [
    field("name", pool.name),
    field("mode", pool.mode),
    ...(vmSize !== undefined && /^(?:Standard|Basic)_/.test(vmSize) ? [field("vmSize", vmSize)] : []),
    field("zones", pool.zones),
    field("count", pool.count, ["or autoscaling: {min: 3, max: 9}: a dump shows one moment"]),
    ...(maxPods !== undefined && maxPods >= 10 && maxPods <= 250 ? [field("maxPods", maxPods)] : []),
    ...(osSku === undefined ? [] : [field("osSku", osSku)]),
    ...(pool.spot ? [field("spot", true)] : []),
    ...(pool.taints.length === 0
      ? []
      : [
          field("taints", {
            items: pool.taints.map(({ key, value, effect }) => [
              field("key", key),
              ...(value === undefined ? [] : [field("value", value)]),
              field("effect", effect),
            ]),
          }),
        ]),
  ];
}

export function importedTenant({ name, owners, namespaces }: FoundTenant): ImportDocument {
  return {
    path: `tenants/${name}.yaml`,
    kind: "Tenant",
    name,
    spec: [
      ...(owners.length === 0 ? [] : [field("owners", { items: owners.map((group) => [field("entraGroup", group)]) })]),
      ...(namespaces.length === 0 ? [] : [field("namespaces", namespaces)]),
    ],
  };
}

/** @param serving Clusters that serve an environment: `clusters` is left out where the application is on all of them. */
export function importedApplication(
  application: FoundApplication,
  serving: (environment: string) => readonly string[],
  places: ImportPlaces,
): ImportDocument {
  const { name, tenant, namespace, places: byEnvironment } = application;
  const environments = [...byEnvironment.keys()];
  const some = [...byEnvironment].filter(([environment, there]) => serving(environment).join() !== there.join());
  return {
    path: `applications/${name}.yaml`,
    kind: "Application",
    name,
    spec: [
      ...(tenant === undefined ? [] : [field("tenant", tenant)]),
      field("environments", environments),
      ...(some.length === 0
        ? []
        : [field("clusters", { fields: some.map(([environment, there]) => field(environment, there)) })]),
      ...(namespace === undefined ? [] : [field("namespace", namespace)]),
      field("manifests", yamlOf(manifestsValue(application, places))),
    ],
  };
}

type Source =
  | string
  | readonly string[]
  | { readonly chart: string; readonly values?: readonly string[]; readonly release: string };

/** `manifests` as an Application in `applications/` says it: one source where all environments have the same. */
export function manifestsValue(
  { manifests }: Pick<FoundApplication, "manifests">,
  places: ImportPlaces,
): Source | { readonly [environment: string]: Source } {
  const byEnvironment = [...manifests].map(([environment, form]) => [environment, sourceOf(form, places)] as const);
  const [first] = byEnvironment;
  const isSame = byEnvironment.every(([, source]) => JSON.stringify(source) === JSON.stringify(first?.[1]));
  return isSame && first !== undefined ? first[1] : Object.fromEntries(byEnvironment);
}

const FROM = "applications";

function sourceOf(form: ManifestForm, places: ImportPlaces): Source {
  const path = ({ of, path: written }: ManifestPath): string =>
    of === "estate" ? relativePath(FROM, written) : toRepository(places, FROM, written);
  if (form.kind === "chart") {
    const values = form.values.map(path);
    return { chart: path(form.chart), ...(values.length === 0 ? {} : { values }), release: form.release };
  }
  const paths = form.paths.map(path);
  const [only = "."] = paths;
  return paths.length === 1 ? only : paths;
}

function yamlOf(value: unknown): YamlField["value"] {
  if (Array.isArray(value) || typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  return { fields: Object.entries(value).map(([key, entry]) => field(key, yamlOf(entry))) };
}

/** The text of a document, below a comment for each assumption that stands for something it does not say. */
export function documentText(document: ImportDocument, assumptions: readonly Assumption[]): string {
  const { kind, name, spec } = document;
  const subject = kind === "Estate" ? /^(?:Estate|Environment\/.*)$/ : undefined;
  const own = assumptions.filter((each) =>
    subject === undefined ? each.subject === `${kind}/${name}` : subject.test(each.subject),
  );
  const comments = own.map(
    ({ id, name: rule, text, value, replaceBy }) => `# ${id} ${rule}: ${text} Taken: ${value}. Say it by ${replaceBy}.`,
  );
  const lines = yamlLines([
    field("apiVersion", "scantling/v1alpha1"),
    field("kind", kind),
    field("metadata", { fields: [field("name", name)] }),
    ...(spec.length === 0 ? [] : [field("spec", { fields: spec })]),
  ]);
  const heading = comments.length === 0 ? [] : ["# Imported. What is not known stands here, until it is said below:"];
  return `${[...heading, ...new Set(comments), ...lines].join("\n").replaceAll(`"${CLUSTER_PLACEHOLDER}"`, CLUSTER_PLACEHOLDER)}\n`;
}
