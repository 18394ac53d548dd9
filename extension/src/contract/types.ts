/** The public data models as TypeScript types. Generated from shared_schema/ by scripts/generate-contract.mjs; do not edit. */

/**
 * Something the user can do.
 */
export type ActionKind = "delete" | "opt_out" | "object" | "access" | "contact" | "complain" | "change_setting";
/**
 * How far an action helps: it ends the practice, limits it, or only tells you more.
 */
export type ActionEffect = "ends" | "limits" | "informs";
/**
 * The group a clause type belongs to.
 */
export type Category =
  | "ai"
  | "collection"
  | "tracking"
  | "sharing"
  | "retention-security"
  | "rights"
  | "content"
  | "account"
  | "terms"
  | "liability"
  | "disputes"
  | "payment";
/**
 * What sort of policy a document is.
 */
export type DocumentKind =
  | "privacy"
  | "terms"
  | "cookies"
  | "community"
  | "advertising"
  | "acceptable-use"
  | "copyright"
  | "developer"
  | "commerce"
  | "data-processing"
  | "law-enforcement"
  | "imprint"
  | "other";
/**
 * How much a clause can hurt, or that it protects.
 */
export type Severity = "critical" | "high" | "medium" | "low" | "protective";
/**
 * How sure the label is.
 */
export type Confidence = "high" | "medium" | "low";
/**
 * Whether the document says it, or we read it between the lines.
 */
export type EvidenceBasis = "explicit_document_language" | "inferred_from_context";
/**
 * Who set the label: a person, or the classifier.
 */
export type Method = "curated" | "automatic";
/**
 * Where a SHA-256 comes from: computed here from the bytes, or reported by somebody else.
 */
export type HashBasis = "computed" | "reported";
/**
 * How often a clause changed while it was watched; `new` when watched for under three months.
 */
export type Stability = "new" | "stable" | "changing" | "volatile";
/**
 * What happened to a provision or document between two versions.
 */
export type ChangeKind = "added" | "modified" | "moved" | "removed" | "restored" | "verified";
/**
 * What became of a quote in another text: the same words where they were expected, the same words
 * elsewhere, other words of the same clause, or nothing that is alike enough.
 */
export type AnchorOutcome = "found" | "moved" | "changed" | "gone";
/**
 * One way to reach an entity or to do something there: an address, an e-mail address or a postal one.
 */
export type DirectoryEntry = DirectoryEntry1 & {
  /**
   * Stays the same when the fact is imported again; distinct within an entity.
   */
  id: string;
  kind: DirectoryKind;
  /**
   * The company's official name, as a letter names it.
   */
  recipient?: string | null;
  url?: string | null;
  /**
   * The same page where it has an address of its own in a language.
   */
  url_in?: LocalUrls | null;
  email?: string | null;
  postal?: string | null;
  phone?: string | null;
  /**
   * Only of a deletion.
   */
  difficulty?: Difficulty | null;
  notes?: Notes | null;
  /**
   * The way that the source suggests.
   */
  transport?: Transport | null;
  /**
   * In which to write; empty: any.
   *
   * @minItems 0
   * @maxItems 10
   */
  languages?: string[];
  /**
   * For people in these countries: `worldwide`, or ISO 3166-1 codes with UK for the United Kingdom.
   *
   * @minItems 1
   * @maxItems 60
   */
  countries: string[];
  /**
   * What the company is known to ask for in a request: Name, Customer number.
   *
   * @minItems 0
   * @maxItems 20
   */
  asks_for?: string[];
  needs_identity_document?: boolean | null;
  source: FactSource;
  /**
   * Of `url`; absent while nobody visited it.
   */
  check?: LinkCheck | null;
};
export type DirectoryEntry1 =
  | {
      url: string;
    }
  | {
      email: string;
    }
  | {
      postal: string;
    }
  | {
      difficulty: string;
    };
/**
 * What a directory entry is for.
 */
export type DirectoryKind =
  "deletion" | "opt_out" | "object" | "access" | "portability" | "setting" | "contact" | "complaint";
/**
 * How hard it is to have an account deleted, as JustDeleteMe tells them apart.
 */
export type Difficulty = "easy" | "medium" | "hard" | "limited" | "impossible";
/**
 * By which way a request is best sent.
 */
export type Transport = "email" | "letter" | "webform";
/**
 * Who states a fact.
 */
export type DirectorySource = "justdeleteme" | "datenanfragen" | "curated";
/**
 * What came of the last visit to a link.
 */
