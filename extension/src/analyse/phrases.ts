/**
 * The words by which policies are known, in the languages in which they are met most: English, German, French,
 * Spanish, Italian, Dutch, Polish and Portuguese. Only for "does this look like a policy"; what a policy says is the
 * server's business.
 */

/** Names of kinds of documents, as titles, headings and links spell them. */
export const DOCUMENT_NAMES: RegExp = new RegExp(
  [
    String.raw`privacy (policy|policies|notice|statement|terms|rules|center|centre)`,
    String.raw`(data|privacy) protection (policy|notice|statement|declaration|information)`,
    String.raw`data (policy|processing (agreement|addendum|terms))`,
    String.raw`(cookies?|trackers?|tracking) (policy|notice|statement)`,
    String.raw`(terms|conditions) (of|and|&) (service|use|sale|conditions|business|participation)`,
    String.raw`(user|customer|member|subscriber|licen[cs]e|services?|subscription|affiliate|developer) (agreement|terms)`,
    String.raw`(commercial|business|supplemental|additional|platform|api|service-specific|in-app purchases?) (terms|polic(y|ies)|notice)`,
    String.raw`(acceptable|fair) use|usage polic(y|ies)|community (guidelines|standards|rules)|content polic(y|ies)|code of conduct`,
    String.raw`(legal|imprint|copyright|dmca|accessibility|advertising|security|vulnerability disclosure) (notice|policy|policies|statement|terms)`,
    String.raw`(refund|return|cancellation|safety|brand|trademark|law enforcement|intellectual property) (polic(y|ies)|guidelines|terms)`,
    String.raw`end[- ]user licen[cs]e`,
    String.raw`datenschutz(erkl\S*|hinweise?|bestimmungen|richtlinie\S*|information\S*)?|nutzungsbedingungen|nutzungsvertrag|gesch\S*ftsbedingungen|\bagb\b|impressum|cookie-?richtlinie`,
    String.raw`politique (de|relative|en mati\S*) |conditions (g\S*n\S*rales|d['’]utilisation|de vente|d['’]abonnement)|mentions l\S*gales|charte (de|d['’]|relative)`,
    String.raw`(pol[ií]tica|aviso|declaraci\S*n) de (privacidad|cookies|privacidade|protecci)|aviso legal|condiciones (de uso|generales|del servicio)|t[ée]rminos (y condiciones|de (uso|servicio))|termos (de|e) `,
    String.raw`(informativa|politica) (sulla|sui|di|per) (la )?(privacy|cookie)|informativa privacy|(termini|condizioni) (di|e|d['’]|generali)`,
    String.raw`privacy(verklaring|beleid)|privacyverklaring|cookie(beleid|verklaring)|(algemene|gebruiks)\s?voorwaarden`,
    String.raw`polityka (prywatno|cookies|plik)|regulamin|warunki (korzystania|u[zż]ytkowania|[sś]wiadczenia)`,
  ].join("|"),
  "iu",
);

