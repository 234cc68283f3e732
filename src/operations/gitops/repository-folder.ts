import type { FileChange, FolderState } from "../../gitops/regeneration/plan-changes.ts";

export type { FileChange, FolderState } from "../../gitops/regeneration/plan-changes.ts";

/** A folder that a repository is written to. */
export interface RepositoryFolder {
  /** What is in it now; nothing where it does not exist yet. Rejects with an `ExternalError` when it cannot be read. */
  readonly read: (folder: string, signal?: AbortSignal) => Promise<FolderState>;
  /** Gives texts a folder of their own while `use` runs; it is gone afterwards, whatever happens. */
  readonly inScratchFolder: <Result>(
    texts: ReadonlyMap<string, string>,
    use: (folder: string) => Promise<Result>,
  ) => Promise<Result>;
  /** Makes all changes or none; rejects with an `ExternalError` when they cannot be made. */
  readonly apply: (folder: string, changes: readonly FileChange[]) => Promise<void>;
}
