import { describe, expect, test } from "vitest";
import { readClusterState } from "../kubernetes/read-cluster-state.ts";
import { deployment, placeYaml, service } from "../kubernetes/testing/place-yaml.ts";
import { type DependencyReading, inferDependencies } from "./infer-dependencies.ts";

function infer(text: string): DependencyReading {
  const placed = placeYaml(text);
  return inferDependencies(readClusterState(placed), placed);
}

const backend = deployment("orders") + service("orders", 8080);

describe("Secrets", () => {
  const secret = (data: string) => `---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n${data}\n`;
  const fromSecret = "envFrom: [{secretRef: {name: s}}]";

  test.each([
    ["plain text", "stringData: {DB_URL: 'postgres://admin:hunter2@orders:8080/x'}"],
    ["base64", `data: {DB_URL: ${btoa("postgres://admin:hunter2@orders:8080/x")}}`],
  ])("are read as %s and never shown", (_what, data) => {
    const reading = infer(deployment("web", { container: fromSecret }) + backend + secret(data));
    expect(reading.dependencies.map(({ to }) => to)).toEqual([
      { kind: "workload", id: "prod/weu/shop/Deployment/orders" },
    ]);
    expect(reading.dependencies[0]?.evidence[0]?.text).toBe("DB_URL=[redacted]");
    expect(JSON.stringify(reading)).not.toMatch(/hunter2|admin/);
  });

  test("a value that only takes its password from a Secret shows the rest", () => {
    const container =
      "env: [{name: PW, valueFrom: {secretKeyRef: {name: s, key: pw}}}, {name: DB_URL, value: 'postgres://admin:$(PW)@orders:8080/x'}]";
    const reading = infer(deployment("web", { container }) + backend + secret("stringData: {pw: hunter2}"));
    expect(reading.dependencies[0]?.evidence[0]?.text).toBe("DB_URL=postgres://[redacted]@orders:8080");
  });

  test("a host that is in the Secret itself is found, and shown as the edge only", () => {
    const container =
      "env: [{name: H, valueFrom: {secretKeyRef: {name: s, key: h}}}, {name: DB_URL, value: 'postgres://$(H):5432/x'}]";
    const reading = infer(deployment("web", { container }) + backend + secret("stringData: {h: orders}"));
    expect(reading.dependencies[0]?.evidence[0]?.text).toBe("DB_URL=[redacted]");
  });

  test("what looks like a host but may be the secret is not told", () => {
    const reading = infer(
      deployment("web", { container: fromSecret }) +
        secret("stringData: {LOGIN: 'admin:12345', API_ADDRESS: hunter2, OTHER: 'hunter2:12345'}"),
    );
    expect(JSON.stringify(reading)).not.toMatch(/hunter2|12345/);
  });

  test("one that is not in the input is a note, one that is no base64 an error", () => {
    expect(infer(deployment("web", { container: fromSecret })).diagnostics).toMatchObject([
      { code: "EST-326", severity: "note" },
    ]);
    const twice = infer(
      deployment("web", { container: fromSecret }) + deployment("admin", { container: fromSecret }),
    ).diagnostics;
    expect(twice.map(({ message }) => message)).toEqual([
      expect.stringContaining("shop/admin and 1 more are unknown."),
    ]);
    const broken = infer(deployment("web", { container: fromSecret }) + secret("data: {DB_URL: 'http://orders'}"));
    expect(broken.diagnostics).toMatchObject([{ code: "EST-333", place: { precision: "exact" } }]);
  });

  test("a ConfigMap that is not in the input is a warning, unless it is optional or everywhere", () => {
    expect(infer(deployment("web", { container: "envFrom: [{configMapRef: {name: c}}]" })).diagnostics).toMatchObject([
      { code: "EST-323", severity: "warning" },
    ]);
    expect(
      infer(
        deployment("web", {
          container: "envFrom: [{configMapRef: {name: c, optional: true}}, {configMapRef: {name: kube-root-ca.crt}}]",
        }),
      ).diagnostics,
    ).toEqual([]);
  });
});
