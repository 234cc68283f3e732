import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryFolder } from "./repository-folder.ts";

describe("a scratch folder", () => {
  const texts = new Map([["apps/shop/chart/Chart.yaml", "name: shop\n"]]);

  test("holds the texts while it is used, and is gone afterwards", async () => {
    const used = await repositoryFolder.inScratchFolder(texts, (folder) => {
      expect(readFileSync(join(folder, "apps/shop/chart/Chart.yaml"), "utf8")).toBe("name: shop\n");
      return Promise.resolve(folder);
    });
    expect(existsSync(used)).toBe(false);
  });

  test("is gone too when its use fails", async () => {
    let used = "";
    const failing = repositoryFolder.inScratchFolder(texts, (folder) => {
      used = folder;
      return Promise.reject(new Error("no"));
    });
    await expect(failing).rejects.toThrow("no");
    expect([used === "", existsSync(used)]).toEqual([false, false]);
  });
});
