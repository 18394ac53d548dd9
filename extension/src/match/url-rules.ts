/** The facts behind URL canonicalisation: the server's own data file, so that neither side drifts. */

import rules from "../../../server/clauselight/domain/data/url_rules.json";

export const TRACKING_NAMES: ReadonlySet<string> = new Set(rules.tracking_names);
export const TRACKING_PREFIXES: readonly string[] = rules.tracking_prefixes;
export const TRACKING_VALUES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(rules.tracking_values).map(([name, values]) => [name, new Set(values)]),
);
export const LANGUAGE_PARAMETERS: ReadonlySet<string> = new Set(rules.language_parameters);
export const LANGUAGES: ReadonlySet<string> = new Set(rules.languages);
export const REGIONS: ReadonlySet<string> = new Set(rules.regions);
export const SCRIPTS: ReadonlySet<string> = new Set(rules.scripts);
export const LANGUAGE_WORDS: ReadonlySet<string> = new Set(rules.language_words);
export const WEAK_ALONE: ReadonlySet<string> = new Set(rules.weak_alone);
export const NEVER_ALONE: ReadonlySet<string> = new Set(rules.never_alone);
export const HOST_REGIONS: ReadonlySet<string> = new Set(rules.host_regions);
export const NEVER_HOST: ReadonlySet<string> = new Set(rules.never_host);
export const MOBILE_LABELS: ReadonlySet<string> = new Set(rules.mobile_labels);
export const INDEX_FILES: ReadonlySet<string> = new Set(
  rules.index_stems.flatMap((stem) => rules.index_extensions.map((end) => `${stem}.${end}`)),
);
