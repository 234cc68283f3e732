import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { overEstate } from "./estate-page.ts";
import { type WatchedPage, waitForEstate } from "./served-page.ts";

const found = await launchBrowser();

describe.skipIf(found === undefined)("the workbench over examples/shop", () => {
  const pages = overEstate(found, "examples/shop");
  let watched: WatchedPage;
  let page: Page;

  beforeEach(async () => {
    watched = await pages.open();
    page = watched.page;
    await waitForEstate(page);
  });
  afterEach(() => {
    expect(watched.troubles).toEqual([]);
  });

  const query = () => new URL(page.url()).searchParams;
  const summary = () => page.getByRole("region", { name: "Summary" });
  const panel = () => page.getByRole("complementary", { name: "Details and reasons" });

  it("draws text in its own fonts", async () => {
    const width = await page.evaluate<number>(`document.fonts.ready.then(() => {
      const context = document.createElement("canvas").getContext("2d");
      context.font = '16px "Inter Variable"';
      return context.measureText("Scantling, €1,234.56").width;
    })`);
    // Inter 4.1; a fallback font is wider, no font at all gives nothing.
    expect(width).toBeGreaterThan(145);
    expect(width).toBeLessThan(165);
  });

  it("shows three numbers", async () => {
    expect(await summary().getByRole("button", { name: /^Cost/ }).textContent()).toMatch(/[€$][\d,]+/);
    expect(
      await summary()
        .getByRole("button", { name: /^Worst journey/ })
        .textContent(),
    ).toMatch(/\d\d\.\d+%/);
    expect(
      await summary()
        .getByRole("button", { name: /^Open findings/ })
        .textContent(),
    ).toMatch(/\d+/);
  });

  it("changes the lens without moving a box", async () => {
    const places = async () =>
      page.locator(".leaf").evaluateAll((boxes) =>
        boxes.map((box) => {
          const { x, y, width, height } = box.getBoundingClientRect();
          return [box.getAttribute("data-box"), x, y, width, height];
        }),
      );
    const before = await places();
    expect(before.length).toBeGreaterThan(2);
    for (const lens of ["Tenancy", "Cost", "Availability", "Findings"]) {
      await page.getByRole("group", { name: "Lens" }).getByRole("button", { name: lens }).click();
      expect(query().get("lens")).toBe(lens.toLowerCase());
      expect(await places()).toEqual(before);
    }
  });

  it("unfolds the bill to facts with source and date, and copies it as Markdown", async () => {
    await summary().getByRole("button", { name: /^Cost/ }).click();
    await panel().getByText("Why this number").waitFor();
    const parts = panel().locator("button[aria-expanded=false]");
    expect(await parts.count()).toBeGreaterThan(0);
    await parts.first().click();
    while ((await panel().getByText("fact", { exact: true }).count()) === 0) await parts.first().click();
    expect(await panel().textContent()).toMatch(/20\d\d-\d\d/);
    await panel().getByRole("button", { name: "Copy as Markdown" }).click();
    await panel().getByText("Copied").waitFor();
    const copied = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(copied).toMatch(/^\*\*.+\*\* \(`.+`\)/);
    expect(copied).toMatch(/- fact: .+20\d\d-\d\d/);
  });

  it("selects on the map, and goes back by the back button", async () => {
    await page.locator(".leaf-workload").first().click();
    const selection = query().get("at");
    expect(selection).toMatch(/^workload\//);
    await panel().getByText("Journeys that lean on it").waitFor();
    await page.getByRole("group", { name: "Lens" }).getByRole("button", { name: "Cost" }).click();
    await page.goBack();
    expect(query().get("lens")).toBeNull();
    expect(query().get("at")).toBe(selection);
    await page.goBack();
    expect(query().get("at")).toBeNull();
    await panel().getByText("The whole estate").waitFor();
  });

  it("is a link: the same address gives the same view", async () => {
    await page.locator(".leaf-workload").first().click();
    await page.getByRole("group", { name: "Lens" }).getByRole("button", { name: "Availability" }).click();
    const title = await panel().getByRole("heading", { level: 2 }).textContent();
    await page.reload();
    await waitForEstate(page);
    expect(await panel().getByRole("heading", { level: 2 }).textContent()).toBe(title);
    const lens = page.getByRole("group", { name: "Lens" }).getByRole("button", { name: "Availability" });
    expect(await lens.getAttribute("aria-pressed")).toBe("true");
  });

  it("filters from the keyboard, with completion, and takes the filter away by its chip", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("kind:");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const chip = page.getByRole("button", { name: /^Remove filter kind:/ });
    await chip.waitFor();
    const words = (await page.getByText(/^\d+ of \d+ workloads$/).textContent()) ?? "";
    const [kept = 0, all = 0] = words.match(/\d+/g)?.map(Number) ?? [];
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(all);
    expect(await page.locator('.leaf[data-faded="true"]').count()).toBeGreaterThan(0);
    await chip.click();
    expect(await page.locator('.leaf[data-faded="true"]').count()).toBe(0);
  });

  it("is led by keys: lenses, list, shortcuts, tree", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    expect(query().get("lens")).toBe("cost");
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.getByRole("table").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor({ state: "hidden" });
    await page.getByRole("treeitem").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(query().get("at")).not.toBeNull();
    await page.keyboard.press("Escape");
    expect(query().get("at")).toBeNull();
  });

  it("moves the selection on the map with arrow keys", async () => {
    await page.locator(".estate-flow").focus();
    await page.keyboard.press("ArrowRight");
    const first = query().get("at");
    expect(first).toMatch(/^workload\//);
    const seen = new Set([first]);
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]) {
      await page.keyboard.press(key);
      seen.add(query().get("at"));
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it("sorts its lists", async () => {
    await page.getByRole("group", { name: "View" }).getByRole("button", { name: "List" }).click();
    await page.getByRole("table").waitFor();
    const costs = async () =>
      page.locator("tbody tr").evaluateAll((rows) =>
        rows.flatMap((row) => {
          const amount = row.textContent?.match(/[€$]([\d,]+\.\d\d)/)?.[1];
          return amount === undefined ? [] : [Number(amount.replaceAll(",", ""))];
        }),
      );
    await page.getByRole("button", { name: "Cost a month" }).click();
    const down = await costs();
    expect(down.length).toBeGreaterThan(1);
    expect(down).toEqual(down.toSorted((a, b) => b - a));
    await page.getByRole("button", { name: "Cost a month" }).click();
    expect(await costs()).toEqual(down.toReversed());
  });

  it("has every list", async () => {
    for (const name of ["Findings", "Tenancy", "Bill", "Assumptions", "Problems", "Workloads"]) {
      await page.goto(`${pages.url()}/?view=list&table=${name.toLowerCase()}`);
      await page.getByRole("navigation", { name: "Lists" }).getByRole("button", { name }).waitFor();
      await page.locator("main").locator("table, p").first().waitFor();
    }
  });

  it("turns dark and light, and writes it into the address", async () => {
    const ground = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const light = await ground();
    await page.getByRole("button", { name: "Switch to dark" }).click();
    expect(query().get("theme")).toBe("dark");
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    expect(await ground()).not.toBe(light);
    await page.getByRole("button", { name: "Switch to light" }).click();
    await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
    expect(await ground()).toBe(light);
  });

  it("shows the lines that a place names", async () => {
    await page.locator(".leaf-workload").first().click();
    await panel().getByTitle("Show these lines").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(await dialog.locator('[data-marked="true"]').textContent()).toMatch(/\S/);
  });
});
