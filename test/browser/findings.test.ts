import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { goWithin, inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";
import { waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const list = "/?view=list&table=findings";
/** The page of examples/nordwind that its tests speak of. */
const fixable = `${list}&q=rule:TEN-008`;

describe.skipIf(found === undefined)("findings of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");

  async function openFindings(view: string) {
    const watched = await pages.open(view, viewportOf("desktop"));
    await watched.page.getByRole("region", { name: "Findings" }).waitFor();
    await watched.page.getByRole("heading", { name: "What would let more be judged" }).waitFor();
    return watched;
  }

  it("groups, unfolds, shows lines and the change, and is a link", async () => {
    const { page, troubles } = await openFindings(fixable);
    await page.getByRole("button", { name: /^TEN-008/ }).click();
    await page
      .getByRole("button", { name: /allowPrivilegeEscalation.*can be fixed for you/ })
      .first()
      .click();
    await page.getByLabel("Lines of the file").waitFor();
    const change = page.getByLabel(/^Change of CronJob/);
    await change.waitFor();
    expect(await change.textContent()).toMatch(/\+.*allowPrivilegeEscalation: false/);
    expect(new URL(page.url()).searchParams.get("finding")).toMatch(/^[0-9a-f]{32}$/);
    await page.reload();
    await page.getByLabel(/^Change of CronJob/).waitFor();
    await page.getByTitle("Show these lines").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(await dialog.locator('[data-marked="true"]').textContent()).toMatch(/\S/);
    expect(troubles).toEqual([]);
  });

  it("filters by severity, text and state, and groups by object and tenant", async () => {
    const { page, troubles } = await openFindings(list);
    const groups = page.getByRole("region", { name: "Findings" }).locator("li [aria-expanded]");
    const before = await groups.count();
    await page
      .getByRole("button", { name: /\d+ critical$/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Remove filter severity:critical" }).waitFor();
    expect(await groups.count()).toBeLessThan(before);
    await page.getByRole("button", { name: "Tenant", exact: true }).last().click();
    expect(new URL(page.url()).searchParams.get("by")).toBe("tenant");
    await page.getByRole("button", { name: /^retail/ }).waitFor();
    await page.getByRole("button", { name: /^Not evaluable/ }).click();
    expect(new URL(page.url()).searchParams.get("show")).toBe("notEvaluable");
    await page.keyboard.press("/");
    await page.keyboard.type("nothingiscalledthis");
    await page.getByText("No finding meets the filter.").waitFor();
    expect(troubles).toEqual([]);
  });

  it("is led by keys to a finding, its rule, and back", async () => {
    const { page, troubles } = await openFindings("/?view=list&table=findings");
    const first = page.getByRole("region", { name: "Findings" }).locator("li [aria-expanded]").first();
    await first.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Why it matters" }).waitFor();
    expect(new URL(page.url()).searchParams.get("rule")).toMatch(/^[A-Z]{3}-\d{3}$/);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await first.getAttribute("aria-expanded")).toBe("true");
    expect(troubles).toEqual([]);
  });

  it("says what went wrong when the audit does not come", async () => {
    const { page } = await pages.open("/");
    await waitForEstate(page);
    await page.route("**/api/audit", (route) => route.abort());
    await page.keyboard.press("f");
    await page.getByRole("alert").getByText("server-unreachable").waitFor();
  });

  it("can be read, wide and narrow, light and dark", { timeout: 120_000 }, async () => {
    const { page, troubles } = await openFindings(list);
    await inEveryForm(page, async (size, scheme) => {
      await takeScreenshot(page, `findings-list-${size}-${scheme}`, size);
    });
    await goWithin(page, fixable);
    await page.getByRole("button", { name: /^TEN-008/ }).click();
    await page
      .getByRole("button", { name: /allowPrivilegeEscalation.*can be fixed for you/ })
      .first()
      .click();
    await inEveryForm(page, async (size, scheme) => {
      await page.getByLabel(/^Change of/).waitFor();
      await takeScreenshot(page, `findings-fix-${size}-${scheme}`, size);
      if (size === "desktop" || scheme === "light") expect(await violations(page)).toEqual([]);
    });
    await page.getByRole("button", { name: "About rule TEN-008" }).first().click();
    await inEveryForm(page, async (size, scheme) => {
      await page.getByRole("dialog").getByRole("heading", { name: "Why it matters" }).waitFor();
      await takeScreenshot(page, `findings-rule-${size}-${scheme}`, size);
      if (size === "desktop") expect(await violations(page)).toEqual([]);
    });
    expect(troubles).toEqual([]);
  });
});
