import { type LoadOptions, loadEstate } from "../load-estate.ts";
import type { Estate } from "../model/estate.ts";
import { memorySources } from "../sources/memory-sources.ts";
import { formatPlace } from "../sources/place.ts";

/** The estate that the texts of a repository declare. */
export function givenTexts(
  texts: { readonly [path: string]: string },
  roots?: readonly string[],
  options?: LoadOptions,
): Estate {
  return loadEstate(memorySources(texts, roots), options);
}

/** A Scantling document; `spec` in flow style or as indented lines. */
export function document(kind: string, name: string, spec: string): string {
  const body = spec.startsWith("\n") ? spec : ` ${spec}`;
  return `apiVersion: scantling/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:${body}\n---\n`;
}

/** A Deployment with a Service of its name, as YAML. `fields` go into the metadata of both. */
export function webService(
  name: string,
  given: { readonly namespace?: string; readonly type?: string; readonly calls?: string } = {},
): string {
  const label = JSON.stringify(name);
  const namespace = given.namespace === undefined ? "" : `, namespace: ${JSON.stringify(given.namespace)}`;
  const metadata = `{name: ${label}${namespace}}`;
  const env = given.calls === undefined ? "" : `, env: [{name: UPSTREAM_URL, value: "http://${given.calls}"}]`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: ${metadata}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${label}}}
  template:
    metadata: {labels: {app: ${label}}}
    spec: {containers: [{name: main, image: "registry.example/${name}:1"${env}}]}
---
apiVersion: v1
kind: Service
metadata: ${metadata}
spec: {type: ${given.type ?? "ClusterIP"}, selector: {app: ${label}}, ports: [{port: 80}]}
---
`;
}

/** Code and place of each problem, notes left out. */
export function complaints(estate: Estate): readonly string[] {
  return estate.diagnostics
    .filter(({ severity }) => severity !== "note")
    .map(({ code, place }) => (place === undefined ? code : `${code} ${formatPlace(place)}`));
}

/** Name and subject of each assumption that the documents' own rules made. */
export function assumed(estate: Estate): readonly string[] {
  return estate.assumptions.filter(({ id }) => id < "ASM-050").map(({ name, subject }) => `${name} ${subject}`);
}
