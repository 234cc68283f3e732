import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { IgnoredCheck } from "./tool-annotations.ts";

const comment = /#\s*trivy:ignore:([^\s#]+)([^\n]*)/g;

/**
 * Trivy's per-object form: comments `#trivy:ignore:CHECK` inside the document that holds the object. Rendered objects
 * have lost theirs.
 */
export function trivyComments(object: KubernetesObject, texts: ReadonlyMap<string, string>): readonly IgnoredCheck[] {
  const { source, line, precision } = object.locate([]);
  const text = texts.get(source);
  if (text === undefined || precision !== "exact" || line === undefined || !text.includes("trivy:ignore:")) return [];
  return [...documentAt(text, line).matchAll(comment)].map(([, check = "", rest = ""]) => ({
    tool: "trivy",
    check,
    reason: rest.replace(/^[\s:,-]+/, "").trim(),
    path: [],
  }));
}

/** The document around a line: from the separator before it to the one after. */
function documentAt(text: string, line: number): string {
  let start = 0;
  for (let current = 1; current < line; current += 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    start = end + 1;
  }
  const before = text.lastIndexOf("\n---", start);
  const after = text.indexOf("\n---", start);
  return text.slice(before === -1 ? 0 : before, after === -1 ? undefined : after);
}
