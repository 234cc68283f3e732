import { defaultCatalog } from "../../../src/catalog/default-catalog.ts";
import { loadEstate } from "../../../src/estate/load-estate.ts";
import { assess } from "../../../src/operations/assess.ts";
import type { Assessment } from "../../../src/operations/assessment.ts";
import { rootsOf } from "./roots.ts";

/** Texts by path, as a folder or a paste gives them. */
export type Texts = { readonly [path: string]: string };

/** The same way as on the command line, in the browser: documents, estate, report. `today` is `YYYY-MM-DD`. */
export function assessTexts(texts: Texts, today: string): Assessment {
  const sources = { texts: new Map(Object.entries(texts)), roots: rootsOf(texts), diagnostics: [] };
  return assess(loadEstate(sources), defaultCatalog, { today });
}
