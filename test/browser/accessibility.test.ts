import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { overEstate, violations } from "./estate-page.ts";
import { desktop, phone, waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const views = [
  "/",
  "/?lens=cost",
  "/?lens=availability",
  "/?lens=findings",
  "/?lens=cost&why=cost/monthly/total",
  "/?view=list",
  "/?view=list&table=bill",
  "/?view=list&table=assumptions",
] as const;

describe.skipIf(found === undefined)("accessibility", () => {
  const pages = overEstate(found, "examples/shop");

  for (const scheme of ["light", "dark"] as const) {
    it.for(views)(`has no violation in ${scheme}: %s`, async (view) => {
      const { page } = await pages.open(view, { ...desktop, scheme });
      await waitForEstate(page);
      expect(await violations(page)).toEqual([]);
    });

    it(`has no violation in ${scheme}: selected, narrow, dialogs`, async () => {
      const wide = await pages.open("/", { ...desktop, scheme });
      await waitForEstate(wide.page);
      await wide.page.locator(".leaf-workload").first().click();
      expect(await violations(wide.page)).toEqual([]);
      await wide.page.keyboard.press("?");
      await wide.page.getByRole("dialog").waitFor();
      expect(await violations(wide.page)).toEqual([]);
      const narrow = await pages.open("/", { ...phone, scheme });
      await waitForEstate(narrow.page);
      expect(await violations(narrow.page)).toEqual([]);
      await narrow.page.locator("tbody tr").first().getByRole("button").first().click();
      await narrow.page.getByRole("dialog").waitFor();
      expect(await violations(narrow.page)).toEqual([]);
    });
  }
});
