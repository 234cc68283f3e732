import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { openPage, phone, type ServedPage, servePage } from "./served-page.ts";

const found = await launchBrowser();

describe.skipIf(found === undefined)("a narrow screen", () => {
  let served: ServedPage;

  beforeAll(async () => {
    served = await servePage("examples/shop");
  });
  afterAll(async () => {
    await found?.browser.close();
    await served.close();
  });

  it("begins with the list; tree and panel slide in, and the back button closes them", async () => {
    if (found === undefined) return;
    const { page, troubles, close } = await openPage(found.browser, served.url, phone);
    await page.getByRole("table").waitFor();
    expect(await page.locator(".estate-flow").count()).toBe(0);
    await page.getByRole("button", { name: "Show the estate tree" }).click();
    await page.getByRole("tree").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("tree").waitFor({ state: "hidden" });
    await page.locator("tbody tr").first().getByRole("button").first().click();
    await page.getByRole("dialog", { name: "Details and reasons" }).waitFor();
    await page.goBack();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Map" }).click();
    await page.locator(".estate-flow .leaf").first().waitFor();
    expect(troubles).toEqual([]);
    await close();
  });
});
