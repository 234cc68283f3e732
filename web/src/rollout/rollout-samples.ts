const files = import.meta.glob<string>("../../../examples/rollouts/*", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Policies and a flag to try, for those who have none: texts by path. */
export const rolloutSamples: { readonly [path: string]: string } = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace(/^(?:\.\.\/)+/, ""), text]),
);
