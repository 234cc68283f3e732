/** Control characters but the line feed and the marks that turn the direction of text. */
const unprintable = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

/** Names and texts of the input must not command the terminal: what cannot be printed becomes a replacement character. */
export function printable(text: string): string {
  return text.replaceAll(unprintable, "\ufffd");
}
