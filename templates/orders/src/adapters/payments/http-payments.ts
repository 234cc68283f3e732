import type { ChargeResult, Payments } from "../../ports/payments.ts";

/**
 * A provider over HTTP: `PUT <url>/charges/<key>` and `PUT <url>/refunds/<key>`. PUT, because both may be repeated.
 *
 * @param timeoutMilliseconds after which a call counts as failed, whatever became of it
 */
export function createHttpPayments(url: string, timeoutMilliseconds: number): Payments {
  async function put(path: string, body: unknown): Promise<Response> {
    const response = await fetch(`${url}/${path}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    if (!response.ok && response.status !== 402) throw new Error(`payment provider answered ${response.status}`);
    return response;
  }

  return {
    charge: async (key, amountCents): Promise<ChargeResult> => {
      const response = await put(`charges/${encodeURIComponent(key)}`, { amountCents });
      const answer = (await response.json()) as { readonly chargeId?: unknown; readonly reason?: string };
      if (response.status === 402) return { kind: "declined", reason: answer.reason ?? "declined" };
      if (typeof answer.chargeId !== "string") throw new Error("payment provider answered without a charge id");
      return { kind: "charged", chargeId: answer.chargeId };
    },
    refund: async (key) => {
      await put(`refunds/${encodeURIComponent(key)}`, {});
    },
  };
}