export type CheckStatus = "answered" | "moved" | "blocked" | "dead" | "unreachable";
/**
 * What an authority watches over.
 */
export type AuthorityField = "data_protection" | "consumer" | "platforms" | "finance" | "health";
/**
 * Whom an authority supervises; a complaint about a company goes to one of `everyone` or `companies`.
 */
export type AuthorityCovers = "everyone" | "companies" | "public_bodies" | "church" | "broadcasting";
/**
 * What a block of a page's text is.
 */
export type BlockKind = "heading" | "paragraph" | "list_item" | "table_row";
/**
 * How the bytes came here: fetched by this server, rendered by its browser, sent by a reader's browser,
 * or taken over from somebody else's archive.
 */
export type CaptureMethod = "fetched" | "rendered" | "sent" | "imported";
/**
 * How a version of a document differs from the one before: it is the first; only looks, dates and
 * counters changed; the same passages in another order; or what it says.
 */
export type VersionKind = "first" | "cosmetic" | "moved" | "substantive";
/**
 * What became of a run of words between two texts.
 */
export type DiffKind = "equal" | "insert" | "delete";
/**
 * What a decision does to the label: `keep` rejects the dispute, all others uphold it.
 */
export type DisputeAct = "remove" | "retype" | "severity" | "edit" | "keep";
/**
 * Where a dispute stands.
 */
export type DisputeState = "open" | "upheld" | "rejected";
/**
 * What a reporter says is wrong with a label.
 */
export type DisputeReason = "wrong-kind" | "wrong-severity" | "not-in-text" | "outdated" | "misleading" | "other";
/**
 * What a page is to a known document: itself, or another language or region of it.
 */
export type Relation = "same" | "other-language";

/**
 * One thing to do, with where, how, and how far it helps.
 */
export interface Action {
  kind: ActionKind;
  title: string;
  /**
   * @maxItems 20
   */
  steps?: string[];
  /**
   * The page on which it is done.
   */
  url?: string | null;
  /**
   * Whom to write to.
   */
  email?: string | null;
  letter?: Letter | null;
  /**
   * @minItems 1
   * @maxItems 1000
   */
  jurisdictions: string[];
  effect: ActionEffect;
  /**
   * What it does not do, or what it costs.
   */
  effect_note?: string | null;
  /**
   * Roughly how long it takes.
   */
  minutes?: number | null;
}
/**
 * A ready letter. `{name}` stands for the sender's name; nothing else is filled in by machine.
 */
export interface Letter {
  subject: string;
  body: string;
}
/**
 * An authority one can turn to about this clause.
 */
export interface Agency {
  id: string;
  name: string;
  jurisdiction: string;
  /**
   * Why this authority is concerned with this clause.
   */
  why: string;
  complaint_url: string;
}
/**
 * What the classifier finds in a page, in the shape of curated records.
 *
 * When it was kept, the set is the document's as it is published from now on, with the curated records that
 * it may have. When it was not, ids begin with CL-A, permalinks lead to the clause type, and counts are as
 * they would be if it were kept.
 */
export interface AnalysisAnswer {
  contract_version: "1";
  kept: boolean;
  /**
   * Version of the classifier.
   */
  method_version: string;
  /**
   * Clause types that were looked for, where few are known in the page's language: that no other was found
   * says nothing there. Absent when all were looked for.
   */
  types_known?: string[] | null;
  summary: AnalysisSummary;
  categories: CategoryInfo[];
  set: AnnotationSet;
}
/**
 * How much was read, and how long it took.
 */
export interface AnalysisSummary {
  words: number;
  /**
   * Clauses that were judged; most of them say nothing that is worth a label.
   */
  clauses: number;
  /**
   * From the request's arrival at the analyser to its result, waiting not counted.
   */
  seconds: number;
}
/**
 * A category's name, so that readers need no second request.
 */
export interface CategoryInfo {
  id: Category;
  title: string;
}
/**
 * A document and all its provisions; an empty list with no `analysed_at` means known, not analysed.
 */
export interface AnnotationSet {
  document: Document;
  /**
   * The document's URLs, and where this server itself shows it. A page is this document, or another
   * language of it, by its relation to one of these (canonical-URL rules). Empty only when a text without an
   * address was analysed and not kept.
   */
  addresses: string[];
  provisions: Provision[];
  /**
   * What is known of the entity: contacts, deletion, authorities. Absent when nothing is.
   */
  directory?: EntityDirectory | null;
}
/**
 * One policy text of an entity, with the addresses it is known at.
 */
