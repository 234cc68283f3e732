/** One file of the written repository. */
export interface RepositoryFile {
  /** Relative to the root of the repository, `/` between folders. */
  readonly path: string;
  readonly text: string;
  /** Part of the model that it tells, such as `Application/orders` or `Cluster/prod-weu`: its text changes when that does. */
  readonly tells: string;
}
