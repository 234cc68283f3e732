import type { ResourceValue } from "../graph/resource-graph.ts";

/** An expression that is written as it is. */
export interface HclExpression {
  readonly $hcl: string;
}

export type HclValue = ResourceValue | HclExpression | readonly HclExpression[];

/** What stands between the braces of a block, in the order in which it was put. */
export class HclBody {
  readonly attributes = new Map<string, HclValue>();
  readonly blocks = new Map<string, HclBody[]>();

  /** The one block of a name; made where it is not there yet. */
  block(name: string, index = 0): HclBody {
    const list = this.blocks.get(name) ?? [];
    while (list.length <= index) list.push(new HclBody());
    this.blocks.set(name, list);
    return list[index] ?? new HclBody();
  }

  isEmpty(): boolean {
    return this.attributes.size === 0 && this.blocks.size === 0;
  }

  /**
   * Puts a value at a path such as `route[].name`. `indexes` tell which item each `[]` is, and which entry each `{}`: its
   * key becomes the block's name.
   */
  put(path: string, indexes: readonly (number | string)[], value: HclValue): void {
    const segments = path.split(".");
    const keys = [...indexes];
    const body = this.#reach(segments.slice(0, -1), keys);
    const last = segments.at(-1) ?? "";
    const { attributes } = body;
    if (!last.endsWith("[]")) {
      attributes.set(last, value);
      return;
    }
    const name = last.slice(0, -2);
    const before = attributes.get(name);
    const list: readonly ResourceValue[] = Array.isArray(before) ? (before as readonly ResourceValue[]) : [];
    attributes.set(name, [...list, value as ResourceValue]);
  }

  #reach([segment, ...rest]: readonly string[], keys: (number | string)[]): HclBody {
    return segment === undefined ? this : this.#below(segment, keys).#reach(rest, keys);
  }

  #below(segment: string, keys: (number | string)[]): HclBody {
    if (segment.endsWith("[]")) {
      const index = keys.shift();
      return this.block(segment.slice(0, -2), typeof index === "number" ? index : 0);
    }
    if (!segment.endsWith("{}")) return this.block(segment);
    const key = String(keys.shift() ?? "");
    const name = segment.slice(0, -2);
    const known = this.blocks.get(name)?.find(({ attributes }) => attributes.get("name") === key);
    if (known !== undefined) return known;
    const body = this.block(name, this.blocks.get(name)?.length ?? 0);
    body.attributes.set("name", key);
    return body;
  }
}
