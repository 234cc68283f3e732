import { buildWebIfStale } from "../../scripts/build-web.ts";
import { launchBrowser } from "./browser.ts";
import { projectFolder } from "./served-page.ts";

/** Builds the page and unpacks the browser once, before the test files that share them run side by side. */
export async function setup(): Promise<void> {
  await buildWebIfStale(projectFolder);
  const found = await launchBrowser();
  await found?.browser.close();
}
