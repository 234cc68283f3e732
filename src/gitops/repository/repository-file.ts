/** One file of the written repository. */
export interface RepositoryFile {
  /** Relative to the root of the repository, `/` between folders. */
  readonly path: string;
  readonly text: string;
  /** Part of the model that it tells, such as `Application/orders` or `Cluster/prod-weu`: its text changes when that does. */
  readonly tells: string;
  /** True for what people or pipelines fill in: it is written where it is missing, without a stamp, and never again. */
  readonly writtenOnce?: true;
}
