import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import { assessmentDocument } from "../../src/cli/reporters/assessment-document.ts";
import { renderMarkdown } from "../../src/cli/reporters/render-markdown.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { assess } from "../../src/operations/assess.ts";

const root = resolve(import.meta.dirname, "..", "..");
/** The day of the exemptions and commitments in the examples; a golden report has no clock. */
const TODAY = "2026-11-22";

async function reportOf(name: string): Promise<string> {
  const sources = await readSources([join("examples", name)], {}, { workingFolder: root });
  return renderMarkdown(assessmentDocument(assess(loadEstate(sources), defaultCatalog, { today: TODAY })));
}

/** Accept a change that is meant with `npx vitest run test/golden -u`, and read the difference before committing it. */
it.each(["shop", "nordwind"])("the page of examples/%s says what it said", async (name) => {
  const report = await reportOf(name);
  await expect(report).toMatchFileSnapshot(join(import.meta.dirname, `${name}.md`));
  expect(await reportOf(name)).toBe(report);
});
