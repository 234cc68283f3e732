import { kustomizeUnsupported } from "../diagnostics/kustomize-diagnostics.ts";
import type { Evaluation } from "./evaluation.ts";
import { type MapNode, textOf } from "./field-node.ts";
import { type GeneratedKind, runGenerator } from "./generator.ts";
import { renderedObject } from "./rendered-value.ts";
import { Section } from "./section.ts";

const generators: ReadonlyMap<string, GeneratedKind> = new Map([
  ["ConfigMapGenerator", "ConfigMap"],
  ["SecretGenerator", "Secret"],
]);

/** Runs a generator of the field `generators`. Only two of the built-in ones are known; all others are reported. */
export function runBuiltInGenerator(evaluation: Evaluation, configuration: MapNode): void {
  const kind = textOf(configuration.fields.get("kind"));
  const generated = textOf(configuration.fields.get("apiVersion")) === "builtin" ? generators.get(kind) : undefined;
  if (generated !== undefined) {
    const section = new Section(renderedObject(configuration), configuration.origin, evaluation.log, "ignored");
    const metadata = section.section("metadata");
    runGenerator(evaluation, section, generated, section.has("name") ? section : (metadata ?? section));
    return;
  }
  const effect = "the resources that it would generate are missing";
  evaluation.log.report(kustomizeUnsupported, { field: kind, effect }, configuration.origin, [
    evaluation.kustomization.directory,
  ]);
}
