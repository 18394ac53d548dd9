/**
 * The copies of the knowledge that the extension carries, typed. About 300 kB, so only pages that show letters
 * import this; everything else here takes what it needs as an argument.
 */
import type { AuthorityList, PlaceList } from "../contract/types";
import authorities from "./generated/authorities.json";
import letters from "./generated/letters.json";
import places from "./generated/places.json";
import requests from "./generated/requests.json";
import type { LettersFile, RequestsFile } from "./types";

export const LETTERS = letters as unknown as LettersFile;
export const REQUESTS = requests as unknown as RequestsFile;
export const AUTHORITIES = (authorities as unknown as AuthorityList).authorities;
export const PLACES = places as unknown as PlaceList;
