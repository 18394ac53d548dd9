/**
 * The copies of the knowledge that say what one can do where, typed: places and the law of requests. About 130 kB, so
 * only who chooses ways imports this; everything else here takes what it needs as an argument.
 */
import type { PlaceList } from "../contract/types";
import places from "./generated/places.json";
import requests from "./generated/requests.json";
import type { RequestsFile } from "./types";

export const REQUESTS = requests as unknown as RequestsFile;
export const PLACES = places as unknown as PlaceList;
