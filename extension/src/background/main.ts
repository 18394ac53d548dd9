/** Entry of the background worker. */
export {};
