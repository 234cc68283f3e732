import { reportNotRead } from "../diagnostics/audit-diagnostics.ts";
import { documentKindUnknown, documentNotRead, documentVersionUnknown } from "../diagnostics/document-diagnostics.ts";
import { documentDuplicate, estateDuplicate } from "../diagnostics/reference-diagnostics.ts";
import { SCANTLING_API_VERSION } from "../kinds/document-envelope.ts";
import { type DocumentKind, documentKindNames, openSloKinds } from "../kinds/document-kinds.ts";
import { OPENSLO_API_VERSION } from "../kinds/open-slo.ts";
import { type ValidDocument, validateDocument } from "../kinds/validate-document.ts";
import { asObject, asText } from "../kubernetes/json-value.ts";
import { looksLikeOpenSlo } from "../kubernetes/scantling-group.ts";
import { formatPlace } from "../sources/place.ts";
import type { YamlDocument } from "../sources/yaml-document.ts";
import type { BindingLog } from "./binding-log.ts";

/** The usable documents of an estate, in the order of their sources; names are unique within a kind. */
export interface DocumentSet {
  readonly estate: ValidDocument<"Estate"> | undefined;
  readonly clusters: readonly ValidDocument<"Cluster">[];
  readonly tenants: readonly ValidDocument<"Tenant">[];
  readonly applications: readonly ValidDocument<"Application">[];
  readonly dataStores: readonly ValidDocument<"DataStore">[];
  readonly cloudServices: readonly ValidDocument<"CloudService">[];
  readonly loadProfiles: readonly ValidDocument<"LoadProfile">[];
  readonly objectives: readonly ValidDocument<"SLO">[];
  readonly indicators: readonly ValidDocument<"SLI">[];
  readonly alertPolicies: readonly ValidDocument<"AlertPolicy">[];
  readonly alertConditions: readonly ValidDocument<"AlertCondition">[];
}

const scantlingKinds = documentKindNames.filter((kind) => !openSloKinds.has(kind));
/** Kinds of what Scantling writes into a repository and does not read back as input. */
const reportKinds: ReadonlySet<string> = new Set(["Assessment", "Audit", "AuditBaseline"]);
/** Kinds of OpenSLO that say nothing that is used here. */
const unreadOpenSloKinds: ReadonlySet<string> = new Set(["AlertNotificationTarget", "DataSource", "Service"]);

/** Validates every document as its kind; what cannot be used is reported and left out. */
export function readDocumentSet(documents: readonly YamlDocument[], log: BindingLog): DocumentSet {
  const byKind = new Map<DocumentKind, Map<string, ValidDocument<DocumentKind>>>();
  for (const document of documents) {
    const kind = kindOf(document, log);
    if (kind === undefined) continue;
    const reading = validateDocument(kind, document);
    log.take(reading.diagnostics);
    if (reading.document !== undefined) addDocument(byKind, reading.document, log);
  }
  const all = <Kind extends DocumentKind>(kind: Kind) =>
    [...(byKind.get(kind)?.values() ?? [])] as readonly ValidDocument<DocumentKind>[] as readonly ValidDocument<Kind>[];
  return {
    estate: all("Estate")[0],
    clusters: all("Cluster"),
    tenants: all("Tenant"),
    applications: all("Application"),
    dataStores: all("DataStore"),
    cloudServices: all("CloudService"),
    loadProfiles: all("LoadProfile"),
    objectives: all("SLO"),
    indicators: all("SLI"),
    alertPolicies: all("AlertPolicy"),
    alertConditions: all("AlertCondition"),
  };
}

function kindOf(document: YamlDocument, log: BindingLog): DocumentKind | undefined {
  const value = asObject(document.value);
  const apiVersion = asText(value.apiVersion) ?? "";
  const kind = asText(value.kind) ?? "";
  const known = looksLikeOpenSlo(apiVersion) ? OPENSLO_API_VERSION : SCANTLING_API_VERSION;
  if (apiVersion !== known) {
    const context = { place: document.locate(["apiVersion"]), affects: [identify(document)] };
    log.report(documentVersionUnknown, { apiVersion, known }, context);
    return undefined;
  }
  const kinds = known === OPENSLO_API_VERSION ? [...openSloKinds] : scantlingKinds;
  const usable = kinds.find((name) => name === kind);
  if (usable !== undefined) return usable;
  const context = { place: document.locate(["kind"]) };
  if (known === OPENSLO_API_VERSION && unreadOpenSloKinds.has(kind)) {
    log.report(documentNotRead, { kind }, context);
    return undefined;
  }
  if (known === SCANTLING_API_VERSION && reportKinds.has(kind)) {
    log.report(reportNotRead, { kind }, context);
    return undefined;
  }
  const candidates = known === OPENSLO_API_VERSION ? [...kinds, ...unreadOpenSloKinds] : kinds;
  const parameters = {
    kind: kind === "" ? "A document without kind" : kind,
    apiVersion,
    candidates,
  };
  log.report(documentKindUnknown, parameters, { ...context, affects: [identify(document)] });
  return undefined;
}

function identify(document: YamlDocument): string {
  const value = asObject(document.value);
  const name = asText(asObject(value.metadata).name);
  const kind = asText(value.kind) ?? "document";
  return name === undefined ? kind : `${kind}/${name}`;
}

function addDocument(
  byKind: Map<DocumentKind, Map<string, ValidDocument<DocumentKind>>>,
  document: ValidDocument<DocumentKind>,
  log: BindingLog,
): void {
  const sameKind = byKind.get(document.kind) ?? new Map<string, ValidDocument<DocumentKind>>();
  byKind.set(document.kind, sameKind);
  const place = document.locate(["metadata", "name"]);
  const [anyFirst] = sameKind.values();
  const first = document.kind === "Estate" ? anyFirst : sameKind.get(document.name);
  if (first === undefined) {
    sameKind.set(document.name, document);
    return;
  }
  const where = formatPlace(first.locate(["metadata", "name"]));
  const context = { place, affects: [document.id] };
  if (document.kind === "Estate") log.report(estateDuplicate, { name: document.name, first: where }, context);
  else log.report(documentDuplicate, { document: document.id, first: where }, context);
}