export interface Document {
  id: string;
  slug: string;
  title: string;
  kind: DocumentKind;
  entity: Entity;
  /**
   * Empty only when a text without an address was analysed and not kept.
   *
   * @minItems 0
   * @maxItems 1000
   */
  urls: string[];
  language?: string | null;
  /**
   * The date that the document itself gives; it may be later than our last check.
   */
  stated_last_updated?: string | null;
  /**
   * Absent: the address is known, but nobody has read the text yet.
   */
  analysed_at?: string | null;
  /**
   * Number of the newest version; absent when the document was never captured here.
   */
  version?: number | null;
  /**
   * When the newest version that is more than cosmetic was captured.
   */
  last_changed?: string | null;
  /**
   * When the newest version was last found at the document's address.
   */
  last_verified?: string | null;
  /**
   * Present while captures fail; what is shown is then the newest version from before.
   */
  capture_problem?: CaptureProblem | null;
}
/**
 * The organisation behind a document.
 */
export interface Entity {
  id: string;
  name: string;
  homepage?: string | null;
}
/**
 * Why the latest capture of a document is no version of it.
 */
export interface CaptureProblem {
  /**
   * Stable, for programs: bot-wall, cookie-wall, login, error-page, shrunken, other-language ...
   */
  kind: string;
  sentence: string;
  /**
   * When the first of the captures in a row was made that failed in this way.
   */
  since: string;
}
/**
 * A provision as readers get it: the stored record with everything computed from the archive.
 */
export interface Provision {
  id: string;
  slug: string;
  title: string;
  severity: Severity;
  confidence: Confidence;
  evidence_basis: EvidenceBasis;
  method: Method;
  /**
   * The classifier's version; present exactly when the method is automatic.
   */
  method_version?: string | null;
  /**
   * Present exactly when the method is automatic.
   */
  automatic?: AutomaticLabel | null;
  explanation: Explanation;
  quote?: Quote | null;
  actions: Action[];
  /**
   * @minItems 0
   * @maxItems 1000
   */
  agencies: Agency[];
  /**
   * @minItems 0
   * @maxItems 1000
   */
  regulations: Regulation[];
  institutional: InstitutionalAnalysis;
  provenance: Provenance;
  permalink: string;
  entity: Entity;
  document: DocumentRef;
  clause_type: ClauseTypeRef;
  /**
   * @minItems 1
   * @maxItems 1000
   */
  categories: Category[];
  context: ProvisionContext;
  history: History;
  citation: Citation;
  disputes: DisputeCount;
  /**
   * Decided disputes about this label, newest first.
   *
   * @maxItems 10
   */
  decisions?: DecidedDispute[];
}
/**
 * How the classifier came to a label: what the card shows as "why this label".
 */
export interface AutomaticLabel {
  /**
   * Calibrated: of the labels with this probability, so many are right.
   */
  probability: number;
  /**
   * The words of the clause that decided, in their order, spelled as in the quote.
   *
   * @maxItems 8
   */
  words: string[];
  /**
   * Whether the classifier takes the clause to be worth marking on the page.
   */
  highlight: boolean;
}
/**
 * What a person needs to understand.
 */
export interface Explanation {
  what_it_is: string;
  how_it_affects_you: string;
  why_it_matters: string;
  /**
   * Where reasonable readers may differ, or what we could not check.
   */
  interpretive_note?: string | null;
}
/**
 * Original clause language.
 */
export interface Quote {
  selector: TextQuoteSelector;
  position?: TextPositionSelector | null;
  /**
   * Day of the version the words were taken from.
   */
  recorded?: string | null;
}
/**
 * The quote and a little of what stands around it.
 */
export interface TextQuoteSelector {
  type?: "TextQuoteSelector";
  /**
   * The clause's words as a reader sees them, white space collapsed.
   */
  exact: string;
  /**
   * About 32 characters that stand before it.
   */
  prefix?: string;
  /**
   * About 32 characters that stand after it.
   */
  suffix?: string;
}
/**
 * Where the quote stood in the version's text, in Unicode code points; a hint, never a proof.
 */
export interface TextPositionSelector {
  type?: "TextPositionSelector";
  start: number;
  end: number;
}
/**
 * A law that bears on this clause, with its articles and the official text.
 */
export interface Regulation {
  id: string;
  name: string;
  jurisdiction: string;
  /**
   * @minItems 0
   * @maxItems 30
   */
  articles?: string[];
  why?: string | null;
  url: string;
}
/**
 * What the clause means to organisations: counsel, procurement, supervisors.
 */
