import type { Catalog } from "../../catalog/catalog.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { catalogWithLayers } from "../../operations/cost/price-layer-file.ts";
import type { CommandRun } from "../command-host.ts";
import { printDiagnostics } from "./print-diagnostics.ts";

/** Option that names price layers. */
export interface PricesOption {
  /** Files that `cost prices --refresh` has written, later ones over earlier ones. */
  readonly prices?: readonly string[];
}

/**
 * The catalog that ships, with the price layers that `--prices` names, or the variable `SCANTLING_PRICES`. Undefined when
 * one cannot be used, which has been printed.
 */
export async function priceCatalog(run: CommandRun, { prices }: PricesOption): Promise<Catalog | undefined> {
  const { host } = run;
  const given = prices ?? host.environment["SCANTLING_PRICES"]?.split(",").filter((file) => file !== "") ?? [];
  if (given.length === 0 || host.readChunks === undefined) return defaultCatalog;
  const files: { readonly file: string; readonly text: string }[] = [];
  for (const file of given) {
    let text = "";
    for await (const chunk of host.readChunks(file, host.signal)) text += chunk;
    files.push({ file, text });
  }
  const { catalog, diagnostics } = catalogWithLayers(defaultCatalog, files);
  printDiagnostics(run, diagnostics, new Map());
  return diagnostics.length > 0 ? undefined : catalog;
}
