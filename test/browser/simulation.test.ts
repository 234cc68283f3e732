import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { goWithin, inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";
import { waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=simulation";
const zone = "prod-weu/zone/1";

describe.skipIf(found === undefined)("simulation of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");
  const open = (address: string) => pages.open(address, viewportOf("desktop"));

  it("plays the load profile, and draws a line for each strategy", async () => {
    const { page, troubles } = await open(`${view}&days=7`);
    const table = page.getByRole("region", { name: "What each strategy comes to" });
    await table.getByText("Container Apps").waitFor();
    const chart = page.getByRole("img", { name: /^Replicas: As declared .* to / });
    await chart.locator("svg path").first().waitFor({ state: "attached" });
    // A path of every strategy, in its own colour.
    for (const colour of ["--tenant-0", "--tenant-1", "--tenant-2", "--tenant-3"]) {
      expect(await chart.locator(`svg path[stroke="var(${colour})"]`).count()).toBe(1);
    }
    expect(await page.getByRole("region", { name: "Verdict" }).getByRole("listitem").count()).toBeGreaterThan(2);
    await page.getByRole("group", { name: "Strategies" }).getByRole("button", { name: "Container Apps" }).click();
    expect(new URL(page.url()).searchParams.get("strategies")).toBe("reactive,prescaled,scale-to-zero");
    await table.getByText("Container Apps").waitFor({ state: "detached" });
    await table.getByRole("button", { name: /^€/ }).first().click();
    await page.getByText("Why this number").waitFor();
    await page.getByText("simulation/load/reactive/cost").waitFor();
    expect(troubles).toEqual([]);
  });

  it("plays another entry point", async () => {
    const { page, troubles } = await open(`${view}&days=1`);
    await page.getByLabel("Demand to").selectOption("prod/collect");
    await page.getByText(/days of LoadProfile\/clicks-day/).waitFor();
    expect(new URL(page.url()).searchParams.get("entry")).toBe("prod/collect");
    await page.getByLabel("Demand to").selectOption("prod/ledger");
    await page.getByText("kind: LoadProfile").waitFor();
    expect(troubles).toEqual([]);
  });

  it("marks what a lost zone moves without moving a box, and steps with the keys", async () => {
    const { page, troubles } = await open("/?view=map");
    await waitForEstate(page);
    const places = async () =>
      page.locator(".leaf").evaluateAll((boxes) => boxes.map((box) => JSON.stringify(box.getBoundingClientRect())));
    const before = await places();
    await page.keyboard.press("g");
    await page.keyboard.press("k");
    const dock = page.getByRole("region", { name: "Failure", exact: true });
    await dock.getByText(/^1 of \d+, worst first$/).waitFor();
    expect(await page.locator(".frame.tone-lost").count()).toBeGreaterThan(0);
    expect(await places()).toEqual(before);
    await page.keyboard.press("ArrowRight");
    await dock.getByText(/^2 of \d+, worst first$/).waitFor();
    expect(new URL(page.url()).searchParams.get("lose")).not.toBeNull();
    await page.keyboard.press("ArrowLeft");
    await dock.getByText(/^1 of \d+, worst first$/).waitFor();
    const slider = page.getByRole("slider", { name: "Failure, worst first" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await dock.getByText(/^2 of \d+, worst first$/).waitFor();
    expect(troubles).toEqual([]);
  });

  it("says what a zone leaves, on the map and in the list, as a link", async () => {
    const { page, troubles } = await open(`/?lens=failure&view=map&lose=${zone}`);
    await waitForEstate(page);
    await page
      .getByText(/^Losing zone 1 of prod-weu leaves 1 pod of/)
      .first()
      .waitFor();
    expect(await page.locator(".frame-pool.tone-lost-part").count()).toBeGreaterThan(2);
    expect(await page.locator(".leaf.tone-gap-0").count()).toBeGreaterThan(5);
    expect(await page.locator(".leaf.tone-gap-2").count()).toBe(1);
    await page.getByRole("button", { name: "Workload by workload" }).click();
    const detail = page.getByRole("article", { name: "Losing zone 1 of prod-weu" });
    await detail.getByText(/pending\. No node that is left/).waitFor();
    await page.getByRole("button", { name: "Show on the map" }).click();
    expect(new URL(page.url()).searchParams.get("lose")).toBe(zone);
    expect(troubles).toEqual([]);
  });

  it("can be read in every part, wide and narrow, light and dark", { timeout: 180_000 }, async () => {
    const { page, troubles } = await open(view);
    const cost = page.getByRole("img", { name: /^Cost so far/ }).locator("svg path");
    await inEveryForm(page, async (size, scheme) => {
      await cost.first().waitFor({ state: "attached" });
      await takeScreenshot(page, `simulation-${size}-${scheme}`, size);
      expect(await violations(page)).toEqual([]);
      if (size === "phone") return;
      await page.getByRole("region", { name: "Verdict" }).scrollIntoViewIfNeeded();
      await takeScreenshot(page, `simulation-charts-${size}-${scheme}`, size);
    });
    const lost = page.getByRole("article", { name: "Losing zone 1 of prod-weu" });
    await goWithin(page, `${view}&simulate=failure&lose=${zone}`);
    await inEveryForm(page, async (size, scheme) => {
      await lost.waitFor();
      await takeScreenshot(page, `simulation-failure-${size}-${scheme}`, size);
      if (size === "desktop") expect(await violations(page)).toEqual([]);
    });
    await goWithin(page, `/?lens=failure&view=map&lose=${zone}`);
    await inEveryForm(page, async (size, scheme) => {
      await page.locator(".leaf.tone-gap-2").first().waitFor({ state: "attached" });
      // Beside the map where there is room, else in the dock.
      if (size === "desktop") await lost.waitFor();
      await takeScreenshot(page, `simulation-map-${size}-${scheme}`, size);
      if (size === "desktop") expect(await violations(page)).toEqual([]);
    });
    expect(troubles).toEqual([]);
  });
});
