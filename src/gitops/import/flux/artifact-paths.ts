import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { isUnder, joinSourcePath, normalizeSourcePath } from "../../../estate/sources/source-path.ts";

/**
 * Where the repository holds a path of an artifact that an ArtifactGenerator composes: by the copy with the longest
 * target above it. Undefined where no generator makes the artifact, or none of its copies is of whole folders.
 */
export function pathOfArtifact(
  artifact: string,
  path: string,
  objects: Iterable<KubernetesObject>,
): string | undefined {
  const copies = [...objects]
    .filter(({ kind }) => kind === "ArtifactGenerator")
    .flatMap(({ value }) => asList(asObject(value.spec).artifacts).map(asObject))
    .filter(({ name }) => name === artifact)
    .flatMap(({ copy }) => asList(copy).map(asObject))
    .flatMap(({ from, to }) => {
      const [, source] = /^@[^/]+\/(.*?)\/?\*\*$/.exec(asText(from) ?? "") ?? [];
      const [, target] = /^@artifact\/?(.*)$/.exec(asText(to) ?? "") ?? [];
      if (source === undefined || target === undefined) return [];
      return [{ source: normalizeSourcePath(source), target: normalizeSourcePath(target) }];
    })
    .filter(({ target }) => isUnder(path, target))
    .toSorted((left, right) => right.target.length - left.target.length);
  const [nearest] = copies;
  if (nearest === undefined) return undefined;
  const below = nearest.target === "." ? path : path.slice(nearest.target.length + 1);
  return joinSourcePath(nearest.source, below === "" ? "." : below);
}
