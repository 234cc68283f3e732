import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { overEstate, takeScreenshot, viewportOf } from "./estate-page.ts";
import { waitForEstate } from "./served-page.ts";

const found = await launchBrowser();

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
  ],
  phone: [
    { name: "list", view: "/" },
    { name: "map", view: "/?view=map&lens=cost" },
    { name: "why", view: "/?why=cost/monthly/total" },
  ],
};

describe.skipIf(found === undefined)("screenshots of examples/nordwind", () => {
  const pages = overEstate(found, "examples/nordwind");

  for (const scheme of ["light", "dark"] as const) {
    for (const size of ["desktop", "phone"] as const) {
      it.for(shots[size])(`${size}, ${scheme}: $name`, async ({ name, view }) => {
        const { page, troubles } = await pages.open(view, { ...viewportOf(size), scheme });
        await waitForEstate(page);
        await takeScreenshot(page, `${name}-${size}-${scheme}`, size);
        expect(troubles).toEqual([]);
      });
    }
  }
});
