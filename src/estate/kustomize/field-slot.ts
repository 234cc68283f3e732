import type { FieldNode, ListNode, MapNode } from "./field-node.ts";

/** A place in a resource that holds a node, and can hold another. */
export interface FieldSlot {
  readonly node: FieldNode;
  readonly replace: (node: FieldNode) => void;
}

/** The place of an item that is in the list. */
export function itemSlot(list: ListNode, index: number, node: FieldNode): FieldSlot {
  return {
    node,
    replace: (next) => {
      list.items[index] = next;
    },
  };
}

/** The place of a field that is in the mapping. */
export function fieldSlot(map: MapNode, name: string, node: FieldNode): FieldSlot {
  return {
    node,
    replace: (next) => {
      map.fields.set(name, next);
    },
  };
}

/** The place of a whole resource, which nothing takes. */
export function rootSlot(node: MapNode): FieldSlot {
  return { node, replace: () => {} };
}
