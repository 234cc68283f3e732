/** Values that refer to one another can double at each step; past this the text is left as written. */
const longestExpansion = 100_000;

/**
 * Expands `$(NAME)` as the kubelet does: `$$` stands for `$`, and a reference that nothing defines stays as written.
 * Source: kubernetes `third_party/forked/golang/expansion`.
 */
export function expandVariables(text: string, lookUp: (name: string) => string | undefined): string {
  let expanded = "";
  let end = 0;
  for (const match of text.matchAll(/\$\$|\$\(([^()]*)\)/g)) {
    const [written, name] = match;
    expanded += text.slice(end, match.index) + (name === undefined ? "$" : (lookUp(name) ?? written));
    end = match.index + written.length;
    if (expanded.length > longestExpansion) return text;
  }
  return expanded + text.slice(end);
}
