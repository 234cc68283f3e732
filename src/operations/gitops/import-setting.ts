import type { FoundEstate } from "../../gitops/import/found-estate.ts";
import type { ImportLog } from "../../gitops/import/import-log.ts";
import type { DeclaredDocument } from "./import-declared.ts";
import type { ImportPlaces } from "./import-paths.ts";

/** What has been read of a repository, and where its estate goes. */
export interface ImportSetting {
  readonly places: ImportPlaces;
  /** Texts of the repository by path from its root. */
  readonly texts: ReadonlyMap<string, string>;
  readonly found: FoundEstate;
  /** Documents that the repository holds itself. */
  readonly declared: readonly DeclaredDocument[];
  readonly log: ImportLog;
}
