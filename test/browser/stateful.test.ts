import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { overEstate, type ScreenSize, takeScreenshot, viewportOf, violations } from "./estate-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=stores";

describe.skipIf(found === undefined)("stores of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");
  const open = (address: string, size: ScreenSize = "desktop", scheme: "light" | "dark" = "light") =>
    pages.open(address, { ...viewportOf(size), scheme });

  it("weighs a store, names the rule of each rejection, and unfolds a number", async () => {
    const { page, troubles } = await open(`${view}&store=ledger`);
    await page
      .getByRole("region", { name: "Verdict" })
      .getByText(/^Nearest flip/)
      .waitFor();
    const rejected = page.getByRole("region", { name: "What a rule rejects" });
    expect(await rejected.getByText("ST-RET-01").count()).toBeGreaterThan(0);
    await page.getByRole("region", { name: "What fits" }).getByRole("button").first().click();
    await page
      .getByText(/service \+ operators/)
      .first()
      .waitFor();
    await page.getByLabel("Store", { exact: true }).selectOption("carts");
    await page
      .getByRole("region", { name: "What fits" })
      .getByText(/^Redis/)
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
    await row.getByText("kept", { exact: true }).waitFor();
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
    expect(troubles).toEqual([]);
  });

  const shots = [
    ["choice", `${view}&store=stock`, "Verdict"],
    ["recovery", `${view}&stores=recovery&store=sessions`, "Two writers"],
    ["run", `${view}&stores=run&store=stock&broken=readYourWrites&step=9`, "Broken: Clients read their own writes"],
  ] as const;
  for (const [part, address, region] of shots) {
    for (const scheme of ["light", "dark"] as const) {
      for (const size of ["desktop", "phone"] as const) {
        const name = `${size === "desktop" ? "desktop" : "narrow"}-${scheme}`;
        it(`can be read: ${part}, ${name}`, async () => {
          const { page, troubles } = await open(address, size, scheme);
          await (part === "recovery"
            ? page.getByRole("list", { name: "Recovery by failure" }).waitFor()
            : page.getByRole("region", { name: region }).waitFor());
          await takeScreenshot(page, `stateful-${part}-${name}`, size);
          if (size === "desktop" || scheme === "light") expect(await violations(page)).toEqual([]);
          expect(troubles).toEqual([]);
        });
      }
    }
  }

  it("draws the lens for the eye", async () => {
    const { page } = await open("/?view=map&lens=stateful");
    await page.locator(".react-flow__node").filter({ hasText: "not in time" }).first().waitFor();
    await takeScreenshot(page, "stateful-map-desktop-light", "desktop");
    expect(await violations(page)).toEqual([]);
  });
});