export interface InstitutionalAnalysis {
  regulatory_landscape: string;
  governance_exposure: string;
  jurisdiction_flags: string[];
  vendor_implications: string;
  compliance_considerations: string;
}
/**
 * Where the words come from, and what of it was checked here.
 */
export interface Provenance {
  /**
   * Absent only when a text without an address was analysed and not kept.
   */
  source_url?: string | null;
  archive_url?: string | null;
  sha256?: string | null;
  /**
   * `computed` only when the snapshot is held here and hashed again; else `reported`.
   */
  sha256_basis?: HashBasis | null;
  captured_at?: string | null;
  analysed_at?: string | null;
  snapshot_stored: boolean;
  /**
   * Computed: the stored snapshot's bytes have this SHA-256.
   */
  hash_verified: boolean;
  /**
   * When that was computed last.
   */
  hash_verified_at?: string | null;
  /**
   * Computed: the quote occurs in the stored snapshot's text.
   */
  quote_verified: boolean;
  quote_verified_at?: string | null;
  /**
   * Computed: both versions of the latest change are held here.
   */
  change_verified: boolean;
  change_verified_at?: string | null;
  /**
   * Who reported this, when it was not captured here.
   */
  reported_by?: string | null;
  reported_url?: string | null;
  note?: string | null;
}
/**
 * The document a record belongs to.
 */
export interface DocumentRef {
  id: string;
  title: string;
}
/**
 * The kind of clause.
 */
export interface ClauseTypeRef {
  id: string;
  title: string;
}
/**
 * How the clause stands among others; all of it counted from the archive.
 */
export interface ProvisionContext {
  /**
   * @maxItems 5
   */
  examples: PeerExample[];
  prevalence: Prevalence;
  siblings: ProvisionRef[];
}
/**
 * How another entity words the same type of clause.
 */
export interface PeerExample {
  provision: string;
  entity: string;
  document: string;
  severity: Severity;
  quote: string;
  url: string;
}
/**
 * Entities with a live provision of this type, of entities with an analysed document.
 */
export interface Prevalence {
  entities_with: number;
  entities_tracked: number;
}
/**
 * Another provision of the same document.
 */
export interface ProvisionRef {
  id: string;
  title: string;
  severity: Severity;
}
/**
 * When a clause was seen. All but the dates and records is computed from them.
 */
export interface History {
  first_seen: string;
  last_seen: string;
  last_verified: string;
  /**
   * Whole months from first seen to last verified.
   */
  months_monitored: number;
  /**
   * Change records after the first one that report a difference.
   */
  change_count: number;
  stability: Stability;
  /**
   * Oldest first. Of a clause that changed often only the first and the latest; the document's changes list
   * all.
   *
   * @minItems 1
   */
  changes: ChangeRecord[];
}
/**
 * One change of a provision between two versions of its document.
 */
export interface ChangeRecord {
  date: string;
  kind: ChangeKind;
  summary: string;
  severity_from?: Severity | null;
  /**
   * How much a clause can hurt, or that it protects.
   */
  severity_to: "critical" | "high" | "medium" | "low" | "protective";
  /**
   * What became of the words, when they were looked for in a new version.
   */
  outcome?: AnchorOutcome | null;
  /**
   * The version before the change; absent when no capture stands behind the record.
   */
  version_from?: number | null;
  version_to?: number | null;
  /**
   * The clause's words before, when they changed or went.
   */
  old_quote?: string | null;
  /**
   * The clause's words from this version on, when they changed or came.
   */
  new_quote?: string | null;
}
/**
 * One record in the formats that people's reference managers read.
 */
export interface Citation {
  permalink: string;
  text: string;
  bibtex: string;
  ris: string;
  /**
   * One item of the Citation Style Language's JSON (https://docs.citationstyles.org).
   */
  csl_json: {
    [k: string]: unknown;
  };
}
/**
 * Reports that the label is wrong, by their outcome.
 */
export interface DisputeCount {
  open?: number;
  upheld?: number;
  rejected?: number;
}
/**
 * The public outcome of a dispute.
 */
export interface DecidedDispute {
  date: string;
  /**
   * What the reporter said is wrong.
   */
  reason: "wrong-kind" | "wrong-severity" | "not-in-text" | "outdated" | "misleading" | "other";
  state: "upheld" | "rejected";
  /**
   * What was done about the label.
   */
  act: "remove" | "retype" | "severity" | "edit" | "keep";
  /**
   * Why, in the words of whoever decided.
   */
  text: string;
}
/**
 * What is known of one entity; an entity of which nothing is known has none.
 */
