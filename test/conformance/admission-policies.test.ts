import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { denials } from "../../src/audit/testing/admission-server.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { memorySources } from "../../src/estate/sources/memory-sources.ts";
import { auditPolicies } from "../../src/operations/audit/audit-policies.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

const estate = loadEstate(
  memorySources({
    "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  audit:
    exemptions:
      - {rule: TEN-008, selector: {namespace: agents, kind: DaemonSet}, reason: "reads node's logs", owner: platform, until: 2027-01-01}
      - {rule: TEN-024.1, selector: {namespace: edge}, reason: old balancer, owner: platform, until: 2027-01-01}
      - {rule: AVL-011, selector: {namespace: old}, reason: gone soon, owner: platform, until: 2026-01-01}
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: shop}
spec: {namespaces: [shop, edge], classification: confidential, trust: external}
`,
  }),
);

function objectsOf(form: "validatingAdmissionPolicy" | "kyverno") {
  return auditPolicies(estate, form, { today: "2026-11-22" }).policies.flatMap(({ objects }) => objects);
}

function schemaOf(path: string): object {
  return JSON.parse(readFileSync(join(sharedFolder, "schemas", path), "utf8")) as object;
}

describe("ValidatingAdmissionPolicy", () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(schemaOf("kubernetes-1.34.json"), "kubernetes");

  test.each(objectsOf("validatingAdmissionPolicy"))("$kind $metadata.name", (object) => {
    const definition = `io.k8s.api.admissionregistration.v1.${String(object["kind"])}`;
    const validate = ajv.getSchema(`kubernetes#/definitions/${definition}`);
    expect(validate?.(object), JSON.stringify(validate?.errors)).toBe(true);
    expect(validate?.({ ...object, spec: { validations: 1, validationActions: 1 } })).toBe(false);
  });
});

test.each(objectsOf("kyverno"))("Kyverno $metadata.name", (object) => {
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    schemaOf("kyverno.io/clusterpolicy_v1.json"),
  );
  expect(validate(object), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...object, spec: { rules: 1 } })).toBe(false);
});

interface RecordedCase {
  readonly name: string;
  readonly level: "baseline" | "restricted";
  readonly version: string;
  readonly verdict: "pass" | "fail";
  readonly manifest: string;
}

describe("Pod Security in CEL, against the verdicts of the reference admission controller", () => {
  const { cases } = JSON.parse(readFileSync(join(sharedFolder, "conformance/pod-security/cases.json"), "utf8")) as {
    readonly cases: readonly RecordedCase[];
  };
  const objects = objectsOf("validatingAdmissionPolicy").filter((object) =>
    JSON.stringify(object["metadata"]).includes("ten-008"),
  );

  test.each(cases)("$level $name: $verdict", ({ level, version, verdict, manifest }) => {
    const object = load(manifest) as { readonly [key: string]: unknown };
    const labels = {
      "pod-security.kubernetes.io/enforce": level,
      "pod-security.kubernetes.io/enforce-version": version,
    };
    const denied = denials(objects, { object, namespace: "any", labels });
    expect(denied.length > 0 ? "fail" : "pass", denied.join("\n")).toBe(verdict);
  });
});
