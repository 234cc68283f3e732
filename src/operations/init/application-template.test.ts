import { describe, expect, test } from "vitest";
import { applicationFiles, overlaid } from "./application-template.ts";

const template = new Map([
  ["src/main.ts", "optimistic"],
  ["src/main-actors.ts", "actors"],
  ["src/actors/mailbox.ts", ""],
  ["src/domain/order.ts", ""],
  ["src/application/optimistic-commands.ts", ""],
  ["gitignore", "node_modules/"],
]);

describe("forms of an application", () => {
  test("orders leaves the actors out", () => {
    expect([...applicationFiles(template, "orders")]).toEqual([
      [".gitignore", "node_modules/"],
      ["src/application/optimistic-commands.ts", ""],
      ["src/domain/order.ts", ""],
      ["src/main.ts", "optimistic"],
    ]);
  });

  test("orders-actor puts its files in the place of the others", () => {
    expect([...applicationFiles(template, "orders-actor")]).toEqual([
      [".gitignore", "node_modules/"],
      ["src/actors/mailbox.ts", ""],
      ["src/domain/order.ts", ""],
      ["src/main.ts", "actors"],
    ]);
  });
});

describe("an overlay", () => {
  test("replaces, adds and leaves out, and is not among the files itself", () => {
    const overlay = new Map([
      ["overlay.json", '{"over": "orders", "omit": ["src/actors/", "gitignore"]}'],
      ["src/main.ts", "other store"],
      ["src/store.ts", ""],
    ]);
    const files = overlaid(template, overlay);
    expect([...files.keys()].toSorted()).toEqual([
      "src/application/optimistic-commands.ts",
      "src/domain/order.ts",
      "src/main-actors.ts",
      "src/main.ts",
      "src/store.ts",
    ]);
    expect(files.get("src/main.ts")).toBe("other store");
  });
});