/** A whole part of a title that is such a name by itself: "Cookies", "Plugin terms", "Usage policies". */
export const SHORT_NAME: RegExp =
  /^(privacy|cookies?|terms|conditions|policies|(?!(we|our|your|new|how|why|all) )([\p{L}\d&'.-]+ ){1,3}(terms|polic(y|ies)|agreement|addendum|guidelines))$/iu;

/** The same in addresses, where words are joined by `-` and letters have no accents. */
export const ADDRESS_NAMES: RegExp = new RegExp(
  String.raw`(^|[/._~-])(` +
    [
      "privacy|privacypolicy|privacynotice|privacy-?(policy|notice|statement)\\w*|data-?(policy|protection|processing)\\w*|dpa|gdpr|ccpa",
      "terms|tos|termsofservice|termsofuse|terms-?(of|and)-?\\w+|termsandconditions|conditions|eula|user-?agreement|licen[cs]e-?agreement",
      "cookies?|cookie-?(policy|notice|statement)\\w*|acceptable-?use\\w*|aup|usage-polic(y|ies)|community-?(guidelines|standards)|legal|policies|policy",
      "imprint|impressum|datenschutz\\w*|agb|nutzungsbedingungen",
      "confidentialite|politique-\\w+|conditions-\\w+|mentions-legales|cgu|cgv|privacidad|privacidade|aviso-legal|terminos\\w*|termos\\w*|condiciones\\w*",
      "informativa\\w*|termini\\w*|condizioni\\w*|privacyverklaring|privacybeleid|voorwaarden|polityka\\w*|regulamin\\w*",
    ].join("|") +
    String.raw`)(?=$|[/._~-])`,
  "iu",
);

/** Headings that only policies have, one pattern a topic: it is the number of topics that tells. */
export const HEADING_TOPICS: readonly RegExp[] = [
  /(information|data|what) (that )?(we|you) (collect|gather|provide|process)|collection of (your )?(personal )?(information|data)|(personal )?(data|information) (we|collected)|erheb\w+|donn[ée]es (que nous|collect|personnelles)|datos (que|personales)|dati (raccolti|personali|che)|gegevens/iu,
  /how (do )?we use|use of (your |personal )?(information|data)|purposes?( of| for)|legal bas[ie]s|zwecke?|rechtsgrundlage|finalit[ée]s?|base l[ée]gale|finalidad|finalit[àa]|doeleinden/iu,
  /(shar|disclos)(e|ing|ure)|third[- ]part(y|ies)|recipients|weitergabe|empf[äa]nger|partage|destinataires|terceros|destinatari|derden/iu,
  /your (privacy )?(rights|choices)|data subject|rechte|betroffene|vos droits|sus derechos|(tuoi|suoi) diritti|uw rechten|do not (sell|track)|opt[- ]?out/iu,
  /retention|how long|speicherdauer|aufbewahrung|l[öo]schung|conservation|conservaci[óo]n|conservazione|bewaar/iu,
  /cookies|tracking technolog|similar technologies|analytics/iu,
  /children|minors|age (requirement|restriction|limit)|eligibility|minderj[äa]hrig|kinder|mineurs|enfants|menores|minori/iu,
  /international(ly)? transfer|cross-border|transfers? (of|outside|to)|drittl[äa]nder|[üu]bermittlung|transferts?/iu,
  /(data|information) security|security of (your|personal)|how we protect|datensicherheit|s[ée]curit[ée]|seguridad|sicurezza/iu,
  /(changes|updates|modifications?|amendments?) (to|of) (this|these|the|our)|[äa]nderung(en)?( der| dieser)?|modifications?|cambios|modifiche|wijzigingen/iu,
  /governing law|applicable law|jurisdiction|arbitration|dispute|anwendbares recht|gerichtsstand|droit applicable|litiges|ley aplicable|legge applicabile/iu,
  /limitation of liability|liabilit|indemni|warrant(y|ies)|disclaimer|haftung|gew[äa]hrleistung|responsabilit|garanties?/iu,
  /termination|suspension|terminat|k[üu]ndigung|laufzeit|r[ée]siliation|terminaci[óo]n|recesso/iu,
  /intellectual property|licen[cs]e (grant|to)|(your|user) content|ownership|geistiges eigentum|propri[ée]t[ée] intellectuelle|urheberrecht/iu,
  /acceptable use|prohibited|restrictions|user conduct|rules of conduct|you (may|must|agree) not|verboten|interdit/iu,
  /acceptance of|agreement to|definitions|entire agreement|severability|miscellaneous|general provisions|begriffsbestimmung|d[ée]finitions|definiciones/iu,
  /payment|fees|subscription|billing|refund|cancell?ation|zahlung|preise|paiement|pagos?/iu,
  /contact (us|information|details)|data protection officer|controller|verantwortlich|datenschutzbeauftragte|responsable|titolare|how to contact/iu,
];

/**
 * Turns of phrase with which a company binds its users, or tells them what it does with their data. For a text in lower
 * case: without the flags `i` and `u` the search takes a fifth of the time.
 */
export const CLAUSE_WORDS: RegExp = new RegExp(
  [
    String.raw`\b(personal|personally identifiable) (data|information)\b`,
    String.raw`\bwe (may|will|do not|collect|use|share|process|store|retain|disclose|reserve|rely)\b`,
    String.raw`\byou (agree|acknowledge|consent|may not|must not|must|warrant|represent|grant|are responsible|have the right)\b`,
    String.raw`\byour (personal|consent|rights?|account|content|use of|information|data|browser|device|choices|preferences)\b`,
    String.raw`\b(these|this|our) (terms|(cookie |privacy |usage )?polic(y|ies)|privacy notice|agreement|notice|guidelines|services?|cookies)\b`,
    String.raw`\b(third[- ]part(y|ies)|service providers?|affiliates|applicable laws?|legitimate interests?|pursuant to|in accordance with|to the (fullest|maximum) extent)\b`,
    String.raw`\b(liable|liability|indemnif\w+|terminate|without notice|at our (sole )?discretion|shall|hereby|herein|thereof)\b`,
    String.raw`\b(personenbezogen\w*|(ihr\w*|deine\w*) (daten|rechte?|einwilligung|konto|inhalte)|datenverarbeitung|verarbeit\w+|rechtsgrundlage\w*|wir (verarbeiten|erheben|verwenden|nutzen|speichern|behalten)|einwilligung|dsgvo|gem[äa][sß]+|berechtigte\w* interess\w*|haftung|haften|vertrag\w*|nutzer\w*|dritte\w*)`,
    String.raw`\b(donn[ée]es (personnelles|[àa] caract[èe]re)|nous (pouvons|collectons|utilisons|traitons)|vos (donn[ée]es|informations|droits|cookies)|votre (compte|consentement|navigateur|appareil)|traitement|traceurs?|finalit[ée]s?|rgpd|utilisateurs?|membres?|consentement|conform[ée]ment|pr[ée]sentes|r[ée]siliation|responsabilit[ée]|tiers)\b`,
    String.raw`\b(datos personales|sus datos|consentimiento|usted|conforme a|terceros|datos de car[áa]cter|responsabilidad|estos t[ée]rminos)\b`,
    String.raw`\b(dati personali|trattamento|consenso|titolare|ai sensi|terze parti|responsabilit[àa]|presenti (termini|condizioni))\b`,
    String.raw`\b(persoonsgegevens|toestemming|uw gegevens|overeenkomst|derden|aansprakelijk\w*)\b`,
    String.raw`(danych osobowych|dane osobowe|u[żz]ytkownik\w*|zgod[ęy]|administrator\w*|regulamin\w*)`,
    String.raw`\b(dados pessoais|seus dados|consentimento|titular|nos termos)\b`,
  ].join("|"),
  "g",
);

/** Titles of pages that speak about policies instead of being one. */
export const ABOUT_POLICIES: RegExp =
  /\b(how (to|do)|what (is|are)|why|when|guide|template|generator|examples|sample|explained|tips|best practices|tutorial|review|news|vs\.?|versus|faq|help cent(er|re)|blog|jobs?|wiki(pedia)?|definition|glossary|documentation|docs|settings|log ?in|sign ?(in|up)|search results|forum|q&a|recipes?|questions|wanted|(monetary|foreign|public|fiscal|economic|housing|energy|trade|travel|home|car|insurance|content security|firewall) polic(y|ies))\b/iu;
