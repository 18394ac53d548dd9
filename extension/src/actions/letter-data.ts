/**
 * The copies of the knowledge that letters are made of, typed: their words and the authorities. About 250 kB, apart
 * from `data.ts` because who only chooses ways (the background worker, a record's page) needs none of it.
 */
import type { AuthorityList } from "../contract/types";
import authorities from "./generated/authorities.json";
import letters from "./generated/letters.json";
import type { LettersFile } from "./types";

export const LETTERS = letters as unknown as LettersFile;
export const AUTHORITIES = (authorities as unknown as AuthorityList).authorities;
