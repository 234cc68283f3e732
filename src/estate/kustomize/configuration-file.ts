import { kustomizationInvalid } from "../diagnostics/kustomize-diagnostics.ts";
import { isJsonObject } from "../kubernetes/json-value.ts";
import { type Evaluation, findFile } from "./evaluation.ts";
import { rootOrigin } from "./field-origin.ts";
import { readFieldSpecs } from "./field-spec-section.ts";
import type { NameReferenceSpec } from "./name-reference-specs.ts";
import { Section } from "./section.ts";
import {
  emptyConfiguration,
  fieldSpecListNames,
  mergeConfigurations,
  type TransformerConfiguration,
} from "./transformer-configuration.ts";

/** The fields that the files under `configurations` add to those that transformers change. */
export function readConfigurations(
  evaluation: Pick<Evaluation, "kustomization" | "files" | "log">,
): TransformerConfiguration {
  let configuration: TransformerConfiguration = emptyConfiguration;
  for (const name of evaluation.kustomization.fields.texts("configurations")) {
    const file = findFile(evaluation, name, "transformer configuration");
    const reading = file === undefined ? undefined : evaluation.files.documents(file.path);
    evaluation.log.add(reading?.diagnostics ?? []);
    const [document] = reading?.documents ?? [];
    if (document === undefined) continue;
    if (!isJsonObject(document.value)) {
      const reason = "a transformer configuration must be a mapping";
      evaluation.log.report(kustomizationInvalid, { reason }, rootOrigin(document));
      continue;
    }
    const section = new Section(document.value, rootOrigin(document), evaluation.log);
    configuration = mergeConfigurations(configuration, readConfiguration(section));
  }
  return configuration;
}

function readConfiguration(section: Section): TransformerConfiguration {
  section.expectOnly([...fieldSpecListNames, "nameReference"]);
  const configuration: { -readonly [Name in keyof TransformerConfiguration]: TransformerConfiguration[Name] } = {
    ...emptyConfiguration,
    nameReference: section.sections("nameReference").map(readNameReference),
  };
  for (const name of fieldSpecListNames) configuration[name] = readFieldSpecs(section, name);
  return configuration;
}

function readNameReference(section: Section): NameReferenceSpec {
  section.expectOnly(["group", "version", "kind", "fieldSpecs"]);
  return {
    group: section.text("group"),
    version: section.text("version"),
    kind: section.text("kind"),
    referrers: readFieldSpecs(section, "fieldSpecs"),
  };
}
