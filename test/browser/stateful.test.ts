import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { goWithin, inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=stores";
const parts = [
  { name: "choice", address: `${view}&store=carts`, drawn: "Verdict" },
  { name: "recovery", address: `${view}&stores=recovery&store=sessions`, drawn: "Recovery by failure" },
  {
    name: "run",
    address: `${view}&stores=run&store=stock&broken=readYourWrites&step=10`,
    drawn: "Broken: Clients read their own writes",
  },
] as const;

describe.skipIf(found === undefined)("stores of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");
  const open = (address: string) => pages.open(address, viewportOf("desktop"));

  it("weighs a store, names the rule of each rejection, and unfolds a number", async () => {
    const { page, troubles } = await open(`${view}&store=stock`);
    await page
      .getByRole("region", { name: "Verdict" })
      .getByText(/^Nearest way out/)
      .waitFor();
    const rejected = page.getByRole("region", { name: "What a rule rejects" });
    expect(await rejected.getByText("ST-COSMOS-08").count()).toBeGreaterThan(0);
    await page.getByLabel("Store", { exact: true }).selectOption("carts");
    const fits = page.getByRole("region", { name: "What fits" });
    await fits
      .getByText(/^Redis/)
      .first()
      .waitFor();
    await fits.getByRole("button").first().click();
    await page
      .getByText(/service \+ operators/)
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get("store")).toBe("carts");
    expect(troubles).toEqual([]);
  });

  it("plays the fewest steps that break a guarantee: buttons, slider, keys and list", async () => {
    const { page, troubles } = await open(`${view}&stores=run&store=stock&broken=readYourWrites`);
    const player = page.getByRole("region", { name: "Broken: Clients read their own writes" });
    await player.getByText(/^1 of \d+$/).waitFor();
    await page.keyboard.press("ArrowRight");
    await player.getByText(/^2 of \d+$/).waitFor();
    await player.getByRole("slider", { name: "Step" }).press("End");
    await player
      .locator("p")
      .getByText(/Clients read their own writes no longer$/)
      .waitFor();
    await player.getByRole("list", { name: "Steps" }).getByRole("button").first().click();
    await player.getByText(/^1 of \d+$/).waitFor();
    await player.getByRole("button", { name: "Play" }).click();
    await player.getByText(/^3 of \d+$/).waitFor();
    await player.getByRole("button", { name: "Pause" }).click();
    expect(new URL(page.url()).searchParams.get("broken")).toBe("readYourWrites");
    await page.getByRole("button", { name: "Token kept" }).click();
    const row = page.getByRole("row", { name: /^Clients read their own writes/ });
    await row.getByText("not seen broken", { exact: true }).waitFor();
    expect(troubles).toEqual([]);
  });

  it("colours the map by recovery without moving a box", async () => {
    const { page, troubles } = await open("/?view=map&lens=structure");
    const box = page.locator(".react-flow__node").filter({ hasText: "sessions-db" }).first();
    await box.waitFor();
    const before = await box.boundingBox();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.getByText("Does data come back in time?").waitFor();
    await box.getByText("not in time").waitFor();
    expect(await box.boundingBox()).toEqual(before);
    await takeScreenshot(page, "stateful-map-desktop-light", "desktop");
    expect(await violations(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it("can be read in every part, wide and narrow, light and dark", { timeout: 120_000 }, async () => {
    const { page, troubles } = await open(view);
    for (const { name, address, drawn } of parts) {
      await goWithin(page, address);
      await inEveryForm(page, async (size, scheme) => {
        await page.getByLabel(drawn, { exact: true }).waitFor();
        await takeScreenshot(page, `stateful-${name}-${size}-${scheme}`, size);
        if ((size === "desktop") === (scheme === "light")) expect(await violations(page)).toEqual([]);
      });
    }
    expect(troubles).toEqual([]);
  });
});
