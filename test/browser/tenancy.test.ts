import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { goWithin, inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";
import { waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=tenancy";
const parts = [
  { name: "sharing", view, ready: "Layer by layer" },
  { name: "reachability", view: `${view}&part=reachability`, ready: "Beyond pods" },
  { name: "kernel", view: `${view}&part=kernel`, ready: "prod-weu/general" },
] as const;

describe.skipIf(found === undefined)("tenancy of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");
  const open = (address: string) => pages.open(address, viewportOf("desktop"));

  it("shows the weakest link of a pair, and is a link", async () => {
    const { page, troubles } = await open(view);
    const matrix = page.getByRole("region", { name: "Sharing matrix" });
    await matrix
      .getByRole("button", { name: /^carrier-partner and treasury: .*kernel of a node/ })
      .first()
      .click();
    expect(new URL(page.url()).searchParams.get("pair")).toBe("carrier-partner/treasury");
    const detail = page.getByRole("region", { name: "carrier-partner and treasury" });
    await detail.getByText("weakest link").waitFor();
    await detail.getByText("What would lift it").waitFor();
    expect(await detail.getByRole("listitem").count()).toBeGreaterThan(25);
    await page.reload();
    await page.getByRole("region", { name: "carrier-partner and treasury" }).waitFor();
    await page.keyboard.press("Escape");
    expect(new URL(page.url()).searchParams.get("pair")).toBeNull();
    expect(troubles).toEqual([]);
  });

  it("says which policies decide who reaches whom, from the keyboard", async () => {
    const { page, troubles } = await open(`${view}&part=reachability`);
    const matrix = page.getByRole("region", { name: "Reachability matrix" });
    const cell = matrix.getByRole("button", { name: /^Pods of retail reach no pod of treasury/ });
    await cell.focus();
    await page.keyboard.press("Enter");
    const detail = page.getByRole("region", { name: "From retail to treasury" });
    await detail
      .getByText(/NetworkPolicy .* isolate/)
      .first()
      .waitFor();
    expect(await detail.getByTitle("Show these lines").count()).toBeGreaterThan(0);
    expect(await page.getByRole("region", { name: "Default deny" }).textContent()).toContain(
      "scantling tenancy policies examples/nordwind --to policies/",
    );
    await page.getByRole("button", { name: /^retail from the internet/ }).click();
    await page
      .getByRole("status")
      .getByText(/entry point/)
      .waitFor();
    expect(troubles).toEqual([]);
  });

  it("unfolds a kernel budget to its reasons", async () => {
    const { page, troubles } = await open(`${view}&part=kernel`);
    await page
      .getByRole("button", { name: /^inotify watches/ })
      .first()
      .click();
    expect(new URL(page.url()).searchParams.get("why")).toMatch(/^kernel\//);
    await page.getByText("Why this number").waitFor();
    expect(troubles).toEqual([]);
  });

  it("colours the map against the selected tenant without moving a box", async () => {
    const { page, troubles } = await open("/?at=tenant/treasury");
    await waitForEstate(page);
    const places = async () =>
      page.locator(".leaf").evaluateAll((boxes) => boxes.map((box) => JSON.stringify(box.getBoundingClientRect())));
    const before = await places();
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.getByRole("heading", { name: "Sharing with treasury" }).waitFor();
    expect(await page.locator(".leaf.tone-gap-2").count()).toBeGreaterThan(0);
    expect(await places()).toEqual(before);
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Sharing, at its worst" }).waitFor();
    await page.locator(".arrow").first().waitFor({ state: "attached" });
    expect(troubles).toEqual([]);
  });

  it("can be read in every part, wide and narrow, light and dark", { timeout: 180_000 }, async () => {
    const { page, troubles } = await open(view);
    for (const part of parts) {
      await goWithin(page, part.view);
      await inEveryForm(page, async (size, scheme) => {
        await page.getByText(part.ready).first().waitFor();
        await takeScreenshot(page, `tenancy-${part.name}-${size}-${scheme}`, size);
        // The narrow page has the same marks in another order: one of its parts stands for them.
        const isLooked = size === "desktop" || (part.name === "sharing" && scheme === "light");
        if (isLooked) expect(await violations(page)).toEqual([]);
      });
    }
    await goWithin(page, "/?lens=tenancy&view=map");
    await inEveryForm(page, async (size, scheme) => {
      await page.locator(".arrow").first().waitFor({ state: "attached" });
      await takeScreenshot(page, `tenancy-map-${size}-${scheme}`, size);
      if (size === "desktop") expect(await violations(page)).toEqual([]);
    });
    expect(troubles).toEqual([]);
  });
});