export interface EntityDirectory {
  /**
   * The best first: by kind, then those for everywhere, then by source.
   *
   * @maxItems 40
   */
  entries: DirectoryEntry[];
  /**
   * @maxItems 10
   */
  authorities?: EntityAuthority[];
}
/**
 * Addresses of one page by language.
 */
export interface LocalUrls {
  en?: string | null;
  de?: string | null;
  fr?: string | null;
}
/**
 * A note of the source in its own languages; readers show the one that fits best.
 */
export interface Notes {
  en?: string | null;
  de?: string | null;
  fr?: string | null;
}
/**
 * Where a fact comes from, and how fresh it is.
 */
export interface FactSource {
  project: DirectorySource;
  /**
   * SPDX name: MIT, CC0-1.0.
   */
  licence: string;
  /**
   * Name of the record in that project.
   */
  record: string;
  /**
   * Where that project shows the record.
   */
  url?: string | null;
  /**
   * How sure the project itself is: somebody used it with success, a person checked it, taken from another
   * collection, or collected by a program.
   */
  quality?: ("tested" | "verified" | "imported" | "scraped") | null;
  /**
   * Of the newest change of the file that states it; absent when nobody knows.
   */
  stated_on?: string | null;
  /**
   * When it was first read in this form.
   */
  imported_at: string;
}
/**
 * The last visit of `clauselight actions check`.
 */
export interface LinkCheck {
  status: CheckStatus;
  checked_at: string;
  /**
   * When the page was last there.
   */
  answered_at?: string | null;
}
/**
 * An authority that is responsible for an entity. Readers may always turn to the one of their own country
 * instead (Art. 77(1) GDPR).
 */
export interface EntityAuthority {
  /**
   * Id in the list of authorities.
   */
  authority: string;
  /**
   * For readers of: EEA, a country.
   */
  jurisdiction: string;
  /**
   * `seat`: likely, since the company's address for data protection lies in that authority's country;
   * `stated`: somebody who knows says so.
   */
  basis: "seat" | "stated";
  source: FactSource;
}
/**
 * One block of a page as a reader sees it: a heading, a paragraph, a list item, a table row.
 */
export interface AnalysisBlock {
  /**
   * White space counts as one space; the cells of a table row are joined by a space, or ` | `.
   */
  text: string;
  /**
   * What a block of a page's text is.
   */
  kind?: "heading" | "paragraph" | "list_item" | "table_row";
  /**
   * Of a heading 1 to 6, as in HTML; of a list item how deep its list is nested, from 1.
   */
  level?: number | null;
}
/**
 * A page to analyse, in exactly one of three forms, and whether the server shall keep it.
 */
export interface AnalysisRequest {
  /**
   * Plain text; a line break ends a block.
   */
  text?: string | null;
  /**
   * A whole page, or a piece of one; the server finds the policy in it.
   */
  html?: string | null;
  /**
   * What the reader sees, in reading order.
   */
  blocks?: AnalysisBlock[] | null;
  /**
   * The page's address. Needed for keeping; without it the answer names no source.
   */
  url?: string | null;
  /**
   * The page's title; only its first line is used.
   */
  title?: string | null;
  /**
   * What the page says of itself; without it the text is judged.
   */
  language?: string | null;
  /**
   * Keep the page as a document, so that the next visit is a match; needs `url`. None leaves it to the
   * server: one on the reader's own computer keeps a page whose address it is told, others do not. A server
   * that keeps nothing of readers answers all the same; `kept` in the answer says what was done.
   */
  keep?: boolean | null;
}
/**
 * Who did what, when.
 */
export interface AuditEntry {
  id: number;
  at: string;
  who: string;
  act: string;
  subject: string;
  body: {
    [k: string]: unknown;
  };
}
/**
 * One page of the audit, newest first.
 */
export interface AuditPage {
  entries: AuditEntry[];
  next?: string | null;
}
/**
 * A public authority that takes complaints.
 */
export interface Authority {
  id: string;
  name: string;
  field: AuthorityField;
  covers: AuthorityCovers;
  /**
   * Places whose people it serves: a country (DE), a part of one (DE-BY, US-CA), EEA, US.
   *
   * @minItems 1
   * @maxItems 60
   */
  jurisdictions: string[];
  url?: string | null;
  /**
   * The page or form to complain at.
   */
  complaint_url?: string | null;
  email?: string | null;
  postal?: string | null;
  phone?: string | null;
  /**
   * In which to complain; empty: unknown.
   *
   * @minItems 0
   * @maxItems 10
   */
  languages?: string[];
  /**
   * It is no office but a page that leads to the reader's own one.
   */
  directory?: boolean;
  /**
   * What it does, in our words.
   */
  role?: string | null;
  project: DirectorySource;
  licence: string;
  stated_on?: string | null;
}
/**
 * Every authority that is known, the same for everyone who asks; readers carry a copy of it.
 */
