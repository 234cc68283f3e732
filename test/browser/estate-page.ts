import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { FoundBrowser } from "./browser.ts";
import {
  desktop,
  openPage,
  type PageOptions,
  phone,
  type ServedPage,
  servePage,
  type WatchedPage,
} from "./served-page.ts";

const screenshotFolder = join(import.meta.dirname, "screenshots");

/** Pages over one served estate; what a test opened is closed after it. */
interface EstatePages {
  readonly url: () => string;
  /** Opens a view of the estate, such as `/?lens=cost`. */
  readonly open: (view?: string, options?: PageOptions) => Promise<WatchedPage>;
}

/** Serves the estate for the tests of a `describe`, and closes page, server and browser after them. */
export function overEstate(found: FoundBrowser | undefined, path: string): EstatePages {
  let served: ServedPage;
  let opened: WatchedPage[] = [];
  beforeAll(async () => {
    served = await servePage(path);
    await mkdir(screenshotFolder, { recursive: true });
  });
  afterEach(async () => {
    await Promise.all(opened.map(({ close }) => close()));
    opened = [];
  });
  afterAll(async () => {
    await found?.browser.close();
    await served.close();
  });
  return {
    url: () => served.url,
    open: async (view = "/", options = {}) => {
      if (found === undefined) throw new Error("there is no browser");
      const watched = await openPage(found.browser, `${served.url}${view}`, options);
      opened.push(watched);
      return watched;
    },
  };
}

/** What axe finds wrong; `within` one element where the rest of the page has been looked at. */
export async function violations(page: Page, within?: string): Promise<readonly string[]> {
  // There are no frames to gather from, and what passed need not be told element by element.
  const whole = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations: broken, passes } = await (within === undefined ? whole : whole.include(within)).analyze();
  // A run that saw nothing would have nothing to complain about.
  expect(passes.length).toBeGreaterThan(10);
  return broken.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary}`),
  );
}

export type ScreenSize = "desktop" | "phone";

export function viewportOf(size: ScreenSize): { readonly width: number; readonly height: number } {
  return size === "desktop" ? desktop : phone;
}

/** Goes to an address without loading the page anew: what the engines have answered once is there again at once. */
export async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate(`history.pushState(null, "", ${JSON.stringify(address)})`);
}

/** Looks at what a page shows in every width and colour; it is wide and light again after it. */
export async function inEveryForm(
  page: Page,
  look: (size: ScreenSize, scheme: "light" | "dark") => Promise<void>,
): Promise<void> {
  for (const size of ["phone", "desktop"] as const) {
    await page.setViewportSize(viewportOf(size));
    for (const scheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.locator(`[data-mantine-color-scheme="${scheme}"]`).waitFor();
      await look(size, scheme);
    }
  }
}

/** Keeps a picture, and sees that there is something on it and nothing beside it. */
export async function takeScreenshot(page: Page, name: string, size: ScreenSize): Promise<void> {
  await page.evaluate("document.fonts.ready.then(() => true)");
  const path = join(screenshotFolder, `${name}.png`);
  const image = await page.screenshot({ path, fullPage: size === "phone" });
  // A page without text or boxes compresses to almost nothing.
  expect(image.length).toBeGreaterThan(20_000);
  const width = await page.evaluate<number>("document.documentElement.scrollWidth");
  expect(width).toBeLessThanOrEqual(viewportOf(size).width);
}
