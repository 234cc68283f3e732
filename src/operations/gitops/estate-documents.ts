import { editDocument } from "../../audit/source-edits/document-edit.ts";
import { indexSources } from "../../estate/binding/source-index.ts";
import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { joinSourcePath, sourceDirectory, sourceName } from "../../estate/sources/source-path.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import { splitDocuments } from "../../estate/sources/split-documents.ts";
import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import type { PackagingName } from "../../gitops/packaging.ts";
import type { RepositoryFile } from "../../gitops/repository/repository-file.ts";
import { withoutStamp } from "../../gitops/repository/stamp.ts";
import { yamlText } from "../../gitops/repository/yaml-text.ts";
import { leafManifests } from "./leaf-manifests.ts";

/** Folder of the repository that declares the estate. */
const ESTATE_FOLDER = "estate";

/** Folders below it, by kind; a kind that is not here is no document of an estate. */
const folders: { readonly [kind: string]: string } = {
  Estate: "",
  Cluster: "clusters/",
  Tenant: "tenants/",
  Application: "applications/",
  DataStore: "stores/",
  CloudService: "services/",
  LoadProfile: "load/",
  SLO: "objectives/",
  SLI: "objectives/indicators/",
  AlertPolicy: "objectives/alerts/",
  AlertCondition: "objectives/alerts/conditions/",
};

/** A document of an estate, as some file of the source has it. */
export interface SourceDocument {
  readonly source: string;
  readonly text: string;
  readonly kind: string;
  readonly name: string;
  readonly value: { readonly [key: string]: unknown };
}

/**
 * The documents of an estate as its repository holds them: the texts as they were written, comments and all, but for the
 * paths of manifests and load series, which lead into the repository. With them the repository is an estate by itself. In
 * the Helm form applications name no manifests: their values differ from cluster to cluster, which no document can say.
 */
export function estateDocuments(
  sources: SourceSet,
  units: readonly DeliveryUnit[],
  packaging: PackagingName = "kustomize",
): readonly RepositoryFile[] {
  const applications = new Map(units.flatMap((unit) => (unit.tree === "apps" ? [[unit.name, unit] as const] : [])));
  const taken = new Set<string>();
  const files: RepositoryFile[] = [];
  const add = (file: RepositoryFile): void => {
    if (taken.has(file.path)) return;
    taken.add(file.path);
    files.push(file);
  };
  for (const document of sourceDocuments(sources)) {
    const path = pathOf(document);
    const series = seriesOf(document, sources);
    if (series !== undefined) add(series.file);
    const field =
      series ?? manifestsOf(document, path, packaging === "helm" ? undefined : applications.get(document.name));
    const text = field === undefined ? document.text : edited(document, field.path, field.value);
    add({ path, text, tells: `${document.kind}/${document.name}` });
  }
  return files;
}

/** In the order of their files; of two with one name the estate takes the first, and so does the repository. */
export function sourceDocuments(sources: SourceSet): readonly SourceDocument[] {
  const index = indexSources(sources);
  const texts = index.files.filter((path) => index.isUnderRoot(path) && index.chartOf(path) === undefined);
  return texts.flatMap((source) => {
    const text = index.texts.get(source) ?? "";
    if (!/scantling\/|openslo\//.test(text)) return [];
    return splitDocuments(text).flatMap(({ start, end }) => documentIn(text.slice(start, end), source));
  });
}

function documentIn(slice: string, source: string): readonly SourceDocument[] {
  const value = asObject(readYaml(slice, source).documents[0]?.value);
  const kind = asText(value.kind) ?? "";
  const name = asText(asObject(value.metadata).name);
  const isDeclared = /^(?:scantling|openslo)\//.test(asText(value.apiVersion) ?? "") && folders[kind] !== undefined;
  if (!isDeclared || name === undefined) return [];
  return [{ source, kind, name, value, text: source.endsWith(".json") ? yamlText(value) : ownText(slice) }];
}

/** Without the marks around it and the stamp of another render, and with a line end. */
function ownText(slice: string): string {
  const text = withoutStamp(slice)
    .replace(/^---[ \t]*(?:\r\n|\r|\n|$)/m, "")
    .replace(/^\.\.\.[^\n]*\n?/m, "");
  return `${text.replaceAll("\r\n", "\n").trim()}\n`;
}

function pathOf({ kind, name }: SourceDocument): string {
  if (kind === "Estate") return `${ESTATE_FOLDER}/estate.yaml`;
  // Names have a format, which a document with an error need not keep.
  return `${ESTATE_FOLDER}/${folders[kind]}${name.replaceAll(/[^A-Za-z0-9._-]+|^\.+/g, "-")}.yaml`;
}

interface FieldValue {
  readonly path: readonly string[];
  /** Undefined where the field has to go. */
  readonly value: unknown;
}

/** An application without manifests owns what lies in its namespace: that needs no path. */
function manifestsOf(
  { kind, value }: SourceDocument,
  path: string,
  unit: DeliveryUnit | undefined,
): FieldValue | undefined {
  if (kind !== "Application" || asObject(value.spec).manifests === undefined) return undefined;
  return {
    path: ["spec", "manifests"],
    value: unit === undefined ? undefined : leafManifests(unit, sourceDirectory(path)),
  };
}

/** A load series comes along: the repository has to be readable alone. */
function seriesOf(
  { kind, value, source, name }: SourceDocument,
  { texts }: SourceSet,
): (FieldValue & { readonly file: RepositoryFile }) | undefined {
  const written = asText(asObject(asObject(value.spec).series).file);
  if (kind !== "LoadProfile" || written === undefined) return undefined;
  const text = texts.get(joinSourcePath(sourceDirectory(source), written));
  if (text === undefined) return undefined;
  // Not the old name with something before it: that would grow with every render of what was rendered.
  const file = `${name}-series${/\.[^.]*$/.exec(sourceName(written))?.[0] ?? ""}`;
  return {
    path: ["spec", "series", "file"],
    value: file,
    file: { path: `${ESTATE_FOLDER}/${folders[kind]}${file}`, text, tells: `${kind}/${name}` },
  };
}

/** Where a text cannot be edited without losing something, its value is written instead. */
function edited({ text, value }: SourceDocument, path: readonly string[], wanted: unknown): string {
  const result = editDocument(text, { path, value: wanted });
  return "text" in result ? result.text : yamlText(withField(value, path, wanted));
}

function withField(value: unknown, [key, ...rest]: readonly string[], wanted: unknown): unknown {
  return key === undefined ? wanted : { ...asObject(value), [key]: withField(asObject(value)[key], rest, wanted) };
}
