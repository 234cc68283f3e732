import type { Place } from "../../estate/sources/place.ts";

/** A number: given, or computed from other numbers. Random deviates stand for their mean. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "parameter"; readonly name: string; readonly place: Place }
  | { readonly kind: "missionTime" }
  | {
      readonly kind: "operation";
      readonly operator: string;
      readonly arguments: readonly Expression[];
      readonly place: Place;
    };

export type Connective = "and" | "or" | "not" | "xor" | "iff" | "nand" | "nor" | "imply" | "atleast" | "cardinality";

/** A Boolean formula over events, as it is written: of any depth. */
export type EventFormula =
  | { readonly kind: "constant"; readonly value: boolean }
  | {
      readonly kind: "reference";
      /** What the element says that the name is; `event` may be any of them. */
      readonly type: "event" | "gate" | "basic-event" | "house-event";
      readonly name: string;
      readonly place: Place;
    }
  | {
      readonly kind: "connective";
      readonly connective: Connective;
      readonly arguments: readonly EventFormula[];
      /** Of `atleast` and `cardinality`. */
      readonly minimum: number;
      /** Of `cardinality`. */
      readonly maximum: number;
    };

interface Definition {
  /** Full name: the path of its scopes and its own, joined by dots where it is private; else its own alone. */
  readonly name: string;
  /** Scopes that it stands in, for names that it refers to, outermost first. */
  readonly scope: readonly string[];
  readonly label: string | undefined;
  readonly place: Place;
}

export interface GateDefinition extends Definition {
  readonly formula: EventFormula;
}

export interface BasicEventDefinition extends Definition {
  /** Undefined where no probability is given. */
  readonly expression: Expression | undefined;
}

export interface HouseEventDefinition extends Definition {
  readonly state: boolean;
}

export interface ParameterDefinition extends Definition {
  readonly expression: Expression;
}

export type CommonCauseModel = "beta-factor" | "MGL" | "alpha-factor" | "phi-factor";

/** Basic events that one cause may take down together. */
export interface CommonCauseGroup extends Definition {
  readonly model: CommonCauseModel;
  readonly members: readonly { readonly name: string; readonly place: Place }[];
  /** Total probability of each member. */
  readonly distribution: Expression;
  /** By level: the number of members that the factor is about. */
  readonly factors: ReadonlyMap<number, Expression>;
}

/** What fault-tree analysis reads of an Open-PSA model, in order of definition. */
export interface OpenPsaModel {
  readonly gates: ReadonlyMap<string, GateDefinition>;
  readonly basicEvents: ReadonlyMap<string, BasicEventDefinition>;
  readonly houseEvents: ReadonlyMap<string, HouseEventDefinition>;
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  readonly commonCauseGroups: readonly CommonCauseGroup[];
}
