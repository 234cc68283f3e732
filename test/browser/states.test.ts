import type { Page, Route } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { overEstate } from "./estate-page.ts";
import { type WatchedPage, waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const assessmentAddress = "**/api/assessment";

describe.skipIf(found === undefined)("what stands in the place of an estate", () => {
  const pages = overEstate(found, "examples/shop");
  let watched: WatchedPage;
  let page: Page;

  beforeEach(async () => {
    watched = await pages.open();
    page = watched.page;
    await waitForEstate(page);
  });

  it("says what went wrong, and tries again", async () => {
    const problem = {
      type: "about:blank",
      status: 500,
      code: "defect",
      title: "Scantling stopped.",
      hint: "Report it.",
    };
    let failing = true;
    // The route stays: taking it away while the page fetches its map's code leaves that request hanging.
    const fail = (route: Route) =>
      failing
        ? route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(problem) })
        : route.continue();
    await page.route(assessmentAddress, fail);
    await page.reload();
    const alert = page.getByRole("alert");
    await alert.waitFor();
    const words = await alert.textContent();
    for (const part of ["defect", "Scantling stopped.", "Report it."]) expect(words).toContain(part);
    failing = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await waitForEstate(page);
  });

  it("says that the server is gone, and still assesses in the browser", async () => {
    await page.route(assessmentAddress, (route) => route.abort());
    await page.reload();
    await page.getByText("server-unreachable").waitFor();
    await page.getByRole("button", { name: "Fill in a sample" }).click();
    await page.getByRole("button", { name: "Assess" }).click();
    await waitForEstate(page);
    await page.getByText("assessed in this browser").waitFor();
  });

  it("names what it waits for", async () => {
    const held = Promise.withResolvers<void>();
    await page.route(assessmentAddress, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.reload();
    await page.getByRole("status").getByText("Reading the estate").waitFor();
    held.resolve();
    await waitForEstate(page);
  });

  it("says when a link names what the estate does not have", async () => {
    await page.goto(`${pages.url()}/?at=tenant/nobody`);
    await page.getByText("Not in this estate").waitFor();
    expect(watched.troubles).toEqual([]);
  });
});
