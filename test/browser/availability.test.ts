import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=availability";
const carts = "dataStore/DataStore/carts";

describe.skipIf(found === undefined)("availability of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");
  const open = (address: string) => pages.open(address, viewportOf("desktop"));

  it("marks a cut set in the drawing, unfolds a number, and goes to another journey", async () => {
    const { page, troubles } = await open(view);
    const journeys = page.getByRole("list", { name: "Journeys, worst first" });
    await journeys.getByRole("button", { name: /storefront\/checkout.*misses 99\.95%/ }).waitFor();
    await drawn(page);
    const cut = page.getByRole("button", { name: /^Checkout needs DataStore\/carts: its outage stops/ });
    await cut.click();
    expect(new URL(page.url()).searchParams.get("cut")).toBe(carts);
    expect(await page.locator(".journey-flow [data-marked=true]").count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(new URL(page.url()).searchParams.get("cut")).toBeNull();
    await page.getByRole("button", { name: /^carts\s*data store\s*takes it down alone$/ }).click();
    expect(await cut.getAttribute("aria-pressed")).toBe("true");
    await page.locator("dl").getByRole("button", { name: /^€/ }).click();
    await page.getByText("availability/prod/storefront/checkout/downtime-cost").waitFor();
    await page.getByRole("button", { name: "Show on the map" }).click();
    await page.getByText("What prod/storefront/checkout leans on").waitFor();
    await page.goBack();
    await journeys.getByRole("button", { name: /ledger\/book-entry/ }).click();
    await page.getByRole("button", { name: /^Book-entry needs DataStore\/ledger/ }).waitFor();
    expect(new URL(page.url()).searchParams.get("journey")).toBe("prod/ledger/book-entry");
    expect(troubles).toEqual([]);
  });

  it("says how it recovers, ranks what helps and can be told to stop", async () => {
    const { page, troubles } = await open(`${view}&look=recovery`);
    const recovery = page.getByRole("region", { name: "Recovery after one failure" });
    await recovery.getByText("region", { exact: true }).waitFor();
    await page.getByRole("region", { name: "Whether its clusters mend themselves" }).getByText("prod-weu").waitFor();
    await page.getByRole("button", { name: "What helps" }).click();
    await page.getByRole("button", { name: "Compute the ranking" }).click();
    await page.getByText(/^what if \d+ of \d+/).waitFor();
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByRole("button", { name: "Compute the ranking" }).click();
    const ranking = page.getByRole("region", { name: "What one unit of money buys" });
    await ranking.getByText("let both regions of storefront serve active/active").waitFor({ timeout: 120_000 });
    await takeScreenshot(page, "availability-changes-desktop-light", "desktop");
    expect(await violations(page)).toEqual([]);
    await ranking.getByRole("button", { name: "nothing" }).first().click();
    await page.getByText("Why this number").waitFor();
    expect(troubles).toEqual([]);
  }, 180_000);

  it("can be read, wide and narrow, light and dark", { timeout: 120_000 }, async () => {
    const { page, troubles } = await open(`${view}&cut=${carts}`);
    await inEveryForm(page, async (size, scheme) => {
      await drawn(page);
      await page.locator("dl").getByRole("button", { name: /^€/ }).waitFor();
      await takeScreenshot(page, `availability-view-${size}-${scheme}`, size);
      if (size === "desktop" || scheme === "light") expect(await violations(page)).toEqual([]);
      if (size === "phone") return;
      await page.getByRole("figure").scrollIntoViewIfNeeded();
      await takeScreenshot(page, `availability-graph-${size}-${scheme}`, size);
      await page.getByRole("region", { name: "What it hangs on" }).scrollIntoViewIfNeeded();
      await takeScreenshot(page, `availability-causes-${size}-${scheme}`, size);
    });
    await page.getByRole("button", { name: "Recovery" }).click();
    await inEveryForm(page, async (size, scheme) => {
      await page.getByRole("region", { name: "Upgrades of node pools" }).scrollIntoViewIfNeeded();
      await takeScreenshot(page, `availability-recovery-${size}-${scheme}`, size);
    });
    expect(troubles).toEqual([]);
  });
});

/** The drawing is there when its edges are. */
async function drawn(page: Page): Promise<void> {
  await page.locator(".journey-flow .react-flow__edge").first().waitFor({ state: "attached" });
}
