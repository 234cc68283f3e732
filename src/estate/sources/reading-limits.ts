/** Levels of nesting that a document may have; Kubernetes' own decoders stop near 10,000, real manifests stay under 50. */
export const MAXIMUM_DEPTH = 500;

/** Values that the aliases and merges of one document may add to those that are written out. */
export const MAXIMUM_EXPANSION = 1_000_000;
