import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import {
  cyclicOpenPsaDefinition,
  impossibleCommonCause,
  impossibleProbability,
  missingProbability,
  undefinedOpenPsaName,
} from "../../estate/diagnostics/open-psa-diagnostics.ts";
import { FALSE, FaultTree, type NodeId, TRUE } from "../fault-tree/fault-tree.ts";
import { commonCauses } from "./common-cause-events.ts";
import { connect } from "./connect.ts";
import { ExpressionEvaluator } from "./evaluate-expression.ts";
import type {
  BasicEventDefinition,
  CommonCauseGroup,
  EventFormula,
  GateDefinition,
  HouseEventDefinition,
} from "./model.ts";
import type { OpenPsaReading } from "./read-open-psa.ts";
import { ScopedNames } from "./scoped-names.ts";

/** A basic event of the built tree: its name (several for a common cause), probability and failures per hour. */
export interface BuiltEvent {
  readonly name: string;
  readonly probability: number;
  /** Unconditional failure intensity at the mission time; undefined where no failure rate is given. */
  readonly frequencyPerHour: number | undefined;
}

/** A gate's node, or the names that keep it from being evaluated. */
type BuiltGate = { readonly node: NodeId } | { readonly missing: readonly string[] };

export interface BuiltFaultTree {
  readonly tree: FaultTree;
  /** By index of basic event. */
  readonly events: readonly BuiltEvent[];
  /** Gates that no gate refers to, in order of definition. */
  readonly topNames: readonly string[];
  readonly gateOf: (name: string) => BuiltGate | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Builds the fault tree of a model: house events and constants folded in, every basic event with its probability,
 * common-cause groups as one event for each set of members that one cause takes. What a broken definition reaches is
 * not evaluable.
 */
export function buildFaultTree(reading: OpenPsaReading, missionTimeHours: number): BuiltFaultTree {
  const builder = new FaultTreeBuilder(reading, missionTimeHours);
  return builder.build();
}

type AnyDefinition =
  | { readonly kind: "gate"; readonly name: string; readonly scope: readonly string[]; readonly gate: GateDefinition }
  | {
      readonly kind: "basic";
      readonly name: string;
      readonly scope: readonly string[];
      readonly event: BasicEventDefinition;
    }
  | {
      readonly kind: "house";
      readonly name: string;
      readonly scope: readonly string[];
      readonly house: HouseEventDefinition;
    };

class FaultTreeBuilder {
  readonly #reading: OpenPsaReading;
  readonly #evaluator: ExpressionEvaluator;
  readonly #names: ScopedNames<AnyDefinition>;
  readonly #tree = new FaultTree();
  readonly #events: BuiltEvent[] = [];
  readonly #built = new Map<string, BuiltGate>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #referred = new Set<string>();

  constructor(reading: OpenPsaReading, missionTimeHours: number) {
    const { model, unreadable } = reading;
    this.#reading = reading;
    this.#evaluator = new ExpressionEvaluator(model.parameters, unreadable, missionTimeHours);
    const definitions = new Map<string, AnyDefinition>();
    for (const [name, event] of model.basicEvents)
      definitions.set(name, { kind: "basic", name, scope: event.scope, event });
    for (const [name, house] of model.houseEvents)
      definitions.set(name, { kind: "house", name, scope: house.scope, house });
    for (const [name, gate] of model.gates) definitions.set(name, { kind: "gate", name, scope: gate.scope, gate });
    // A member of a group need not be defined by itself: the group's distribution is its probability.
    for (const { members, scope, place } of model.commonCauseGroups) {
      for (const { name } of members) {
        if (definitions.has(name)) continue;
        const event = { name, scope, label: undefined, place, expression: undefined };
        definitions.set(name, { kind: "basic", name, scope, event });
      }
    }
    this.#names = new ScopedNames(definitions);
  }

