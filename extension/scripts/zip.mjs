/**
 * A ZIP file that is the same bytes for the same content: names sorted, one fixed date, no extra fields.
 * Format: APPNOTE.TXT of PKWARE, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end).
 */
import { deflateRawSync } from "node:zlib";

/** 1980-01-01 00:00, the earliest date that the format can hold. */
const DOS_TIME = 0;
const DOS_DATE = (1 << 5) | 1;
const VERSION = 20;
const UTF8_NAMES = 1 << 11;
const DEFLATE = 8;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}

/** The fields that local header and central directory share, from "version needed" to "extra length". */
function commonFields(entry) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(DEFLATE, 4);
  fields.writeUInt16LE(DOS_TIME, 6);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(entry.crc, 10);
  fields.writeUInt32LE(entry.packed.length, 14);
  fields.writeUInt32LE(entry.size, 18);
  fields.writeUInt16LE(entry.name.length, 22);
  return fields;
}

/** `files`: array of [name with slashes, Buffer]. Returns the archive as one Buffer. */
export function zip(files) {
  const local = [];
  const central = [];
  let offset = 0;
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [name, content] of sorted) {
    const packed = deflateRawSync(content, { level: 9 });
    const entry = { name: Buffer.from(name, "utf8"), size: content.length, packed, crc: crc32(content) };
    const fields = commonFields(entry);
    const record = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, entry.name, packed]);
    const tail = Buffer.alloc(14); // comment length, disk, internal and external attributes: all zero
    tail.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(VERSION, 0);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02", "latin1"), madeBy, fields, tail, entry.name]));
    local.push(record);
    offset += record.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(sorted.length, 4);
  end.writeUInt16LE(sorted.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from("PK\x05\x06", "latin1"), end]);
}
