/** Bounds on what a server may make the extension read, wait for and keep. */

const MEBIBYTE = 1024 * 1024;

/** An index of 20 million documents has about 55 MB; a million, the largest planned, 3.6 MB in base64. */
export const MAX_INDEX_BYTES = 8 * MEBIBYTE;

/** One provision has about 6 kB; a bucket of some hundred analysed documents stays below this. */
export const MAX_BUCKET_BYTES = 8 * MEBIBYTE;

/** Larger than a server makes them: beyond a twentieth of the index the whole is asked for. */
export const MAX_DELTA_BYTES = MEBIBYTE;

export const MAX_INFO_BYTES = 64 * 1024;

/** An analysed document with some hundred provisions. */
export const MAX_ANALYSIS_BYTES = 8 * MEBIBYTE;

/** A report's answer or state: some hundred bytes, and a public reason of 2,000 characters. */
export const MAX_DISPUTE_BYTES = 64 * 1024;

/** A problem is some sentences. */
export const MAX_PROBLEM_BYTES = 64 * 1024;

/** A browser stops a background worker that waits longer than 30 seconds for an answer. */
export const ANALYSIS_TIMEOUT_MS = 28_000;

/** A page that can be read is read in well under a second; the user waits for it. */
export const READING_TIMEOUT_MS = 8_000;

/** Long enough for a slow line; the page is never kept waiting. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** Shorter when a cached set can be shown instead. */
export const REVALIDATION_TIMEOUT_MS = 4_000;

/** Browsers give an extension 10 MB of local storage (5 MB in older Chromium); the index needs its share. */
export const MAX_CACHE_BYTES = 3 * MEBIBYTE;

export const MAX_CACHED_BUCKETS = 200;
