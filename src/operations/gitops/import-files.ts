import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { joinSourcePath, sourceDirectory } from "../../estate/sources/source-path.ts";
import type { FoundTenant } from "../../gitops/import/found-estate.ts";
import type { BesideFile, FoundApplication, GatheredApplications } from "../../gitops/import/gather-applications.ts";
import { yamlText } from "../../gitops/repository/yaml-text.ts";
import { type DeclaredDocument, withField } from "./import-declared.ts";
import {
  documentText,
  type ImportDocument,
  importedApplication,
  importedCluster,
  importedEstate,
  importedTenant,
  manifestsValue,
} from "./import-documents.ts";
import type { PromotionOrder } from "./import-environments.ts";
import { type ImportPlaces, repositoryName, toRepository } from "./import-paths.ts";
import type { ImportSetting } from "./import-setting.ts";

/** All files by path below the folder of the documents, once it is known what they leave open. */
export function importedFiles(
  setting: ImportSetting,
  { applications, files }: GatheredApplications,
  { byCluster, environments }: PromotionOrder,
): (assumptions: readonly Assumption[]) => ReadonlyMap<string, string> {
  const { declared, found, places } = setting;
  const kept = declared.map((document) => [document.path, keptText(document, applications, places)] as const);
  const isDeclared = ({ kind, name }: ImportDocument): boolean =>
    declared.some((each) => each.kind === kind && (each.name === name || kind === "Estate"));
  const serving = (environment: string): readonly string[] =>
    found.clusters
      .map(({ name }) => name)
      .filter((name) => byCluster.get(name)?.includes(environment))
      .toSorted();
  const documents = newDocuments(setting, applications, { byCluster, environments }, serving).filter(
    (each) => !isDeclared(each),
  );
  const beside = [...besideTexts(found.files), ...files].map(
    ([path, file]) => [path, besideText(path, file, setting)] as const,
  );
  return (assumptions) =>
    new Map([
      ...documents.map((document) => [document.path, documentText(document, assumptions)] as const),
      ...kept,
      ...beside,
    ]);
}

function newDocuments(
  setting: ImportSetting,
  applications: readonly FoundApplication[],
  { byCluster, environments }: PromotionOrder,
  serving: (environment: string) => readonly string[],
): readonly ImportDocument[] {
  const { found, places } = setting;
  const regions = [...new Set(found.clusters.flatMap(({ region }) => region ?? []))].toSorted();
  const charts = found.deliveries.filter(({ source }) => source.kind === "chart").length;
  const packaging = charts * 2 > found.deliveries.length ? "helm" : "kustomize";
  return [
    importedEstate(repositoryName(places), environments, regions, { agent: found.agent, packaging }),
    ...found.clusters.map((cluster) =>
      importedCluster(
        cluster,
        byCluster.get(cluster.name) ?? environments,
        found.components.filter((component) => component.cluster === cluster.name),
      ),
    ),
    ...tenantsOf(setting, applications).map(importedTenant),
    ...applications.map((application) => importedApplication(application, serving, places)),
  ];
}

/**
 * Projects and labels name tenants with what they own; accounts name them only. Of an application that is declared its
 * document says whose it is.
 */
function tenantsOf(
  { found: { tenants }, declared }: ImportSetting,
  all: readonly FoundApplication[],
): readonly FoundTenant[] {
  const applications = all.filter(
    ({ name }) => !declared.some((each) => each.kind === "Application" && each.name === name),
  );
  const named = declared.length === 0 ? tenants.map(({ name }) => name) : [];
  const names = new Set([...named, ...applications.flatMap(({ tenant }) => tenant ?? [])]);
  const own = new Set(applications.flatMap(({ namespace }) => namespace ?? []));
  return [...names].toSorted().map((name) => {
    const found = tenants.find((tenant) => tenant.name === name);
    return {
      name,
      owners: found?.owners ?? [],
      namespaces: (found?.namespaces ?? []).filter((namespace) => !own.has(namespace)),
    };
  });
}

/** A document of the repository, with paths as they are seen from where it goes. */
function keptText(document: DeclaredDocument, applications: readonly FoundApplication[], places: ImportPlaces): string {
  const { kind, name, value, source } = document;
  if (kind === "LoadProfile") {
    const file = asText(asObject(asObject(value.spec).series).file);
    if (file === undefined) return document.text;
    const from = sourceDirectory(document.path);
    const target = toRepository(places, from, joinSourcePath(sourceDirectory(source), file));
    return withField(document, ["spec", "series", "file"], target);
  }
  const application = kind === "Application" ? applications.find((each) => each.name === name) : undefined;
  if (application === undefined) return document.text;
  return withField(document, ["spec", "manifests"], manifestsValue(application, places));
}

/** Texts as files beside the documents. */
export function besideTexts(texts: ReadonlyMap<string, string>): ReadonlyMap<string, BesideFile> {
  return new Map([...texts].map(([path, text]) => [path, { kind: "text", text }]));
}

function besideText(path: string, file: BesideFile, { places, texts }: ImportSetting): string {
  if (file.kind === "text") return file.text;
  if (file.kind === "copy") return texts.get(file.path) ?? "{}\n";
  const from = sourceDirectory(path);
  const resources = file.folders.map((folder) => toRepository(places, from, folder));
  return yamlText({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources });
}
