import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import {
  badList,
  missingName,
  missingTypeField,
  noKubernetesObject,
  notAnObject,
  toolConfiguration,
} from "../diagnostics/manifest-diagnostics.ts";
import type { FieldPath, YamlDocument } from "../sources/yaml-document.ts";
import { appendAll } from "./append-all.ts";
import { apiGroup } from "./group-kind.ts";
import { asObject, asText, isJsonObject } from "./json-value.ts";
import type { JsonObject, KubernetesObject } from "./kubernetes-object.ts";
import { looksLikeScantlingGroup } from "./scantling-group.ts";

/** What a stream of documents holds. */
export interface ObjectReading {
  /** Every Kubernetes object in the order of the documents, lists flattened, kinds that nobody knows included. */
  readonly objects: readonly KubernetesObject[];
  /** Documents of Scantling and OpenSLO, also from inside lists, and what was meant as one. */
  readonly scantlingDocuments: readonly YamlDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A value inside a document, with the path that leads to it. */
interface Node {
  readonly document: YamlDocument;
  readonly path: FieldPath;
  readonly value: unknown;
}

/** Groups of files that tools read from a repository; they never reach a cluster. */
const toolGroups: ReadonlySet<string> = new Set(["kustomize.config.k8s.io", "skaffold", "kind.x-k8s.io", "kuttl.dev"]);

/**
 * Sorts documents into Kubernetes objects, documents of Scantling or OpenSLO, and what is neither. Lists of any kind are
 * flattened, nested ones too; an item that names no kind takes it from a typed list, as `kubectl` does.
 */
export function readObjects(documents: readonly YamlDocument[]): ObjectReading {
  const objects: KubernetesObject[] = [];
  const scantlingDocuments: YamlDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const pending: Node[] = [{ document, path: [], value: document.value }];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node.value === null || node.value === undefined) continue;
      const { value } = node;
      if (!isJsonObject(value)) {
        diagnostics.push(diagnose(notAnObject, { found: describe(value) }, placeOf(node)));
      } else if (isList(value)) {
        appendAll(pending, listItems(node, value, diagnostics));
      } else if (looksLikeScantlingGroup(value.apiVersion)) {
        scantlingDocuments.push(nestedDocument(node));
      } else {
        const object = readObject(node, value, diagnostics);
        if (object !== undefined) objects.push(object);
      }
    }
  }
  return { objects, scantlingDocuments, diagnostics };
}

function readObject(node: Node, value: JsonObject, diagnostics: Diagnostic[]): KubernetesObject | undefined {
  const apiVersion = asText(value.apiVersion);
  const kind = asText(value.kind);
  if (value.apiVersion === undefined && value.kind === undefined) {
    diagnostics.push(diagnose(noKubernetesObject, {}, placeOf(node)));
    return undefined;
  }
  if (apiVersion === undefined || kind === undefined) {
    const field = apiVersion === undefined ? "apiVersion" : "kind";
    diagnostics.push(diagnose(missingTypeField, { field }, placeOf(node, value[field] === undefined ? [] : [field])));
    return undefined;
  }
  if (toolGroups.has(apiGroup(apiVersion))) {
    diagnostics.push(diagnose(toolConfiguration, { kind, apiVersion }, placeOf(node)));
    return undefined;
  }
  const metadata = asObject(value.metadata);
  const name = nameOf(metadata);
  if (name === undefined) {
    diagnostics.push(diagnose(missingName, { kind }, placeOf(node, ["metadata"])));
    return undefined;
  }
  const { document, path } = node;
  return {
    apiVersion,
    kind,
    name,
    namespace: asText(metadata.namespace),
    value,
    locate: path.length === 0 ? (field) => document.locate(field) : (field) => document.locate([...path, ...field]),
  };
}

/** A generated name stands in by its prefix; a number was meant as text (its type is reported with the other fields). */
function nameOf(metadata: JsonObject): string | undefined {
  if (typeof metadata.name === "number" || typeof metadata.name === "boolean") return String(metadata.name);
  return asText(metadata.name) ?? asText(metadata.generateName);
}

function isList(value: JsonObject): boolean {
  if (typeof value.kind !== "string" || !value.kind.endsWith("List")) return false;
  return value.kind === "List" || Array.isArray(value.items) || (value.items !== undefined && value.spec === undefined);
}

/** Items in reverse order, ready for a stack. */
function listItems(node: Node, list: JsonObject, diagnostics: Diagnostic[]): Node[] {
  const kind = String(list.kind);
  if (list.items === undefined || list.items === null) return [];
  if (!Array.isArray(list.items)) {
    diagnostics.push(diagnose(badList, { kind }, placeOf(node, ["items"])));
    return [];
  }
  const itemKind = kind.slice(0, -"List".length);
  const nodes: Node[] = list.items.map((item: unknown, index) => ({
    document: node.document,
    path: [...node.path, "items", index],
    value: itemKind === "" ? item : withInheritedType(item, list.apiVersion, itemKind),
  }));
  return nodes.reverse();
}

/** Typed lists, as the API server returns them, may leave apiVersion and kind to the list. */
function withInheritedType(item: unknown, apiVersion: unknown, kind: string): unknown {
  if (!isJsonObject(item) || item.kind !== undefined || item.apiVersion !== undefined) return item;
  return { apiVersion, kind, ...item };
}

function nestedDocument({ document, path, value }: Node): YamlDocument {
  if (path.length === 0) return document;
  return {
    source: document.source,
    index: document.index,
    value,
    locate: (field) => document.locate([...path, ...field]),
    scalarText: (field) => document.scalarText([...path, ...field]),
  };
}

function placeOf(node: Node, field: FieldPath = []): { readonly place: ReturnType<YamlDocument["locate"]> } {
  return { place: node.document.locate([...node.path, ...field]) };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}
