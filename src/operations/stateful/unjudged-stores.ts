import { regionUnknown } from "../../estate/diagnostics/catalog-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { UnjudgedStore } from "./store-advice-report.ts";

/**
 * Stores that nothing can be said of, because a document that says what they need could not be used in full: their own,
 * the Estate (currency, regions, price of hours) or a Cluster (where a database of one's own would run). Documents that
 * were left out altogether are among them, as far as their name can be read.
 */
export function unjudgedStores({ dataStores, diagnostics }: Estate): readonly UnjudgedStore[] {
  // Nothing has a price or a distance in a region that nobody knows.
  const errors = diagnostics.filter(({ severity, code }) => severity === "error" || code === regionUnknown.code);
  const common = errors.filter(({ name, affects = [] }) =>
    affects.some(
      (id) => id === "Estate" || id.startsWith("Estate/") || (isOfReading(name) && /^Cluster(?:\/|$)/.test(id)),
    ),
  );
  const ownNames = errors.flatMap(({ affects = [] }) => affects.flatMap(storeName));
  const names = new Set([...(common.length > 0 ? dataStores.map(({ name }) => name) : []), ...ownNames]);
  return [...names].toSorted().map((store) => ({
    store,
    because: [...errors.filter(({ affects = [] }) => affects.flatMap(storeName).includes(store)), ...common].map(
      ({ code, message }) => `${code} ${message}`,
    ),
  }));
}

/** Errors of a document's own fields; others, such as a machine size that no catalog has, leave it as it was declared. */
function isOfReading(name: Diagnostic["name"]): boolean {
  return name.startsWith("document-");
}

function storeName(id: string): readonly string[] {
  return id.startsWith("DataStore/") ? [id.slice("DataStore/".length)] : [];
}
