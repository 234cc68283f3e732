import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { goWithin, inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";

const found = await launchBrowser();
const bill = "/?view=list&table=bill";

/** The parts of the view, each with what is there when it has come. */
const parts = [
  { name: "allocation", view: bill, ready: "rows add up to" },
  { name: "invoice", view: `${bill}&bill=invoice`, ready: "Commitments in the bill" },
  { name: "commitments", view: `${bill}&bill=commitments`, ready: "What to buy now" },
  { name: "sizing", view: `${bill}&bill=sizing`, ready: "Node pools, the largest saving first" },
  { name: "break-even", view: `${bill}&bill=breakEven`, ready: "Where the curves cross" },
  { name: "forecast", view: `${bill}&bill=forecast&of=treasury`, ready: "Against budgets, worst first" },
] as const;

describe.skipIf(found === undefined)("the bill of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");

  it("adds up, looks inside a bearer as a link, and keeps what belongs to nobody in sight", async () => {
    const { page, troubles } = await pages.open(bill, viewportOf("desktop"));
    await page.getByText(/^\d+ rows add up to €33,798\.95/).waitFor();
    const table = page.getByRole("region", { name: "The bill by tenant", exact: true });
    for (const part of ["Idle", "Shared platform", "System overhead", "Unused commitment"]) {
      expect(await table.getByText(part, { exact: true }).count()).toBe(1);
    }
    const tile = page.getByRole("button", { name: /^retail: €[\d,.]+, [\d.]+% of the bill\. Look inside$/ });
    await tile.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "The bill by application", exact: true }).waitFor();
    await page.getByText("Outside of the filter").first().waitFor();
    expect(new URL(page.url()).searchParams.get("within")).toBe("tenant=retail");
    await page.getByText(/rows add up to €33,798\.95/).waitFor();
    await page.getByRole("button", { name: "Remove tenant=retail" }).click();
    await page.getByLabel("By", { exact: true }).selectOption("environment");
    await page.getByRole("region", { name: "The bill by environment", exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get("split")).toBe("environment");
    await page.getByRole("button", { name: "€33,798.95" }).first().click();
    await page.getByText("Why this number").waitFor();
    expect(troubles).toEqual([]);
  });

  it("can be read in every part, wide and narrow, light and dark", { timeout: 180_000 }, async () => {
    // One page for all of it: what the engines have answered once is there again at once.
    const { page, troubles } = await pages.open(bill, viewportOf("desktop"));
    for (const { name, view, ready } of parts) {
      await goWithin(page, view);
      await inEveryForm(page, async (size, scheme) => {
        await page.getByText(ready).first().waitFor();
        const chart = page.locator("figure");
        if ((await chart.count()) > 0)
          await chart.locator('[role="img"] svg path').first().waitFor({ state: "attached" });
        await takeScreenshot(page, `bill-${name}-${size}-${scheme}`, size);
        // The parts are made of the same pieces: the tiles stand for all of them in the dark.
        const within = name === "allocation" && scheme === "light" ? undefined : 'section[aria-label="Bill"]';
        const isLooked = scheme === "light" || name === "allocation";
        if (size === "desktop" && isLooked) expect(await violations(page, within)).toEqual([]);
      });
    }
    expect(troubles).toEqual([]);
  });
});