  build(): BuiltFaultTree {
    const { gates, commonCauseGroups } = this.#reading.model;
    for (const group of commonCauseGroups) this.#buildGroup(group);
    for (const gate of gates.values()) this.#buildGate(gate);
    return {
      tree: this.#tree,
      events: this.#events,
      topNames: [...gates.keys()].filter((name) => !this.#referred.has(name)),
      gateOf: (name) => (gates.has(name) ? this.#built.get(name) : undefined),
      diagnostics: [...this.#evaluator.diagnostics, ...this.#diagnostics],
    };
  }

  /** Gates below a gate are built before it, without recursion: trees may be deep. */
  #buildGate(start: GateDefinition): void {
    const path = new Set<string>();
    const open: { readonly gate: GateDefinition; readonly entered: boolean }[] = [{ gate: start, entered: false }];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { gate, entered } = step;
      if (entered) {
        path.delete(gate.name);
        if (!this.#built.has(gate.name)) this.#built.set(gate.name, this.#formula(gate.formula, gate.scope));
        continue;
      }
      if (this.#built.has(gate.name)) continue;
      if (path.has(gate.name)) {
        const names = [...path, gate.name];
        names.splice(0, names.indexOf(gate.name));
        this.#diagnostics.push(diagnose(cyclicOpenPsaDefinition, { path: names }, { place: gate.place }));
        this.#built.set(gate.name, { missing: [gate.name] });
        continue;
      }
      path.add(gate.name);
      open.push({ gate, entered: true });
      for (const below of this.#gatesIn(gate.formula, gate.scope).toReversed())
        open.push({ gate: below, entered: false });
    }
  }

  #gatesIn(formula: EventFormula, scope: readonly string[]): readonly GateDefinition[] {
    switch (formula.kind) {
      case "constant":
        return [];
      case "reference": {
        const found = this.#names.find(formula.name, scope);
        if (found?.kind !== "gate") return [];
        this.#referred.add(found.name);
        return [found.gate];
      }
      case "connective":
        return formula.arguments.flatMap((argument) => this.#gatesIn(argument, scope));
    }
  }

  #formula(formula: EventFormula, scope: readonly string[]): BuiltGate {
    switch (formula.kind) {
      case "constant":
        return { node: formula.value ? TRUE : FALSE };
      case "reference":
        return this.#reference(formula, scope);
      case "connective": {
        const nodes: NodeId[] = [];
        const missing = new Set<string>();
        for (const argument of formula.arguments) {
          const built = this.#formula(argument, scope);
          if ("node" in built) nodes.push(built.node);
          else for (const name of built.missing) missing.add(name);
        }
        return missing.size > 0 ? { missing: [...missing] } : { node: connect(this.#tree, formula, nodes) };
      }
    }
  }

  #reference(
    { name, type, place }: Extract<EventFormula, { readonly kind: "reference" }>,
    scope: readonly string[],
  ): BuiltGate {
    const found = this.#names.find(name, scope);
    if (found === undefined) {
      if (!this.#reading.unreadable.has(name)) {
        const suggestion = nearestName(name, this.#names.names);
        const what = type === "event" ? "event" : type.replace("-", " ");
        this.#diagnostics.push(diagnose(undefinedOpenPsaName, { name, what, suggestion }, { place }));
      }
      return { missing: [name] };
    }
    switch (found.kind) {
      case "gate":
        return this.#built.get(found.name) ?? { missing: [name] };
      case "house":
        return { node: found.house.state ? TRUE : FALSE };
      case "basic":
        return this.#basicEvent(found.event);
    }
  }

  #basicEvent(event: BasicEventDefinition): BuiltGate {
    const known = this.#built.get(event.name);
    if (known !== undefined) return known;
    const built = this.#newBasicEvent(event);
    this.#built.set(event.name, built);
    return built;
  }

  #newBasicEvent({ name, expression, scope, place }: BasicEventDefinition): BuiltGate {
    if (expression === undefined) {
      this.#diagnostics.push(diagnose(missingProbability, { event: name }, { place }));
      return { missing: [name] };
    }
    const probability = this.#evaluator.evaluate(expression, scope);
    if (probability === undefined) return { missing: [name] };
    if (probability < 0 || probability > 1) {
      this.#diagnostics.push(diagnose(impossibleProbability, { event: name, value: probability }, { place }));
      return { missing: [name] };
    }
    return { node: this.#addEvent(name, probability, this.#frequency(expression, scope, probability)) };
  }

  /** lambda (1 - q): of `exponential` and `GLM`, the two that give a failure rate. */
  #frequency(
    expression: NonNullable<BasicEventDefinition["expression"]>,
    scope: readonly string[],
    probability: number,
  ): number | undefined {
    if (expression.kind !== "operation") return undefined;
    const { operator, arguments: operands } = expression;
    const rate = operator === "exponential" ? operands[0] : operator === "GLM" ? operands[1] : undefined;
    const value = rate && this.#evaluator.evaluate(rate, scope);
    return value === undefined ? undefined : value * (1 - probability);
  }

  #addEvent(name: string, probability: number, frequencyPerHour: number | undefined): NodeId {
    this.#events.push({ name, probability, frequencyPerHour });
    return this.#tree.event();
  }

  /** Each member fails when one of the causes that take it along does. */
  #buildGroup(group: CommonCauseGroup): void {
    const { name, place, scope } = group;
    const members = group.members.map((member) => this.#names.find(member.name, scope)?.name ?? member.name);
    const causes = commonCauses(group, this.#evaluator);
    if (causes === undefined || typeof causes === "string") {
      if (causes !== undefined)
        this.#diagnostics.push(diagnose(impossibleCommonCause, { group: name, fault: causes }, { place }));
      for (const member of members) this.#built.set(member, { missing: [member] });
      return;
    }
    const causesOf = members.map((): NodeId[] => []);
    for (const { taken, probability } of causes) {
      const names = taken.map((member) => members[member] ?? "");
      const label = names.length === 1 ? (names[0] ?? "") : `[${names.join(" ")}]`;
      const event = this.#addEvent(label, probability, undefined);
      for (const member of taken) causesOf[member]?.push(event);
    }
    for (const [member, events] of causesOf.entries()) {
      this.#built.set(members[member] ?? "", { node: this.#tree.or(events) });
    }
  }
}
