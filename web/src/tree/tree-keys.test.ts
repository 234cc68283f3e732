import { describe, expect, it } from "vitest";
import { type TreeNode, tenantTree, visibleRows } from "../graph/tree.ts";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { treeKey } from "./tree-keys.ts";

describe("keys of the tree", () => {
  const rows = visibleRows(tenantTree(fixtureAssessment()), (_: TreeNode, depth) => depth < 1);
  const step = (key: string, label: string) => {
    const current = rows.find((row) => row.node.label === label);
    if (current === undefined) throw new Error(`no row ${label}`);
    const result = treeKey(key, rows, current);
    return result === undefined ? undefined : `${result.kind} ${result.node.label}`;
  };

  it("moves up and down, to both ends", () => {
    expect(step("ArrowDown", "retail")).toBe("move shop");
    expect(step("ArrowUp", "retail")).toBe("move agent");
    expect(step("Home", "shop")).toBe("move platform");
    expect(step("ArrowUp", "platform")).toBeUndefined();
  });

  it("opens a closed branch, then goes in", () => {
    expect(step("ArrowRight", "shop")).toBe("toggle shop");
    expect(step("ArrowRight", "retail")).toBe("move shop");
    expect(step("ArrowRight", "agent")).toBeUndefined();
  });

  it("closes an open branch, else goes to the parent", () => {
    expect(step("ArrowLeft", "retail")).toBe("toggle retail");
    expect(step("ArrowLeft", "shop")).toBe("move retail");
  });

  it("selects with Enter and space, and leaves other keys alone", () => {
    expect(step("Enter", "shop")).toBe("select shop");
    expect(step(" ", "shop")).toBe("select shop");
    expect(step("x", "shop")).toBeUndefined();
  });
});
