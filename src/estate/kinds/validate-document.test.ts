import { describe, expect, test } from "vitest";
import { formatPlace } from "../sources/place.ts";
import { readYaml } from "../sources/read-yaml.ts";
import { breweryDocuments } from "../testing/brewery-estate.ts";
import type { DocumentKind } from "./document-kinds.ts";
import { type DocumentReading, validateDocument } from "./validate-document.ts";

function read<Kind extends DocumentKind>(kind: Kind, spec: string): DocumentReading<Kind> {
  const text = `apiVersion: scantling/v1alpha1\nkind: ${kind}\nmetadata: {name: x}\nspec:\n${spec}`;
  const [document] = readYaml(text, "x.yaml").documents;
  if (document === undefined) throw new Error("the test's text is no document");
  return validateDocument(kind, document);
}

function complaints(reading: DocumentReading<DocumentKind>): readonly string[] {
  return reading.diagnostics.map(({ code, place }) => `${code} ${place === undefined ? "" : formatPlace(place)}`);
}

describe("a valid document", () => {
  test("of every kind is taken whole, with every field in use", () => {
    const { documents } = readYaml(breweryDocuments, "brewery.yaml");
    expect(documents).toHaveLength(10);
    for (const document of documents) {
      const { kind } = document.value as { readonly kind: DocumentKind };
      const reading = validateDocument(kind, document);
      expect(reading.diagnostics).toEqual([]);
      expect(reading.document?.broken).toEqual([]);
    }
  });

  test("may leave everything but its name out", () => {
    const [document] = readYaml(
      "apiVersion: scantling/v1alpha1\nkind: Tenant\nmetadata: {name: t}\n",
      "t.yaml",
    ).documents;
    expect(document === undefined ? undefined : validateDocument("Tenant", document)).toMatchObject({
      document: { id: "Tenant/t" },
      diagnostics: [],
    });
  });

  test("takes null as absent, also where a text or a list is wanted", () => {
    const { document, diagnostics } = read(
      "DataStore",
      "  {sku: null, workload: null, price: null, recovery: null, entities: null}\n",
    );
    expect(diagnostics).toEqual([]);
    expect(document?.value.spec).toEqual({});
  });
});

describe("scalars where a text is wanted", () => {
  test("are taken as written", () => {
    const spec =
      "  ring: 2\n  nodePools: [{name: a, zones: [1, 2], taints: [{key: k, value: true, effect: NoSchedule}]}]\n";
    const { document, diagnostics } = read("Cluster", spec);
    expect(diagnostics).toEqual([]);
    expect(document?.value.spec?.ring).toBe("2");
    expect(document?.value.spec?.nodePools?.[0]).toMatchObject({ zones: ["1", "2"], taints: [{ value: "true" }] });
  });

  test("keep trailing zeros of a version", () => {
    expect(read("Cluster", "  kubernetesVersion: 1.30\n").document?.value.spec?.kubernetesVersion).toBe("1.30");
  });

  test("still have to have the format", () => {
    expect(complaints(read("Cluster", "  kubernetesVersion: 1.3\n"))).toEqual(["EST-206 x.yaml:5:3"]);
  });
});

