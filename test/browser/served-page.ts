import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { buildWebIfStale } from "../../scripts/build-web.ts";
import { serveEstate } from "../../src/server/main.ts";

export const projectFolder = join(import.meta.dirname, "../..");

/** The real server over paths of the project, on a free port. */
export interface ServedPage {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds the page when it is stale and serves it over the paths, relative to the project's folder. */
export async function servePage(...paths: readonly string[]): Promise<ServedPage> {
  await buildWebIfStale(projectFolder);
  const controller = new AbortController();
  const listening = Promise.withResolvers<string>();
  // Relative paths, as a user would give them: they are what the page shows.
  const served = serveEstate(paths, { port: 46_200, onListening: listening.resolve, signal: controller.signal });
  served.catch(listening.reject);
  return {
    url: await listening.promise,
    close: async () => {
      controller.abort();
      await served;
    },
  };
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;

/** A page whose errors and foreign requests are collected. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of scripts, of the console (breaches of the security policy among them), and requests to other hosts. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens an address in a context of its own: fixed size, no motion, nothing kept. */
export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<WatchedPage> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: options.width ?? desktop.width, height: options.height ?? desktop.height },
    colorScheme: options.scheme ?? "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  const { host } = new URL(url);
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  page.on("request", (request) => {
    const target = new URL(request.url());
    if (target.protocol.startsWith("http") && target.host !== host) troubles.push(`request to ${target.href}`);
  });
  await page.goto(url);
  return { page, troubles, close: () => context.close() };
}

/** Waits until the map or the list of an estate is there. */
export async function waitForEstate(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Summary" }).waitFor();
  await page.locator(".estate-flow .leaf, table").first().waitFor();
}