export interface AuthorityList {
  contract_version: "1";
  /**
   * @minItems 0
   * @maxItems 500
   */
  authorities: Authority[];
}
/**
 * Every annotation set with a page key of this prefix, and those of the sites whose key has it: the same
 * bytes for everyone who asks.
 */
export interface Bucket {
  contract_version: "1";
  prefix: string;
  categories: CategoryInfo[];
  /**
   * When these contents were first published.
   */
  sequence?: number;
  sets: AnnotationSet[];
  signature?: string | null;
}
/**
 * One new version of a document, and what it did to the provisions.
 */
export interface ChangeNews {
  contract_version: "1";
  id: string;
  document: string;
  title: string;
  document_kind: DocumentKind;
  entity: Entity;
  /**
   * The address that answered.
   */
  url: string;
  captured_at: string;
  kind: VersionKind;
  summary: string;
  version: number;
  version_before?: number | null;
  /**
   * Gravest first.
   */
  clauses: ClauseNews[];
}
/**
 * A change record with the words that differ.
 */
export interface ClauseNews {
  provision: string;
  title: string;
  clause_type: string;
  method: Method;
  /**
   * Whether the provision stands in the newest version.
   */
  live: boolean;
  change: ChangeRecord;
  /**
   * From the clause's words before to those after; empty when its words did not change.
   */
  words: DiffOperation[];
}
/**
 * A run of words. White space is as in the text that they come from; a line break ends a passage.
 */
export interface DiffOperation {
  op: DiffKind;
  text: string;
}
/**
 * One page of the change records of a document's provisions, the newest first.
 */
export interface ChangePage {
  document: string;
  changes: DocumentChange[];
  total: number;
  /**
   * Path of the next page.
   */
  next?: string | null;
}
/**
 * One change record with the provision that it is about.
 */
export interface DocumentChange {
  provision: string;
  title: string;
  clause_type: string;
  method: Method;
  /**
   * Whether the provision stands in the newest version.
   */
  live: boolean;
  change: ChangeRecord;
}
/**
 * What a kind of clause is, when it hurts, and what to do.
 */
export interface ClauseType {
  id: string;
  title: string;
  category: Category;
  /**
   * How much a clause can hurt, or that it protects.
   */
  severity: "critical" | "high" | "medium" | "low" | "protective";
  severity_reason: string;
  raises: string[];
  lowers: string[];
  /**
   * Whether it is worth marking on a page by default.
   */
  highlight: boolean;
  definition: string;
  what_it_is: string;
  how_it_affects_you: string;
  why_it_matters: string;
  not_a_problem_when: string;
  actions: TypicalAction[];
  agencies: Agency[];
  regulations: Regulation[];
  institutional: InstitutionalAnalysis;
}
/**
 * Something that usually helps against this kind of clause, whoever wrote it.
 */
export interface TypicalAction {
  kind: ActionKind;
  title: string;
  /**
   * @maxItems 20
   */
  steps?: string[];
  url?: string | null;
  /**
   * `{entity}`, `{document}`, `{clause}` and `{name}` are filled in where the letter is used.
   */
  letter?: Letter | null;
  /**
   * @minItems 1
   */
  jurisdictions: string[];
  effect: ActionEffect;
  effect_note?: string | null;
  minutes?: number | null;
}
/**
 * A clause type with who has it.
 */
export interface ClauseTypeAnswer {
  clause_type: ClauseType;
  /**
   * Absent while no document has been analysed.
   */
  prevalence?: Prevalence | null;
  examples: PeerExample[];
}
/**
 * A kind of clause as a curator finds and chooses it.
 */
export interface ClauseTypeChoice {
  id: string;
  title: string;
  category: Category;
  /**
   * How much a clause can hurt, or that it protects.
   */
  severity: "critical" | "high" | "medium" | "low" | "protective";
  severity_reason: string;
  definition: string;
}
/**
 * Every kind of clause, by topic and title.
 */
export interface ClauseTypeChoices {
  clause_types: ClauseTypeChoice[];
}
/**
 * A record as curators work on it.
 */
export interface CuratedProvision {
  record: ProvisionRecord;
  etag: string;
  live: boolean;
  preview: Provision;
}
/**
 * A provision as it is stored and curated: facts only, nothing that can be counted.
 */
