/** Host and owner of a repository address: `github.com/fluxcd` of `https://github.com/fluxcd/flux2` or its ssh form. */
export function ownerOfUrl(url: string): string | undefined {
  const match = /^(?:[a-z+]{1,10}:\/\/)?(?:[^@/\s]{1,100}@)?([\w.-]{1,200})(?::\d{1,5})?[:/]([\w.-]{1,200})/.exec(url);
  return match === null ? undefined : `${match[1] ?? ""}/${match[2] ?? ""}`.toLowerCase();
}

/** The owner of most sources is taken to be the user; undefined where no address can be read. */
export function ownOwner(urls: readonly string[]): string | undefined {
  const counts = Map.groupBy(
    urls.flatMap((url) => ownerOfUrl(url) ?? []),
    (owner) => owner,
  );
  return [...counts].toSorted((left, right) => right[1].length - left[1].length)[0]?.[0];
}
