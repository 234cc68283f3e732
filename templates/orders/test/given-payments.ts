import type { ChargeResult, Payments } from "../src/ports/payments.ts";

export interface PaymentsDouble extends Payments {
  /** Cents that the provider holds for a key. */
  readonly held: (key: string) => number;
  /** How often money moved for a key, in either direction. */
  readonly movements: (key: string) => number;
}

/**
 * A provider that keeps the contract of the port and can fail around it.
 *
 * @param declines amounts that are declined
 * @param before called before each charge, as `after` is after it; both may throw
 */
export function givenPayments({
  declines = () => false,
  before = () => {},
  after = () => {},
}: {
  readonly declines?: (amountCents: number) => boolean;
  readonly before?: (key: string) => void;
  readonly after?: (key: string) => void;
} = {}): PaymentsDouble {
  const answers = new Map<string, ChargeResult>();
  const held = new Map<string, number>();
  const movements = new Map<string, number>();

  function move(key: string, cents: number): void {
    held.set(key, cents);
    movements.set(key, (movements.get(key) ?? 0) + 1);
  }

  return {
    charge: async (key, amountCents) => {
      before(key);
      const answer = answers.get(key) ?? decide(key, amountCents);
      answers.set(key, answer);
      after(key);
      return answer;
    },
    refund: async (key) => {
      if ((held.get(key) ?? 0) > 0) move(key, 0);
      answers.set(key, { kind: "declined", reason: "voided" });
    },
    held: (key) => held.get(key) ?? 0,
    movements: (key) => movements.get(key) ?? 0,
  };

  function decide(key: string, amountCents: number): ChargeResult {
    if (declines(amountCents)) return { kind: "declined", reason: "card refused" };
    move(key, amountCents);
    return { kind: "charged", chargeId: `charge-${key}` };
  }
}