export interface ProvisionRecord {
  id: string;
  slug: string;
  title: string;
  severity: Severity;
  confidence: Confidence;
  evidence_basis: EvidenceBasis;
  method: Method;
  /**
   * The classifier's version; present exactly when the method is automatic.
   */
  method_version?: string | null;
  /**
   * Present exactly when the method is automatic.
   */
  automatic?: AutomaticLabel | null;
  explanation: Explanation;
  quote?: Quote | null;
  actions: Action[];
  /**
   * @minItems 0
   * @maxItems 1000
   */
  agencies: Agency[];
  /**
   * @minItems 0
   * @maxItems 1000
   */
  regulations: Regulation[];
  institutional: InstitutionalAnalysis;
  provenance: Provenance;
  document: string;
  clause_type: string;
  history: RecordDates;
}
/**
 * The dates and change records that a stored provision carries; the rest of its history is computed.
 */
export interface RecordDates {
  first_seen: string;
  last_seen: string;
  last_verified: string;
  /**
   * @minItems 1
   */
  changes: ChangeRecord[];
}
/**
 * What differs between two versions, word by word. `equal` and `insert` joined are the newer text,
 * `equal` and `delete` the older one up to white space and look-alike characters.
 */
export interface DiffAnswer {
  contract_version: "1";
  document: string;
  from_version: number;
  to_version: number;
  kind: VersionKind;
  summary: string;
  operations: DiffOperation[];
}
/**
 * The dispute is stored on disk. `token` is shown this once: whoever has it can follow the dispute.
 */
export interface DisputeAnswer {
  contract_version: "1";
  state: DisputeState;
  token: string;
  /**
   * The private page that shows the state.
   */
  url: string;
  created_at: string;
  /**
   * Many reports say the same of this label: this one is kept and answered with them, and they count as
   * one.
   */
  similar: boolean;
  /**
   * On a server that is the reader's own: where the owner decides.
   */
  moderation?: string | null;
}
/**
 * What a reporter sends: which label, what is wrong with it, and optionally what would be right.
 */
export interface DisputeRequest {
  provision: string;
  reason: DisputeReason;
  /**
   * The kind of clause that it is instead.
   */
  proposed_type?: string | null;
  proposed_severity?: Severity | null;
  /**
   * Read by those who decide, never published.
   */
  comment?: string | null;
  /**
   * Where they may ask back; never published, and removed when the dispute is decided.
   */
  contact?: string | null;
}
/**
 * What the holder of a dispute's token sees.
 */
export interface DisputeStatus {
  contract_version: "1";
  state: DisputeState;
  provision: string;
  /**
   * Title of the clause type that the label named.
   */
  label: string;
  document: string;
  reason: DisputeReason;
  proposed_type?: string | null;
  proposed_severity?: Severity | null;
  created_at: string;
  decision?: DecidedDispute | null;
  /**
   * The record; absent when the label was removed.
   */
  permalink?: string | null;
}
/**
 * One page of the list of documents.
 */
export interface DocumentPage {
  documents: Document[];
  total: number;
  /**
   * Path of the next page.
   */
  next?: string | null;
}
/**
 * What is wrong with a draft, and how the extension would show it.
 */
export interface DraftCheck {
  violations: RuleBroken[];
  /**
   * Absent while the draft cannot be shown.
   */
  preview?: Provision | null;
}
/**
 * A rule that a draft breaks.
 */
export interface RuleBroken {
  rule: string;
  field: string;
  message: string;
}
/**
 * One thing that is wrong, and where.
 */
export interface FieldError {
  /**
   * Name of the field or parameter; a dotted path inside a body.
   */
  field: string;
  message: string;
}
/**
 * One known document that a page shows.
 */
export interface Match {
  relation: Relation;
  document: Document;
  provisions: Provision[];
  /**
   * As in an annotation set.
   */
  directory?: EntityDirectory | null;
}
/**
 * Answer of the direct form: what is known of one address.
 */
export interface MatchAnswer {
  contract_version: "1";
  matches: Match[];
}
/**
 * A name in the interface's languages.
 */
export interface Names {
  en: string;
  de: string;
  fr: string;
}
/**
 * Places in which the same actions are right.
 */
export interface PlaceGroup {
  id: string;
  names: Names;
  /**
   * What applies to everyone here, besides `worldwide`.
   *
   * @minItems 0
   * @maxItems 5
   */
  codes: string[];
  /**
   * Empty for the group of everywhere else.
   *
   * @minItems 0
   * @maxItems 60
   */
  members: PlaceMember[];
  /**
   * The general law on personal data that everyone here has: ids of regulations.
   *
   * @minItems 0
   * @maxItems 10
   */
  laws?: string[];
}
/**
 * A place that one can choose.
 */
