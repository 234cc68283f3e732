import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  duplicateOpenPsaName,
  malformedXml,
  notAnalysed,
  notOpenPsa,
  unknownOpenPsaElement,
  wrongArgumentCount,
} from "../../estate/diagnostics/open-psa-diagnostics.ts";
import { formatPlace, type Place } from "../../estate/sources/place.ts";
import type {
  BasicEventDefinition,
  CommonCauseGroup,
  GateDefinition,
  HouseEventDefinition,
  OpenPsaModel,
  ParameterDefinition,
} from "./model.ts";
import { readCommonCauseGroup } from "./read-common-cause-group.ts";
import { readExpression, readName, readTruth } from "./read-expression.ts";
import { readFormula } from "./read-formula.ts";
import { readXml, type XmlElement } from "./read-xml.ts";

/** A model of fault trees, and what is wrong with the files that it was read from. */
export interface OpenPsaReading {
  readonly model: OpenPsaModel;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Names whose definition could not be read. What refers to them is not evaluable, which is another thing than not
   * being defined.
   */
  readonly unreadable: ReadonlySet<string>;
}

/** Definitions that fault-tree analysis has no use for. */
const otherAnalyses: ReadonlySet<string> = new Set([
  "define-event-tree",
  "define-initiating-event",
  "define-functional-event",
  "define-sequence",
  "define-branch",
  "define-rule",
  "define-substitution",
  "define-alignment",
  "define-extern-library",
  "define-extern-function",
]);

/**
 * Reads fault trees in the Open-PSA Model Exchange Format 2.0 from one or several files, whose definitions may come in
 * any order. What cannot be read is a diagnostic with its place, and the rest is read.
 * @param texts by path
 */
export function readOpenPsa(texts: ReadonlyMap<string, string>): OpenPsaReading {
  const reader = new DefinitionReader();
  for (const [source, text] of texts) {
    const reading = readXml(text, source);
    if ("fault" in reading) {
      reader.diagnostics.push(diagnose(malformedXml, { fault: reading.fault }, { place: reading.place }));
    } else if (reading.root.name !== "opsa-mef") {
      const { name, place } = reading.root;
      reader.diagnostics.push(diagnose(notOpenPsa, { element: name }, { place }));
    } else {
      reader.readAll(reading.root, [], false);
    }
  }
  return reader.finish();
}

class DefinitionReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #gates = new Map<string, GateDefinition>();
  readonly #basicEvents = new Map<string, BasicEventDefinition>();
  readonly #houseEvents = new Map<string, HouseEventDefinition>();
  readonly #parameters = new Map<string, ParameterDefinition>();
  readonly #groups: CommonCauseGroup[] = [];
  readonly #unreadable = new Set<string>();
  /** Where events of each name, and parameters of each name, are first defined. */
  readonly #places = { event: new Map<string, Place>(), parameter: new Map<string, Place>() };
  readonly #ignored = new Map<string, { count: number; readonly place: Place }>();

  /** @param isPrivate definitions that do not say so belong to their scope */
  readAll(element: XmlElement, scope: readonly string[], isPrivate: boolean): void {
    for (const child of element.children) this.#read(child, scope, isPrivate);
  }

  finish(): OpenPsaReading {
    for (const [element, { count, place }] of this.#ignored) {
      this.diagnostics.push(diagnose(notAnalysed, { element, count }, { place }));
    }
    const model: OpenPsaModel = {
      gates: this.#gates,
      basicEvents: this.#basicEvents,
      houseEvents: this.#houseEvents,
      parameters: this.#parameters,
      commonCauseGroups: this.#groups,
    };
    return { model, diagnostics: this.diagnostics, unreadable: this.#unreadable };
  }

  #read(element: XmlElement, scope: readonly string[], isPrivate: boolean): void {
    switch (element.name) {
      case "define-fault-tree":
      case "define-component": {
        const name = readName(element, this.diagnostics);
        const role = element.attributes["role"];
        const inside = role === undefined ? undefined : role === "private";
        this.readAll(element, name === undefined ? scope : [...scope, name], inside ?? isPrivate);
        return;
      }
      case "model-data":
        this.readAll(element, scope, isPrivate);
        return;
      case "define-gate":
        this.#readGate(element, scope, isPrivate);
        return;
      case "define-basic-event":
        this.#readBasicEvent(element, scope, isPrivate);
        return;
      case "define-house-event":
        this.#readHouseEvent(element, scope, isPrivate);
        return;
      case "define-parameter":
        this.#readParameter(element, scope, isPrivate);
        return;
      case "define-CCF-group": {
        const definition = this.#definition(element, scope, isPrivate);
        const group = definition && readCommonCauseGroup(element, definition, this.diagnostics);
        if (group !== undefined) this.#groups.push(group);
        return;
      }
      case "label":
      case "attributes":
        return;
      default:
        this.#readOther(element);
    }
  }

  #readOther({ name, place }: XmlElement): void {
    if (!otherAnalyses.has(name)) {
      this.diagnostics.push(diagnose(unknownOpenPsaElement, { element: name, where: "a model" }, { place }));
      return;
    }
    const seen = this.#ignored.get(name);
    if (seen === undefined) this.#ignored.set(name, { count: 1, place });
    else seen.count += 1;
  }

  #readGate(element: XmlElement, scope: readonly string[], isPrivate: boolean): void {
    const definition = this.#definition(element, scope, isPrivate);
    if (definition === undefined || !this.#isFirst("event", definition.name, element.place)) return;
    const content = this.#contentOf(element);
    const formula = content && readFormula(content, this.diagnostics);
    if (formula === undefined) this.#unreadable.add(definition.name);
    else this.#gates.set(definition.name, { ...definition, formula });
  }

  #readBasicEvent(element: XmlElement, scope: readonly string[], isPrivate: boolean): void {
    const definition = this.#definition(element, scope, isPrivate);
    if (definition === undefined || !this.#isFirst("event", definition.name, element.place)) return;
    const [content] = contents(element);
    const expression = content && readExpression(content, this.diagnostics);
    if (content !== undefined && expression === undefined) this.#unreadable.add(definition.name);
    else this.#basicEvents.set(definition.name, { ...definition, expression });
  }

  #readHouseEvent(element: XmlElement, scope: readonly string[], isPrivate: boolean): void {
    const definition = this.#definition(element, scope, isPrivate);
    if (definition === undefined || !this.#isFirst("event", definition.name, element.place)) return;
    const [content] = contents(element);
    const state = content === undefined ? false : readTruth(content, this.diagnostics);
    if (state === undefined) this.#unreadable.add(definition.name);
    else this.#houseEvents.set(definition.name, { ...definition, state });
  }

  #readParameter(element: XmlElement, scope: readonly string[], isPrivate: boolean): void {
    const definition = this.#definition(element, scope, isPrivate);
    if (definition === undefined || !this.#isFirst("parameter", definition.name, element.place)) return;
    const content = this.#contentOf(element);
    const expression = content && readExpression(content, this.diagnostics);
    if (expression === undefined) this.#unreadable.add(definition.name);
    else this.#parameters.set(definition.name, { ...definition, expression });
  }

  /** The one formula or expression that a definition must hold. */
  #contentOf(element: XmlElement): XmlElement | undefined {
    const found = contents(element);
    if (found.length === 1) return found[0];
    const parameters = { element: element.name, count: found.length, wanted: "exactly one" };
    this.diagnostics.push(diagnose(wrongArgumentCount, parameters, { place: element.place }));
    return undefined;
  }

  #definition(element: XmlElement, scope: readonly string[], inPrivate: boolean) {
    const own = readName(element, this.diagnostics);
    if (own === undefined) return undefined;
    const role = element.attributes["role"];
    const isPrivate = role === undefined ? inPrivate : role === "private";
    const label = element.children.find(({ name }) => name === "label")?.text;
    return { name: isPrivate ? [...scope, own].join(".") : own, scope, label, place: element.place };
  }

  #isFirst(of: "event" | "parameter", name: string, place: Place): boolean {
    const first = this.#places[of].get(name);
    if (first === undefined) {
      this.#places[of].set(name, place);
      return true;
    }
    this.diagnostics.push(diagnose(duplicateOpenPsaName, { name, first: formatPlace(first) }, { place }));
    return false;
  }
}

function contents(element: XmlElement): readonly XmlElement[] {
  return element.children.filter(({ name }) => name !== "label" && name !== "attributes");
}
