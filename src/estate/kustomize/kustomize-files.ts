import { readYaml } from "../sources/read-yaml.ts";
import { KUSTOMIZATION_NAMES } from "../sources/referenced-paths.ts";
import { joinSourcePath, normalizeSourcePath } from "../sources/source-path.ts";
import type { YamlReading } from "../sources/yaml-document.ts";

/** The texts that a build may read, by normalised path; each is parsed once. */
export class KustomizeFiles {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #readings = new Map<string, YamlReading>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = normalizedTexts(texts);
  }

  get paths(): Iterable<string> {
    return this.#texts.keys();
  }

  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** The documents of a text; undefined when there is no such text. */
  documents(path: string): YamlReading | undefined {
    const known = this.#readings.get(path);
    if (known !== undefined) return known;
    const text = this.#texts.get(path);
    if (text === undefined) return undefined;
    const reading = readYaml(text, path);
    this.#readings.set(path, reading);
    return reading;
  }

  /** Paths of the kustomization files of a folder; more than one is an error. */
  kustomizationsIn(directory: string): readonly string[] {
    return KUSTOMIZATION_NAMES.map((name) => joinSourcePath(directory, name)).filter((path) => this.#texts.has(path));
  }
}

function normalizedTexts(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  for (const path of texts.keys()) {
    if (normalizeSourcePath(path) !== path) {
      return new Map([...texts].map(([original, text]) => [normalizeSourcePath(original), text]));
    }
  }
  return texts;
}