export interface PlaceMember {
  /**
   * ISO 3166, but UK for the United Kingdom.
   */
  code: string;
  /**
   * Of a state or province, in English; a country's name every browser knows in every language.
   */
  name?: string | null;
  /**
   * Of its own on personal data, beyond the group's: ids of regulations.
   *
   * @minItems 0
   * @maxItems 10
   */
  laws?: string[];
  /**
   * Since when the first of these laws applies.
   */
  since?: string | null;
  /**
   * The law makes companies heed a browser's opt-out signal (Global Privacy Control).
   */
  opt_out_signal?: boolean;
}
/**
 * All groups, in the order in which one is asked to choose; every place is in one of them.
 */
export interface PlaceList {
  contract_version: "1";
  /**
   * @minItems 1
   * @maxItems 40
   */
  groups: PlaceGroup[];
}
/**
 * An error a person can act on. `type` never changes once published.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /**
   * Which case of the type it is, where a program may want to tell them apart: `login` of a page that is no
   * policy.
   */
  reason?: string | null;
  /**
   * Every rule broken, all of them at once.
   */
  errors?: FieldError[];
}
/**
 * What a curator may set of a record. What is absent comes from the knowledge of the clause type.
 */
export interface ProvisionDraft {
  clause_type: string;
  severity: Severity;
  /**
   * How sure the label is.
   */
  confidence?: "high" | "medium" | "low";
  /**
   * Whether the document says it, or we read it between the lines.
   */
  evidence_basis?: "explicit_document_language" | "inferred_from_context";
  title?: string | null;
  explanation?: Explanation | null;
  /**
   * The selected words. Absent: the label is about the whole document.
   */
  quote?: TextQuoteSelector | null;
  actions?: Action[] | null;
  /**
   * What the change record says; without it, which fields changed.
   */
  summary?: string | null;
}
/**
 * What a client may learn about a server before it trusts it.
 */
export interface ServerInfo {
  name: "clauselight";
  version: string;
  contract_version: string;
  canonicalisation: number;
  documents: number;
  provisions: number;
  status: string;
}
/**
 * The page keys of all known addresses and the keys of their sites: truncated, sorted, Golomb-Rice coded,
 * base64.
 */
export interface UrlIndex {
  contract_version: "1";
  /**
   * Version of the canonical-URL rules the keys were made with.
   */
  canonicalisation: number;
  state: string;
  sequence?: number;
  generated_at: string;
  count: number;
  /**
   * Leading bits of the 63-bit key that are kept.
   */
  hash_bits: number;
  rice_parameter: number;
  /**
   * Leading bits of the key that name a bucket.
   */
  bucket_bits: number;
  data: string;
  signature?: string | null;
}
/**
 * What turns the index of one state into the present one; fields as in
 * `domain.url_index.EncodedDelta`.
 */
export interface UrlIndexDelta {
  contract_version: "1";
  canonicalisation: number;
  from_state: string;
  to_state: string;
  sequence: number;
  generated_at: string;
  hash_bits: number;
  /**
   * Of the new state.
   */
  bucket_bits: number;
  old_count: number;
  old_checksum: number;
  new_count: number;
  new_checksum: number;
  removed_count: number;
  removed_rice_parameter: number;
  /**
   * Positions in the old list, coded like an index.
   */
  removed: string;
  added_count: number;
  added_rice_parameter: number;
  /**
   * Values of the new list, coded like an index.
   */
  added: string;
  signature?: string | null;
}
/**
 * One version of a document: its text differed from the one before.
 */
export interface VersionInfo {
  number: number;
  captured_at: string;
  kind: VersionKind;
  /**
   * What changed, for people.
   */
  summary: string;
  words: number;
  language?: string | null;
  /**
   * The address that answered.
   */
  url: string;
  method: CaptureMethod;
  /**
   * Of the bytes as they were captured.
   */
  snapshot_sha256: string;
  /**
   * Of the extracted text in UTF-8.
   */
  text_sha256: string;
  /**
   * Change records of provisions that it brought, by kind.
   */
  counts?: {
    [k: string]: number;
  };
}
/**
 * One page of the versions of a document, the newest first.
 */
export interface VersionPage {
  document: string;
  versions: VersionInfo[];
  total: number;
  /**
   * Path of the next page.
   */
  next?: string | null;
}
