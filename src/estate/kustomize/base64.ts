const LINE_LENGTH = 70;

/** Base64 of the UTF-8 bytes of a text, in lines of 70 when it is longer than one, as Kustomize writes Secrets. */
export function secretBase64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  const encoded = btoa(binary);
  if (encoded.length < LINE_LENGTH) return encoded;
  let lines = "";
  for (let start = 0; start < encoded.length; start += LINE_LENGTH) {
    lines += `${encoded.slice(start, start + LINE_LENGTH)}\n`;
  }
  return lines;
}
