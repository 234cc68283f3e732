import { expect, test } from "vitest";
import { auditTexts, bareDeployment } from "../testing/audit-texts.ts";

const estate = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: pair}
spec: {complete: true, classifications: [internal, confidential]}
`;

const namespace = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
`;

function tenant(name: string, spec: string): string {
  return `---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: ${name}}
spec: {namespaces: [${name}], ${spec}}
`;
}

function pair(shop: string): { readonly [path: string]: string } {
  const ledger = bareDeployment("ledger").replace("namespace: shop", "namespace: bank");
  return {
    "estate.yaml": estate + tenant("shop", shop) + tenant("bank", "trust: internal, classification: internal"),
    "apps.yaml": `${namespace}---\n${bareDeployment("web")}---\n${ledger}`,
  };
}

function severity(shop: string, rule: string): string | undefined {
  const { findings } = auditTexts(pair(shop));
  return findings.find((each) => each.rule === rule && each.subject.endsWith("Namespace/shop"))?.severity;
}

test("data of a higher class than a neighbour's make what guards data weigh more, and not what bounds use", () => {
  expect(severity("trust: internal, classification: internal", "TEN-002.1")).toBe("high");
  expect(severity("trust: internal, classification: confidential", "TEN-002.1")).toBe("high");
  expect(severity("trust: internal, classification: internal", "TEN-007.1")).toBe("high");
  expect(severity("trust: internal, classification: confidential", "TEN-007.1")).toBe("critical");
});

test("a tenant that is not trusted makes both weigh more", () => {
  expect(severity("trust: external, classification: internal", "TEN-002.1")).toBe("critical");
  expect(severity("trust: external, classification: internal", "TEN-007.1")).toBe("critical");
});

test("profile strict judges development as production, and the tenants move that", () => {
  const texts = pair("trust: external, classification: internal");
  const inDevelopment = Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      text.replace("complete: true,", "complete: true, environments: [{name: dev, criticality: low}],"),
    ]),
  );
  const severityUnder = (profile: string) =>
    auditTexts(inDevelopment, { profile }).findings.find(
      ({ rule, subject }) => rule === "TEN-002.1" && subject.endsWith("Namespace/shop"),
    )?.severity;
  expect(severityUnder("default")).toBe("medium");
  expect(severityUnder("strict")).toBe("critical");
});
