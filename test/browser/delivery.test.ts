import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { goWithin, inEveryForm, overEstate, takeScreenshot, viewportOf, violations } from "./estate-page.ts";

const found = await launchBrowser();
const view = "/?view=list&table=delivery";
const parts = [
  { name: "board", address: "&lands=apps/storefront@prod/prod-neu", drawn: "storefront in prod on prod-neu" },
  {
    name: "changes",
    address: "&deliver=changes&edit=cluster/prod-weu&field=kubernetesVersion",
    drawn: "Effects by target",
  },
  {
    name: "files",
    address: "&deliver=files&files=storefront&file=apps/storefront/base/kustomization.yaml",
    drawn: "Text of the file",
  },
] as const;

describe.skipIf(found === undefined)("delivery of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");
  const open = (address: string) => pages.open(address, viewportOf("desktop"));

  it("unfolds what differs from the stage before, and leads to its files", async () => {
    const { page, troubles } = await open(view);
    const cell = page.getByRole("button", { name: /^\d+ differences for orders in staging on staging-weu/ });
    await cell.click();
    const unfolded = page.getByRole("region", { name: "orders in staging on staging-weu" });
    const image = unfolded.getByRole("row", { name: /containers\[orders-api\]\.image/ });
    await image.getByText("7.4.0-rc.3").waitFor();
    expect(new URL(page.url()).searchParams.get("lands")).toBe("apps/orders@staging/staging-weu");
    await unfolded.getByRole("button", { name: "its files" }).click();
    await page.getByRole("region", { name: "File clusters/staging-weu/apps/orders/kustomization.yaml" }).waitFor();
    expect(troubles).toEqual([]);
  });

  it("says what an edit does on each target, and refuses what is no value", async () => {
    const { page, troubles } = await open(`${view}&deliver=changes&edit=pool/prod-weu/general`);
    const effect = page.getByRole("region", { name: "Effect", exact: true });
    await effect.getByText("reject").waitFor();
    await page.getByRole("button", { name: "Terraform" }).click();
    await effect.getByText("rotate").waitFor();
    await page.getByLabel("Field", { exact: true }).selectOption("taints");
    await effect.getByText("in place", { exact: true }).waitFor();
    await page.getByLabel("to", { exact: true }).fill("nonsense");
    await page.getByRole("alert").getByText("“nonsense” is no value of “Taints”").waitFor();
    expect(new URL(page.url()).searchParams.get("to")).toBe("nonsense");
    expect(troubles).toEqual([]);
  });

  it("shows any file of the repository, by keys too, and hands out all of them", async () => {
    const { page, troubles } = await open(`${view}&deliver=files`);
    await page.getByRole("region", { name: "File README.md" }).waitFor();
    await page.getByRole("searchbox", { name: "Filter files" }).fill("prod-weu orders");
    const tree = page.getByRole("tree", { name: "Files of the repository" });
    const file = tree.getByRole("treeitem", { name: "kustomization.yaml" }).first();
    await file.waitFor();
    await tree.getByRole("treeitem").first().focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).searchParams.get("file")).toContain("orders");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as zip" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("nordwind-repository.zip");
    const bytes = await readFile(await download.path());
    expect([...bytes.subarray(0, 4)]).toEqual([0x50, 0x4b, 3, 4]);
    await page.getByRole("button", { name: "Helm" }).click();
    await tree.getByRole("treeitem", { name: "release.yaml" }).first().waitFor();
    expect(new URL(page.url()).searchParams.get("packaging")).toBe("helm");
    expect(troubles).toEqual([]);
  });

  it("colours the map by stage without moving a box", async () => {
    const { page, troubles } = await open("/?view=map&lens=structure");
    const box = page.locator(".react-flow__node").filter({ hasText: "orders-api" }).first();
    await box.waitFor();
    const before = await box.boundingBox();
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.getByText("Stage of promotion").waitFor();
    await box.getByText(/ring \d/).waitFor();
    expect(await box.boundingBox()).toEqual(before);
    await takeScreenshot(page, "delivery-map-desktop-light", "desktop");
    expect(await violations(page)).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it("can be read in every part, wide and narrow, light and dark", { timeout: 120_000 }, async () => {
    const { page, troubles } = await open(view);
    for (const { name, address, drawn } of parts) {
      await goWithin(page, `${view}${address}`);
      await inEveryForm(page, async (size, scheme) => {
        await page.getByRole("region", { name: drawn, exact: true }).waitFor();
        const fields = page.getByLabel(/^Fields of/);
        if (name === "board") await fields.first().waitFor();
        await takeScreenshot(page, `delivery-${name}-${size}-${scheme}`, size);
        if ((size === "desktop") === (scheme === "light")) expect(await violations(page)).toEqual([]);
      });
    }
    expect(troubles).toEqual([]);
  });
});
