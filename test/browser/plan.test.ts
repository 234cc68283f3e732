import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { goWithin, inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=plan";

/** The parts of the view, each with what is there when it has come. */
const parts = [
  { name: "trade-off", query: "", ready: "How far from the cheapest" },
  { name: "structure", query: "&plan=structure", ready: "Headroom by zone" },
  { name: "decisions", query: "&plan=decisions", ready: "dearer" },
  { name: "steps", query: "&plan=steps", ready: "first what is new" },
  { name: "premises", query: "&plan=premises", ready: "The plan made again" },
] as const;

describe.skipIf(found === undefined)("the plan of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");

  it("is computed beside the page, can be stopped, and every part can be read", { timeout: 240_000 }, async () => {
    // One page for all of it: the plan takes seconds, and is there again at once.
    const { page, troubles } = await pages.open(view, viewportOf("desktop"));
    const plan = page.getByRole("region", { name: "Plan", exact: true });
    await plan.getByRole("button", { name: "Stop", exact: true }).click();
    await plan.getByRole("button", { name: "Plan the structure" }).click();
    await plan.getByRole("status").waitFor();
    // Nothing else waits for it.
    await page
      .getByRole("navigation", { name: "Lists" })
      .getByRole("button", { name: /^Assumptions/ })
      .click();
    await page.getByRole("table").waitFor();
    await page.goBack();
    await plan.getByText("How far from the cheapest").waitFor({ timeout: 180_000 });

    await choosesPoints(page);
    await page.getByRole("button", { name: /^€/ }).and(page.locator("dl button")).first().click();
    await page.getByText("plan/bill/planned").waitFor();
    await page.keyboard.press("Escape");
    for (const part of parts) {
      await goWithin(page, `${view}${part.query}`);
      await inEveryForm(page, async (size, scheme) => {
        await plan.getByText(part.ready).first().waitFor();
        await takeScreenshot(page, `plan-${part.name}-${size}-${scheme}`, size);
        // Axe takes seconds: steps and decisions have every tone of the dark.
        const isLooked = scheme === "light" || part.name === "steps" || part.name === "decisions";
        if (size === "desktop" && isLooked) expect(await violations(page, 'section[aria-label="Plan"]')).toEqual([]);
      });
    }
    expect(troubles).toEqual([]);
  });
});

/** Another structure than the recommended is chosen from the list and from the drawing; the address says which. */
async function choosesPoints(page: Page): Promise<void> {
  const points = page.getByRole("list", { name: "Structures, the cheapest first" });
  const recommended = points.getByRole("button", { name: /^Recommended(?!,)/ });
  expect(await recommended.getAttribute("aria-pressed")).toBe("true");
  await points.getByRole("button", { name: /^Zones and room held back everywhere/ }).click();
  expect(new URL(page.url()).searchParams.get("point")).toBe("headroom-everywhere");
  await page
    .getByRole("status")
    .getByText(/against the recommended/)
    .waitFor();
  await recommended.click();
  const chart = page.getByRole("img", { name: /^Minutes down a month/ });
  await chart.locator("svg path").first().waitFor({ state: "attached" });
  expect(await page.getByRole("img", { name: /^Lower bound €/ }).count()).toBe(1);
}
