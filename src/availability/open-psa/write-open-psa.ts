import { FALSE, type FaultTree, type Gate, type NodeId, TRUE } from "../fault-tree/fault-tree.ts";

/** A basic event as it is written. */
interface WrittenEvent {
  /** What fails, in words. */
  readonly label: string;
  readonly probability: number;
}

/** One top event with all that is below it. */
export interface WrittenFaultTree {
  readonly label: string;
  readonly tree: FaultTree;
  readonly top: NodeId;
  /** By index of basic event. */
  readonly events: (index: number) => WrittenEvent;
}

/**
 * Writes a fault tree in the Open-PSA Model Exchange Format 2.0, so that other tools can check it. The top event is the
 * gate `top`; gates and events are numbered, since the format allows few characters in names, and labelled with what
 * they mean. Weighted k-of-n gates are written as the and/or gates that they are equal to.
 */
export function writeOpenPsa({ label, tree, top, events }: WrittenFaultTree): string {
  const writer = new GateWriter(tree);
  const root = writer.reference(top);
  const data = [...writer.events]
    .sort((left, right) => left - right)
    .map((index) => eventElement(index, events(index)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<opsa-mef>",
    '  <define-fault-tree name="tree">',
    `    <label>${escapeText(label)}</label>`,
    '    <define-gate name="top">',
    `      ${root}`,
    "    </define-gate>",
    ...writer.gates,
    "  </define-fault-tree>",
    "  <model-data>",
    ...data,
    "  </model-data>",
    "</opsa-mef>",
    "",
  ].join("\n");
}

function eventElement(index: number, { label, probability }: WrittenEvent): string {
  return [
    `    <define-basic-event name="e${index + 1}">`,
    `      <label>${escapeText(label)}</label>`,
    `      <float value="${probability}"/>`,
    "    </define-basic-event>",
  ].join("\n");
}

/** Gates as elements, each once, in the order of the tree: arguments before gates. */
class GateWriter {
  readonly gates: string[] = [];
  readonly events = new Set<number>();
  readonly #tree: FaultTree;
  readonly #references = new Map<NodeId, string>();

  constructor(tree: FaultTree) {
    this.#tree = tree;
  }

  /** The element that refers to a node; what is below it is written before. */
  reference(top: NodeId): string {
    const open: { readonly node: NodeId; readonly entered: boolean }[] = [{ node: top, entered: false }];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { node, entered } = step;
      if (this.#references.has(node)) continue;
      const gate = this.#tree.gate(node);
      if (gate === undefined) this.#references.set(node, this.#leaf(node));
      else if (entered) this.#references.set(node, this.#write(`g${node}`, this.#formula(gate, `g${node}`)));
      else {
        open.push({ node, entered: true });
        for (const argument of gate.arguments) open.push({ node: argument, entered: false });
      }
    }
    return this.#references.get(top) ?? "";
  }

  #leaf(node: NodeId): string {
    if (node === TRUE || node === FALSE) return `<constant value="${node === TRUE}"/>`;
    const index = this.#tree.eventIndex(node);
    this.events.add(index);
    return `<basic-event name="e${index + 1}"/>`;
  }

  #write(name: string, formula: string): string {
    this.gates.push(`    <define-gate name="${name}">`, `      ${formula}`, "    </define-gate>");
    return `<gate name="${name}"/>`;
  }

  #formula(gate: Gate, name: string): string {
    const references = gate.arguments.map((argument) => this.#references.get(argument) ?? "");
    const isPlain = gate.weights === undefined && new Set(gate.arguments).size === gate.arguments.length;
    if (gate.type !== "atLeast") return `<${gate.type}>${references.join("")}</${gate.type}>`;
    if (isPlain) return `<atleast min="${gate.minimum}">${references.join("")}</atleast>`;
    return this.#counted(gate, references, name);
  }

  /** T(i, j) = x_i and T(i+1, j - w_i) or T(i+1, j): at least j of the weights from argument i on. */
  #counted(gate: Gate, references: readonly string[], name: string): string {
    const always = '<constant value="true"/>';
    const never = '<constant value="false"/>';
    let row: readonly string[] = [always, ...Array.from<string>({ length: gate.minimum }).fill(never)];
    for (let index = references.length - 1; index >= 0; index -= 1) {
      const weight = gate.weights?.[index] ?? 1;
      const below = row;
      row = below.map((skipped, needed) => {
        if (needed === 0 || skipped === always) return always;
        const taken = below[Math.max(0, needed - weight)] ?? always;
        if (taken === never) return skipped;
        const part = `${name}-${index}-${needed}`;
        const both = taken === always ? (references[index] ?? "") : `<gate name="${part}-taken"/>`;
        if (taken !== always) this.#write(`${part}-taken`, `<and>${references[index]}${taken}</and>`);
        return skipped === never ? both : this.#write(part, `<or>${both}${skipped}</or>`);
      });
    }
    return row[gate.minimum] ?? never;
  }
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
