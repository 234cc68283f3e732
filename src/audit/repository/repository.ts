import { type KustomizeBuild, readBuilds } from "./kustomize-builds.ts";
import { type KustomizeFolder, readFolders } from "./kustomize-folders.ts";

/** The input as it lies in Git: texts by path, and what Kustomize does with them. Worked out when first asked for. */
export interface Repository {
  readonly texts: ReadonlyMap<string, string>;
  /** Every folder with a kustomization, in code-point order. */
  readonly folders: readonly KustomizeFolder[];
  /** One for each folder that no other refers to: what a delivery tool would build. */
  readonly builds: readonly KustomizeBuild[];
}

/** Nothing is parsed or built before a rule asks: most audits have no kustomization. */
export function readRepository(texts: ReadonlyMap<string, string>): Repository {
  let folders: readonly KustomizeFolder[] | undefined;
  let builds: readonly KustomizeBuild[] | undefined;
  return {
    texts,
    get folders() {
      folders ??= readFolders(texts);
      return folders;
    },
    get builds() {
      builds ??= readBuilds(texts);
      return builds;
    },
  };
}
