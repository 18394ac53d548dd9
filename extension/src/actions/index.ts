/** What to do about a clause, to the end: ways, letters, time limits, and the account of what was asked. */
export * from "./address";
export * from "./authority";
export * from "./case-letters";
export * from "./choose";
export * from "./compose";
export * from "./deadline";
export * from "./fill";
export * from "./law";
export * from "./letter-values";
export * from "./mail-link";
export * from "./place";
export * from "./recipient";
export * from "./tracker";
export * from "./tracker-file";
export * from "./types";
export * from "./ways";
