import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { readYaml } from "../sources/read-yaml.ts";
import { breweryDocuments } from "../testing/brewery-estate.ts";
import { type DocumentKind, documentKindNames } from "./document-kinds.ts";
import { anyDocumentJsonSchema, kindJsonSchema } from "./json-schemas.ts";
import { fieldDescriptions } from "./schema-fields.ts";

const documents = readYaml(breweryDocuments, "brewery.yaml").documents.map(({ value }) => value);

describe("JSON Schemas", () => {
  test("of each kind take a document that uses every field", () => {
    const ajv = new Ajv({ strict: false });
    for (const document of documents) {
      const { kind } = document as { readonly kind: DocumentKind };
      const validate = ajv.compile(kindJsonSchema(kind));
      expect(validate(document), `${kind}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
  });

  test("of any document tells kinds and fields apart", () => {
    const validate = new Ajv({ strict: false }).compile(anyDocumentJsonSchema());
    for (const document of documents) expect(validate(document)).toBe(true);
    const head = { apiVersion: "scantling/v1alpha1", metadata: { name: "x" } };
    expect(validate({ ...head, kind: "Cluster", spec: { tier: "Free" } })).toBe(true);
    expect(validate({ ...head, kind: "Cluster", spec: { teir: "Free" } })).toBe(false);
    expect(validate({ ...head, kind: "Clutser", spec: {} })).toBe(false);
    expect(validate({ ...head, kind: "Tenant", spec: { tier: "Free" } })).toBe(false);
  });

  test("are of draft-07", () => {
    expect(anyDocumentJsonSchema().$schema).toBe("http://json-schema.org/draft-07/schema#");
    for (const kind of documentKindNames) {
      expect(kindJsonSchema(kind).$schema).toBe("http://json-schema.org/draft-07/schema#");
    }
  });
});

describe("every field", () => {
  test.each(documentKindNames)("of %s has a meaning, as a sentence", (kind) => {
    const fields = fieldDescriptions(kind);
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.filter(({ description }) => !/^["A-Za-z].*\.$/.test(description))).toEqual([]);
    expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length);
  });

  test("of the fixture is one that the schema describes", () => {
    const paths = new Set(
      documentKindNames.flatMap((kind) => fieldDescriptions(kind).map(({ path }) => `${kind}.${path}`)),
    );
    expect(paths).toContain("Cluster.spec.nodePools[].upgrade.maxSurge");
    expect(paths).toContain("Estate.spec.exchangeRates.*.perUsd");
    expect(paths).toContain("Application.spec.manifests.chart");
    expect(paths).toContain("Tenant.spec.accepts.podsNetwork");
  });
});
