import type { PreviewedFile } from "./delivery-request.ts";

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endRecord = 0x06054b50;
const version = 20;
const utf8Names = 0x0800;
/** 1 January 1980, the first day that the format knows: equal files make equal archives. */
const firstDay = 0x0021;
const mostEntries = 0xffff;

/**
 * An archive of texts, stored without compression (APPNOTE.TXT of PKWARE, 4.3 and 4.4). Throws a RangeError above 65,535
 * files, which the format cannot count.
 */
export function zipArchive(files: readonly PreviewedFile[]): Uint8Array<ArrayBuffer> {
  if (files.length > mostEntries) throw new RangeError(`an archive holds ${mostEntries} files at most`);
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { path, text } of files) {
    const [name, content] = [encoder.encode(path), encoder.encode(text)];
    // version, flags, method (0: stored), time, day, checksum, both sizes, lengths of name and extra field
    const fields: readonly Field[] = [
      [2, version],
      [2, utf8Names],
      [2, 0],
      [2, 0],
      [2, firstDay],
      [4, crc32(content)],
      [4, content.length],
      [4, content.length],
      [2, name.length],
      [2, 0],
    ];
    const head = record([[4, localHeader], ...fields]);
    parts.push(head, name, content);
    // made by, the fields, lengths of comment, disk, attributes within and without, offset
    const made: readonly Field[] = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ];
    central.push(record([[4, centralHeader], [2, version], ...fields, ...made]), name);
    offset += head.length + name.length + content.length;
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const end = record([
    [4, endRecord],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  return joined([...parts, ...central, end]);
}

/** Bytes, and the number that they hold, least significant first. */
type Field = readonly [2 | 4, number];

function record(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const polynomial = 0xedb88320;
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  return value;
});

/** The checksum of the format: CRC-32 of ISO 3309. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (remainders[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
