import { assumptionCatalogue } from "../../src/estate/assumptions/catalogue.ts";

/** `docs/reference/assumptions.md`: every rule that fills a gap, with the field that replaces it. */
export function assumptionsReference(): string {
  return [
    "# Assumptions",
    "",
    "What the documents leave out is filled by these rules; every report lists those that were used, with the value and the reason. Rates and repair times are replaced by name under `Estate.spec.failureModel`.",
    "",
    "| rule | name | replaced by |",
    "| --- | --- | --- |",
    ...assumptionCatalogue.map(({ id, name, replaceBy }) => `| ${id} | ${name} | \`${replaceBy}\` |`),
    "",
  ].join("\n");
}
