import { expect, test } from "vitest";
import { unreadValues } from "./chart-values.ts";

function unread(template: string, values: string, more: { readonly [path: string]: string } = {}): readonly string[] {
  const texts = new Map(
    Object.entries({
      "chart/Chart.yaml": "name: web\nversion: 1.0.0\ndependencies: [{name: redis, alias: cache}]\n",
      "chart/templates/web.yaml": template,
      "chart/values.yaml": values,
      ...more,
    }),
  );
  return unreadValues(texts).map(({ document, path }) => `${document.source} ${path.join(".")}`);
}

test("names the highest key that no template mentions", () => {
  expect(unread("{{ .Values.service.port }}", "service: {port: 80, name: web}\ningress: {host: a}\n")).toEqual([
    "chart/values.yaml service.name",
    "chart/values.yaml ingress",
  ]);
});

test("a mapping that is taken as a whole is read with all that is in it", () => {
  expect(
    unread(
      "{{ toYaml .Values.resources }}{{ with .Values.image }}{{ .tag }}{{ end }}",
      "resources: {a: 1}\nimage: {tag: x}\n",
    ),
  ).toEqual([]);
});

test("values under the names of other charts, and global ones, go elsewhere", () => {
  expect(unread("{{ .Values.a }}", "a: 1\nglobal: {b: 1}\ncache: {c: 1}\nredis: {d: 1}\n")).toEqual([]);
});

test("keys with special characters are read by index", () => {
  expect(unread('{{ index .Values "my-app" "port" }}', "my-app: {port: 1, host: x}\n")).toEqual([
    "chart/values.yaml my-app.host",
  ]);
});

test("templates that hand on all values leave nothing certain", () => {
  expect(unread("{{ toYaml .Values | nindent 2 }}", "anything: 1\n")).toEqual([]);
});

test("looks at every values file of the chart", () => {
  expect(unread("{{ .Values.a }}", "a: 1\n", { "chart/values-prod.yaml": "b: 1\n" })).toEqual([
    "chart/values-prod.yaml b",
  ]);
});
