import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { desktop, openPage, phone, type ServedPage, servePage, waitForEstate } from "./served-page.ts";

const found = await launchBrowser();
const folder = join(import.meta.dirname, "screenshots");

interface Shot {
  readonly name: string;
  readonly view: string;
}

const shots: { readonly [size in "desktop" | "phone"]: readonly Shot[] } = {
  desktop: [
    { name: "structure", view: "/" },
    { name: "cost", view: "/?lens=cost&why=cost/monthly/total" },
    { name: "availability", view: "/?lens=availability" },
    { name: "journey", view: "/?lens=availability&at=journey/prod/storefront/checkout" },
    { name: "findings", view: "/?lens=findings" },
    { name: "list", view: "/?view=list" },
    { name: "list-of-findings", view: "/?view=list&table=findings" },
  ],
  phone: [
    { name: "list", view: "/" },
    { name: "map", view: "/?view=map&lens=cost" },
    { name: "why", view: "/?why=cost/monthly/total" },
  ],
};

describe.skipIf(found === undefined)("screenshots of examples/nordwind", () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage("examples/nordwind");
    await mkdir(folder, { recursive: true });
  });
  afterAll(async () => {
    await found?.browser.close();
    await served.close();
  });

  for (const scheme of ["light", "dark"] as const) {
    for (const size of ["desktop", "phone"] as const) {
      it.for(shots[size])(`${size}, ${scheme}: $name`, async ({ name, view }) => {
        if (found === undefined) return;
        const viewport = size === "desktop" ? desktop : phone;
        const { page, troubles, close } = await openPage(found.browser, `${served.url}${view}`, {
          ...viewport,
          scheme,
        });
        await waitForEstate(page);
        await page.evaluate("document.fonts.ready.then(() => true)");
        const path = join(folder, `${name}-${size}-${scheme}.png`);
        const image = await page.screenshot({ path, fullPage: size === "phone" });
        // A page without text or boxes compresses to almost nothing.
        expect(image.length).toBeGreaterThan(20_000);
        expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(viewport.width);
        expect(troubles).toEqual([]);
        await close();
      });
    }
  }
});
