/** `key=value` in its parts; without a key only the value. */
export function splitAnswer(answer: string): readonly [key: string | undefined, value: string | undefined] {
  const at = answer.indexOf("=");
  if (at === -1) return [undefined, answer];
  return [answer.slice(0, at).trim(), answer.slice(at + 1).trim()];
}
