import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";
import { waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const tried = "size:prod-weu/general:Standard_D8ads_v5,move:agents:prod-weu:prod-weu-agents";

describe.skipIf(found === undefined)("what if over examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");

  it("stacks changes in the address, takes each back, and unfolds its numbers", { timeout: 120_000 }, async () => {
    const { page, troubles } = await pages.open("/?at=pool/prod-weu/general", viewportOf("desktop"));
    await waitForEstate(page);
    const strip = page.getByRole("region", { name: "What if", exact: true });
    const query = () => new URL(page.url()).searchParams;
    await page.keyboard.press("i");
    await strip.getByLabel("VM size").selectOption("size:prod-weu/general:Standard_D8ads_v5");
    await strip
      .getByText(/^−€\d+/)
      .first()
      .waitFor();
    expect(query().get("what-if")).toBe("size:prod-weu/general:Standard_D8ads_v5");

    await strip.getByLabel("Thing to change").selectOption({ label: "storefront" });
    await strip.getByLabel("Regions of prod").selectOption({ label: "two regions, active/active" });
    await strip.getByLabel("Thing to change").selectOption({ label: "agents" });
    await strip.getByLabel("Move agents").last().selectOption({ label: "to a cluster of its own" });
    const stack = strip.getByRole("list", { name: "Changes that are tried" });
    expect(await stack.getByRole("listitem").count()).toBe(3);
    expect(query().get("what-if")).toContain(",regions:prod:storefront:activeActive,move:agents:");
    await strip.getByRole("rowheader", { name: "Cost of all downtime" }).waitFor({ timeout: 60_000 });
    await strip
      .getByText(/^Cost, isolation and availability are there$/)
      .waitFor({ state: "attached", timeout: 60_000 });

    await strip.locator("dl").getByRole("button", { name: /^€/ }).last().click();
    await page.getByText("what-if/cost/after").waitFor();
    await page.getByRole("complementary").getByText("added to the bill of a month by the changes").waitFor();
    await stack.getByRole("button", { name: /^Take back: prod-weu\/general of D8ads_v5/ }).click();
    expect(await stack.getByRole("listitem").count()).toBe(2);
    await page.goBack();
    expect(await stack.getByRole("listitem").count()).toBe(3);
    await strip.getByRole("button", { name: "Take all back" }).click();
    expect(query().get("what-if")).toBeNull();
    await strip.getByText(/^Other replicas, zones/).waitFor();
    expect(troubles).toEqual([]);
  });

  it("is a link, says what it does not understand, and can be read", { timeout: 120_000 }, async () => {
    const link = `/?at=cluster/prod-weu&try=cluster/prod-weu&strip=open&what-if=${tried},tier:nowhere:Free,nonsense`;
    const { page, troubles } = await pages.open(link, viewportOf("desktop"));
    await waitForEstate(page);
    const strip = page.getByRole("region", { name: "What if", exact: true });
    await strip.getByText("Not understood in the link: nonsense").waitFor();
    await strip.getByText("cannot be made: there is no cluster nowhere").waitFor();
    for (const size of ["desktop", "phone"] as const) {
      await page.setViewportSize(viewportOf(size));
      if (size === "phone")
        await page.evaluate(`history.pushState(null, "", ${JSON.stringify(link.replace("at=cluster/prod-weu&", ""))})`);
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.locator(`[data-mantine-color-scheme="${scheme}"]`).waitFor();
        await strip
          .getByText(/^Cost, isolation and availability are there$/)
          .waitFor({ state: "attached", timeout: 60_000 });
        await strip.getByLabel("Tier", { exact: true }).waitFor();
        await takeScreenshot(page, `what-if-${size}-${scheme}`, size);
        const isWhole = size === "desktop" && scheme === "light";
        expect(await violations(page, isWhole ? undefined : 'section[aria-label="What if"]')).toEqual([]);
      }
    }
    expect(troubles).toEqual([]);
  });
});
