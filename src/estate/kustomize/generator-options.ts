import type { LocatedText, Section } from "./section.ts";

export interface GeneratorOptions {
  readonly labels: ReadonlyMap<string, LocatedText>;
  readonly annotations: ReadonlyMap<string, LocatedText>;
  readonly disableNameSuffixHash: boolean;
  readonly immutable: boolean;
}

/** The options of one generator; those of `generatorOptions` fill the gaps, and a true there always counts. */
export function readGeneratorOptions(section: Section | undefined, shared?: GeneratorOptions): GeneratorOptions {
  section?.expectOnly(["labels", "annotations", "disableNameSuffixHash", "immutable"]);
  return {
    labels: new Map([...(shared?.labels ?? []), ...(section?.textMap("labels") ?? [])]),
    annotations: new Map([...(shared?.annotations ?? []), ...(section?.textMap("annotations") ?? [])]),
    disableNameSuffixHash: (shared?.disableNameSuffixHash ?? false) || section?.flag("disableNameSuffixHash") === true,
    immutable: (shared?.immutable ?? false) || section?.flag("immutable") === true,
  };
}