describe("bad input", () => {
  const cases: readonly [what: string, kind: DocumentKind, spec: string, complaint: string, hint: RegExp][] = [
    ["unknown field", "Cluster", "  regoin: westeurope\n", "EST-203 x.yaml:5:3", /Did you mean region\?/],
    [
      "unknown field, nothing near",
      "CloudService",
      "  service: a\n  zzzzzzz: 1\n",
      "EST-203 x.yaml:6:3",
      /Names that would do: service, tier/,
    ],
    [
      "unknown field deep inside",
      "Cluster",
      "  nodePools:\n    - {name: a, vmSzie: x}\n",
      "EST-203 x.yaml:6:17",
      /vmSize/,
    ],
    ["wrong type", "Cluster", "  nodePools: seven\n", "EST-204 x.yaml:5:3", /Node pools/],
    ["list for a mapping", "Cluster", "  network: [a]\n", "EST-204 x.yaml:5:3", /Network/],
    ["missing field", "Estate", '  regions:\n    - zones: ["1"]\n', "EST-205 x.yaml:6:7", /Azure region/],
    ["bad duration", "Application", "  recovery: {zone: {rto: 5 minutes}}\n", "EST-206 x.yaml:5:21", /Recovery time/],
    ["bad percentage", "CloudService", '  service: a\n  availability: "101%"\n', "EST-206 x.yaml:6:3", /Availability/],
    ["bad quantity", "Tenant", "  quota: {memory: 4gb}\n", "EST-206 x.yaml:5:11", /quantity/],
    [
      "bad reference",
      "Application",
      "  dependencies: [{from: web, to: DataStore/a}]\n",
      "EST-206 x.yaml:5:19",
      /depends/,
    ],
    [
      "bad target",
      "Application",
      "  dependencies: [{from: a/Deployment/b, to: Datastore/a/b/c}]\n",
      "EST-206 x.yaml:5:41",
      /depends on/,
    ],
    ["bad date", "Estate", '  exchangeRates: {EUR: {perUsd: 1, asOf: "2026-02-30"}}\n', "EST-206 x.yaml:5:36", /Day/],
    [
      "bad window",
      "Estate",
      '  environments: [{name: a, hours: "Mon-Fry 08:00-18:00"}]\n',
      "EST-206 x.yaml:5:28",
      /When it runs/,
    ],
    [
      "bad time zone",
      "Estate",
      "  environments: [{name: a, timeZone: Europe/Copenhaven}]\n",
      "EST-206 x.yaml:5:28",
      /IANA/,
    ],
    [
      "bad address range",
      "Estate",
      "  networks: [{name: a, addressSpace: [10.0.0.1/16]}]\n",
      "EST-206 x.yaml:5:39",
      /ranges/,
    ],
    ["value not allowed", "Cluster", "  tier: standrad\n", "EST-207 x.yaml:5:3", /Did you mean Standard\?/],
    [
      "not one of two numbers",
      "Estate",
      "  commercial: {savingsPlans: [{hourlyCommitment: 1, termYears: 2}]}\n",
      "EST-207 x.yaml:5:53",
      /1, 3/,
    ],
    ["below the range", "CloudService", "  service: a\n  quantity: 0\n", "EST-208 x.yaml:6:3", /units/],
    ["above the range", "Cluster", "  nodePools: [{name: a, maxPods: 251}]\n", "EST-208 x.yaml:5:25", /250/],
    ["an empty list of manifests", "Application", "  manifests: {default: []}\n", "EST-208 x.yaml:5:15", /./],
    [
      "a mistyped field of a chart",
      "Application",
      "  manifests: {chart: ./a, valuess: [b]}\n",
      "EST-203 x.yaml:5:27",
      /values/,
    ],
  ];

  test.each(cases)("%s", (_what, kind, spec, complaint, hint) => {
    const reading = read(kind, spec);
    expect(complaints(reading)).toEqual([complaint]);
    expect(reading.diagnostics[0]?.hint).toMatch(hint);
    expect(reading.diagnostics[0]?.affects).toEqual([`${kind}/x`]);
    expect(reading.diagnostics[0]?.message).toMatch(/^[^.!?\n].*\.$/);
  });

  test("a field of spec beside it is told where it belongs", () => {
    const text = "apiVersion: scantling/v1alpha1\nkind: Cluster\nmetadata: {name: x}\nregion: westeurope\n";
    const [document] = readYaml(text, "x.yaml").documents;
    const reading = document === undefined ? undefined : validateDocument("Cluster", document);
    expect(reading?.diagnostics[0]?.hint).toBe("Did you mean spec.region?");
    expect(reading?.document).toBeDefined();
  });

  test("takes out the least that cannot be used, and the rest knows its place", () => {
    const spec = `  nodePools:
    - {name: BAD}
    - {vmSize: Standard_D4s_v5}
    - name: good
      zones: [1, {}, 3]
      taints:
        - {key: a, effect: Never}
        - {key: b, effect: NoSchedule}
`;
    const { document, diagnostics } = read("Cluster", spec);
    expect(document?.value.spec?.nodePools).toEqual([
      { name: "good", zones: ["1", "3"], taints: [{ key: "b", effect: "NoSchedule" }] },
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-206", "EST-205", "EST-204", "EST-207"]);
    const place = (path: (string | number)[]) => document?.locate(path);
    expect(place(["spec", "nodePools", 0, "name"])?.line).toBe(8);
    expect(place(["spec", "nodePools", 0, "taints", 0])?.line).toBe(12);
    expect(place(["spec", "nodePools", 0, "zones", 1])).toMatchObject({ line: 9, column: 22 });
    expect(document?.broken).toContain("spec.nodePools[1]");
    expect(document?.broken).toContain("spec.nodePools[2].taints[0]");
  });

  test.each([
    ["no name", "metadata: {}"],
    ["no metadata", "spec: {}"],
    ["a name that is none", "metadata: {name: [a]}"],
    ["metadata that is a list", "metadata: [a]"],
  ])("%s leaves nothing to use", (_what, line) => {
    const [document] = readYaml(`apiVersion: scantling/v1alpha1\nkind: Tenant\n${line}\n`, "t.yaml").documents;
    const reading = document === undefined ? undefined : validateDocument("Tenant", document);
    expect(reading?.document).toBeUndefined();
    expect(reading?.diagnostics).toHaveLength(1);
  });
});
