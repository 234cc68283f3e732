import * as z from "zod";
import { resourceName, textMap } from "./field-formats.ts";

/** `apiVersion` of every Scantling document. */
export const SCANTLING_API_VERSION = "scantling/v1alpha1";

/** `metadata` of a document, as on a Kubernetes object. */
const DocumentMetadata = z.strictObject({
  name: resourceName.describe("Name of the document, unique among those of its kind."),
  labels: textMap.optional().describe("Labels, for people and tools; Scantling keeps them."),
  annotations: textMap.optional().describe("Annotations, for people and tools; Scantling keeps them."),
});

/** A Scantling document of one kind: the same outer shape as a Kubernetes object. */
export function documentSchema<Kind extends string, Spec extends z.ZodType>(
  kind: Kind,
  description: string,
  spec: Spec,
) {
  return z
    .strictObject({
      apiVersion: z.literal(SCANTLING_API_VERSION).describe("Version of the document's format."),
      kind: z.literal(kind).describe("Kind of the document."),
      metadata: DocumentMetadata.describe("Name and labels of the document."),
      spec: spec.describe(description),
    })
    .describe(description);
}
