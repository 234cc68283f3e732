/** The parts of a container image reference. */
export interface ImageReference {
  /** Registry host with its port; undefined means Docker Hub. */
  readonly registry: string | undefined;
  /** Repository path without registry, tag and digest. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/**
 * Splits `[registry/]repository[:tag][@digest]` as the distribution reference grammar does: the first part is a
 * registry when it has a dot or a colon or is `localhost`, so the colon of `host:5000/app` is a port, not a tag.
 */
export function parseImageReference(image: string): ImageReference {
  const [named = "", digest] = image.split("@", 2);
  const slash = named.indexOf("/");
  const first = slash === -1 ? "" : named.slice(0, slash);
  const hasRegistry = first.includes(".") || first.includes(":") || first === "localhost";
  const rest = hasRegistry ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(":");
  return {
    registry: hasRegistry ? first : undefined,
    repository: colon === -1 ? rest : rest.slice(0, colon),
    tag: colon === -1 ? undefined : rest.slice(colon + 1),
    digest,
  };
}
