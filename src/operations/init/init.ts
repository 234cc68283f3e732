import { anyDocumentJsonSchema } from "../../estate/kinds/json-schemas.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { isAbsoluteSourcePath, joinSourcePath, normalizeSourcePath } from "../../estate/sources/source-path.ts";
import {
  clusterDocument,
  type Explain,
  estateDocument,
  explainAssumptions,
  field,
  type InitDocument,
  tenantDocument,
} from "./init-documents.ts";
import { type YamlField, yamlLines } from "./yaml-text.ts";

/** Where the documents will be, and what they are written for. */
export interface InitOptions {
  /** File or folder of manifests, as the user named it; `-` for standard input. */
  readonly manifests: string;
  /** Folder that the documents are written to, by the same measure; where the reader started when left out. */
  readonly folder?: string;
  /** Absolute path of the folder that relative paths start in; needed where one of the two is absolute and the other not. */
  readonly startedIn?: string;
}

const SCHEMA_PATH = ".scantling/estate.v1alpha1.json";

/**
 * The estate documents that a repository lacks, by path, with every assumption filled in as a value to correct and a
 * comment that says why. Beside them the JSON Schema that gives editors completion. Byte-stable.
 */
export function initializeEstate(estate: Estate, options: InitOptions): ReadonlyMap<string, string> {
  const explain = explainAssumptions(estate.assumptions);
  const clusters = estate.clusters.filter(({ place }) => place === undefined);
  const tenants = estate.tenants.filter(
    ({ name, place }) => place === undefined && name !== "platform" && name !== "unassigned",
  );
  const documents: readonly [string, readonly InitDocument[]][] = [
    ["estate.yaml", estate.place === undefined ? [estateDocument(estate, explain)] : []],
    ["clusters.yaml", clusters.map((cluster) => clusterDocument(cluster, explain))],
    ["tenants.yaml", tenants.map((tenant) => tenantDocument(tenant, explain))],
    ["applications.yaml", estate.applications.length === 0 ? applicationDocuments(estate, options, explain) : []],
  ];
  const files = documents
    .filter(([, ofFile]) => ofFile.length > 0)
    .map(([path, ofFile]) => [path, print(ofFile)] as const);
  if (files.length === 0) return new Map();
  return new Map([...files, [SCHEMA_PATH, `${JSON.stringify(anyDocumentJsonSchema(), undefined, 2)}\n`]]);
}

/** One Application for each namespace that holds workloads of nobody. */
function applicationDocuments(estate: Estate, options: InitOptions, explain: Explain): readonly InitDocument[] {
  const namespaces = [
    ...new Set(estate.workloads.filter(({ tenant }) => tenant !== "platform").map(({ namespace }) => namespace)),
  ].toSorted();
  const manifests = namespaces.length === 1 ? relativePath(options) : undefined;
  return namespaces.map((namespace) => ({
    kind: "Application",
    name: namespace,
    spec: [
      ...tenantField(estate, namespace),
      field(
        "environments",
        estate.environments.map(({ name }) => name),
      ),
      field("namespace", namespace, manifests === undefined ? whyByNamespace(options) : []),
      ...(manifests === undefined ? [] : [field("manifests", manifests)]),
      ...journeyFields(estate, namespace, explain),
    ],
  }));
}

function whyByNamespace({ manifests }: InitOptions): readonly string[] {
  const source = manifests === "-" ? "standard input" : manifests;
  return [`owns what ${source} puts into this namespace; name a folder under manifests to bind that instead`];
}

function tenantField(estate: Estate, namespace: string): readonly YamlField[] {
  const tenant = estate.tenants.find(({ namespaces }) => namespaces.includes(namespace));
  return tenant === undefined || tenant.name === "unassigned" ? [] : [field("tenant", tenant.name)];
}

function journeyFields(estate: Estate, namespace: string, explain: Explain): readonly YamlField[] {
  const journeys = new Map<string, Journey>();
  for (const journey of estate.journeys) {
    if (journey.application === namespace && !journeys.has(journey.name)) journeys.set(journey.name, journey);
  }
  const names = new Set<string>();
  const items = [...journeys.values()].map((journey) => {
    const comments = explain("journey-from-entry-point", `Journey/${journey.id}`);
    return [field("name", documentName(journey.name, names), comments), field("entryPoint", journey.entryPoint.name)];
  });
  return items.length === 0
    ? []
    : [field("journeys", { items }, ["add objective (99.9%), downtimeCostPerMinute, and through: what else it needs"])];
}

/** A name that a document may have, unlike those already given. */
function documentName(name: string, taken: Set<string>): string {
  const stem =
    name
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, "") || "journey";
  let candidate = stem;
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${stem}-${number}`;
  taken.add(candidate);
  return candidate;
}

/** The manifests as seen from the folder of the documents; undefined where a path cannot say it. */
function relativePath({ manifests, folder = ".", startedIn }: InitOptions): string | undefined {
  if (manifests === "-") return undefined;
  const mixed = isAbsoluteSourcePath(manifests) !== isAbsoluteSourcePath(folder);
  const placed = (path: string): string =>
    mixed && startedIn !== undefined ? joinSourcePath(startedIn, path) : normalizeSourcePath(path);
  const target = placed(manifests);
  const base = placed(folder);
  if (isAbsoluteSourcePath(target) !== isAbsoluteSourcePath(base)) return target;
  const targetParts = target === "." ? [] : target.split("/");
  const baseParts = base === "." ? [] : base.split("/");
  let common = 0;
  while (common < baseParts.length && baseParts[common] === targetParts[common]) common += 1;
  const ups = baseParts.slice(common);
  if (ups.includes("..")) return target;
  const parts = [...ups.map(() => ".."), ...targetParts.slice(common)];
  if (parts.length === 0) return ".";
  return parts[0] === ".." ? parts.join("/") : `./${parts.join("/")}`;
}

function print(documents: readonly InitDocument[]): string {
  const texts = documents.map(({ kind, name, spec }) =>
    yamlLines([
      field("apiVersion", "scantling/v1alpha1"),
      field("kind", kind),
      field("metadata", { fields: [field("name", name)] }),
      field("spec", { fields: spec }),
    ]).join("\n"),
  );
  return `# yaml-language-server: $schema=${SCHEMA_PATH}\n${texts.join("\n---\n")}\n`;
}
