import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=rollout";
const canary = "examples/rollouts/web-canary.yaml%23Canary/storefront/web";

describe.skipIf(found === undefined)("rollouts over examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");
  const open = (address: string) => pages.open(address, viewportOf("desktop"));

  it("draws the curves, follows the controls, and unfolds a number", async () => {
    const { page, troubles } = await open(`${view}&policy=${canary}&rps=500`);
    await drawn(page);
    const verdict = page.getByRole("region", { name: "Verdict" });
    await verdict.getByText(/^Good at 500 requests\/s/).waitFor();
    await page.getByRole("slider", { name: "Traffic" }).fill("0");
    await verdict.getByText(/^(?:Weak|Noise) at 0\.5 requests\/s/).waitFor();
    expect(new URL(page.url()).searchParams.get("rps")).toBe("0.5");
    await page.getByRole("slider", { name: "Traffic" }).press("End");
    await verdict.getByText(/^Good at 5,000 requests\/s/).waitFor();
    await verdict
      .getByRole("button", { name: "100%" })
      .or(verdict.getByRole("button", { name: ">99.9%" }))
      .first()
      .click();
    await page.getByText("Chance to catch the regression").first().waitFor();
    await page
      .getByText(/Markov chain/)
      .first()
      .waitFor();
    await page.getByLabel("Policy", { exact: true }).selectOption({ label: "Argo Rollouts: catalog/catalog-api" });
    await page
      .getByRole("list", { name: "How it decides" })
      .getByText(/^Stages: 5 %/)
      .waitFor();
    const proposals = page.getByRole("region", { name: "Proposed policies" });
    expect(await proposals.getByText(/^Weights /).count()).toBeGreaterThan(0);
    expect(troubles).toEqual([]);
  });

  it("says of a Deployment that it judges nothing", async () => {
    const { page, troubles } = await open(
      `${view}&policy=examples/rollouts/orders-api-deployment.yaml%23Deployment/orders/orders-api`,
    );
    await page
      .getByRole("region", { name: "Verdict" })
      .getByText(/^Blind/)
      .waitFor();
    expect(
      await page
        .getByRole("region", { name: "A better policy" })
        .getByText(/judges nothing/)
        .count(),
    ).toBe(1);
    expect(troubles).toEqual([]);
  });

  it("can be read, wide and narrow, light and dark", async () => {
    const { page, troubles } = await open(`${view}&policy=${canary}&rps=10`);
    await inEveryForm(page, async (size, scheme) => {
      await drawn(page);
      await takeScreenshot(page, `rollout-${size}-${scheme}`, size);
      if (size === "desktop" || scheme === "light") expect(await violations(page)).toEqual([]);
      if (size === "phone") return;
      await page.getByRole("region", { name: "A better policy" }).scrollIntoViewIfNeeded();
      await takeScreenshot(page, `rollout-curves-${size}-${scheme}`, size);
    });
    expect(troubles).toEqual([]);
  });
});

async function drawn(page: Page): Promise<void> {
  const chart = page.getByRole("img", { name: /^Requests exposed until the decision, by error rate/ });
  await chart.locator("svg path").first().waitFor({ state: "attached" });
}
