import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { desktop, openPage, phone, type ServedPage, servePage, waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const views = [
  "/",
  "/?lens=cost",
  "/?lens=availability",
  "/?lens=findings",
  "/?lens=cost&why=cost/monthly/total",
  "/?view=list",
  "/?view=list&table=findings",
  "/?view=list&table=bill",
  "/?view=list&table=assumptions",
] as const;

describe.skipIf(found === undefined)("accessibility", () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage("examples/shop");
  });
  afterAll(async () => {
    await found?.browser.close();
    await served.close();
  });

  async function violations(page: Page): Promise<readonly string[]> {
    const { violations: broken, passes } = await new AxeBuilder({ page }).analyze();
    // A run that saw nothing would have nothing to complain about.
    expect(passes.length).toBeGreaterThan(10);
    return broken.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary}`),
    );
  }

  for (const scheme of ["light", "dark"] as const) {
    it.for(views)(`has no violation in ${scheme}: %s`, async (view) => {
      if (found === undefined) return;
      const { page, close } = await openPage(found.browser, `${served.url}${view}`, { ...desktop, scheme });
      await waitForEstate(page);
      expect(await violations(page)).toEqual([]);
      await close();
    });

    it(`has no violation in ${scheme}: selected, narrow, dialogs`, async () => {
      if (found === undefined) return;
      const wide = await openPage(found.browser, served.url, { ...desktop, scheme });
      await waitForEstate(wide.page);
      await wide.page.locator(".leaf-workload").first().click();
      expect(await violations(wide.page)).toEqual([]);
      await wide.page.keyboard.press("?");
      await wide.page.getByRole("dialog").waitFor();
      expect(await violations(wide.page)).toEqual([]);
      await wide.close();
      const narrow = await openPage(found.browser, served.url, { ...phone, scheme });
      await waitForEstate(narrow.page);
      expect(await violations(narrow.page)).toEqual([]);
      await narrow.page.locator("tbody tr").first().getByRole("button").first().click();
      await narrow.page.getByRole("dialog").waitFor();
      expect(await violations(narrow.page)).toEqual([]);
      await narrow.close();
    });
  }
});
