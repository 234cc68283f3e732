import type { ChargeResult, Payments } from "../../ports/payments.ts";

/** A provider in memory, for development: declines amounts that end in 13 cents. Forgets everything at the end. */
export function createSandboxPayments(): Payments {
  const answers = new Map<string, ChargeResult>();
  return {
    charge: async (key, amountCents) => {
      const before = answers.get(key);
      if (before !== undefined) return before;
      const answer: ChargeResult =
        amountCents % 100 === 13
          ? { kind: "declined", reason: "card refused" }
          : { kind: "charged", chargeId: `charge-${key}` };
      answers.set(key, answer);
      return answer;
    },
    refund: async (key) => {
      answers.set(key, { kind: "declined", reason: "voided" });
    },
  };
}
