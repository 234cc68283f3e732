import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { openPage, projectFolder, type ServedPage, servePage, type WatchedPage, waitForEstate } from "./served-page.ts";

const found = await launchBrowser();

describe.skipIf(found === undefined)("a page on which nothing is served", () => {
  let served: ServedPage;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    served = await servePage();
  });
  beforeEach(async () => {
    if (found === undefined) return;
    watched = await openPage(found.browser, served.url);
    page = watched.page;
    await page.getByRole("heading", { name: /three answers/ }).waitFor();
  });
  afterEach(async () => {
    await watched.close();
    // The browser reports the answer "no estate" (404), which the page expects.
    expect(watched.troubles.filter((trouble) => !trouble.includes("404"))).toEqual([]);
  });
  afterAll(async () => {
    await found?.browser.close();
    await served.close();
  });

  const paste = async (text: string) => {
    await page.getByLabel("Or paste manifests").fill(text);
    await page.getByRole("button", { name: "Assess" }).click();
    await page.getByRole("region", { name: "Summary" }).waitFor();
  };

  it("assesses pasted manifests in the browser, without a call to the server", async () => {
    const calls: string[] = [];
    page.on("request", (request) => {
      if (new URL(request.url()).pathname.startsWith("/api/")) calls.push(request.url());
    });
    await page.getByRole("button", { name: "Fill in a sample" }).click();
    await page.getByRole("button", { name: "Assess" }).click();
    await waitForEstate(page);
    await page.getByText("pasted manifests, assessed in this browser").waitFor();
    const names = await page.locator(".leaf-workload .leaf-label").allTextContents();
    expect(names.sort()).toEqual(["books-db", "catalogue", "web"]);
    expect(calls).toEqual([]);
    await page.getByRole("group", { name: "Lens" }).getByRole("button", { name: "Availability" }).click();
    expect(await page.locator(".react-flow__edge").count()).toBe(2);
  });

  it("says what of a paste it could not read, and assesses the rest", async () => {
    const good =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {}, template: {spec: {containers: [{name: web, image: web}]}}}\n";
    await paste(`${good}---\nkind: [broken\n`);
    await page.getByRole("button", { name: /problem.* in the input/ }).click();
    await page
      .getByRole("cell", { name: /pasted\.yaml/ })
      .first()
      .waitFor();
    await page.getByRole("navigation", { name: "Lists" }).getByRole("button", { name: "Workloads" }).click();
    await page.getByRole("button", { name: /^web/ }).waitFor();
  });

  it("survives a paste that holds nothing", async () => {
    await paste("# only a comment\n");
    await page.getByText("Nothing runs in this estate").waitFor();
  });

  it("assesses a chosen folder", async () => {
    await page.locator("input[type=file][webkitdirectory]").setInputFiles(join(projectFolder, "examples/shop"));
    await waitForEstate(page);
    await page.getByText("shop, assessed in this browser").waitFor();
    expect(await page.locator(".leaf-workload").count()).toBeGreaterThan(2);
  });

  it("assesses dropped files", async () => {
    const text = "apiVersion: v1\nkind: Pod\nmetadata: {name: lonely}\nspec: {containers: [{name: c, image: i}]}\n";
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(text)}], "lonely.yaml", { type: "application/yaml" }));
      return data;
    })()`);
    await page.locator("main").dispatchEvent("drop", { dataTransfer: transfer });
    await waitForEstate(page);
    await page.locator(".leaf-label", { hasText: "lonely" }).waitFor();
  });
});
